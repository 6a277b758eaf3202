/**
 * A proxy for the DynamoDB protocol on 127.0.0.1, so that requests can be seen and changed on their way. It does not sign
 * anew: for engines that ignore signatures, as local ones do.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pool } from 'undici';

export interface DynamoDbAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * @param operation such as "PutItem"
 * @param request the parsed request
 * @param forward sends a request on to the engine
 */
export type Intercept = (
  operation: string,
  request: Record<string, unknown>,
  forward: (operation: string, request: Record<string, unknown>) => Promise<DynamoDbAnswer>,
) => Promise<DynamoDbAnswer>;

export interface DynamoDbProxy {
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function openDynamoDbProxy(engine: string, intercept: Intercept): Promise<DynamoDbProxy> {
  const pool = new Pool(engine, { connections: 32 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const authorization = request.headers.authorization ?? '';
    const forward = async (operation: string, body: Record<string, unknown>): Promise<DynamoDbAnswer> => {
      const answer = await pool.request({
        method: 'POST',
        path: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          'x-amz-date': String(request.headers['x-amz-date'] ?? ''),
          authorization,
        },
        body: JSON.stringify(body),
      });
      return { status: answer.statusCode, body: await answer.body.json() };
    };
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      intercept(operation, body, forward).then(
        (answer) => {
          response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
          response.end(JSON.stringify(answer.body));
        },
        () => response.destroy(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy got no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await pool.destroy();
    },
  };
}
