/** An HTTP server in the place of DynamoDB, which answers as it is told and keeps what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Reply = (response: ServerResponse) => unknown;

/** An answer of DynamoDB. */
export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) =>
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

export async function startRecordingServer() {
  const requests: RecordedRequest[] = [];
  let replies: readonly Reply[] = [];
  const server = createServer((message, response) => {
    const { method = '', url: path = '', headers } = message;
    void text(message).then((body) => {
      const next = replies[requests.length] ?? reply(200, {});
      requests.push({ method, path, headers, body });
      next(response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** From now on the answers are these, then empty ones. */
    plan(...planned: Reply[]) {
      requests.length = 0;
      replies = planned;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
