/** A proxy before a DynamoDB engine that records what crosses the wire and injects what an emulator cannot produce. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A JSON body of DynamoDB's wire format. */
export type WireBody = Record<string, unknown>;

export interface Recorded {
  readonly operation: string;
  readonly body: WireBody;
  /** The engine's answer; absent when the request was not passed on. */
  answer?: WireBody;
}

export type Fault =
  /** The connection is cut, before the request is carried out or after; `meanwhile` runs before the client notices. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after'; readonly meanwhile?: () => Promise<unknown> }
  /** No answer ever, whether the request is carried out or not. */
  | { readonly kind: 'stall'; readonly when: 'before' | 'after' }
  /** The head and half of the body are answered, then nothing. */
  | { readonly kind: 'stall in the body' }
  /** Carried out only once `until` is aborted, which may be long after the client has given up. */
  | { readonly kind: 'hold'; readonly until: AbortSignal }
  /** A middleman delivers the request twice, one after the other, and answers as the second one was. */
  | { readonly kind: 'twice' }
  /** Not carried out, but answered with an error of DynamoDB. */
  | { readonly kind: 'refuse'; readonly error: string; readonly status?: number; readonly details?: WireBody }
  /** Carried out in another form, and answered in another form. */
  | {
      readonly kind: 'alter';
      readonly request: (body: WireBody) => WireBody;
      readonly answer?: (answer: WireBody, request: WireBody) => WireBody | Promise<WireBody>;
    };

export type DynamoDBProxy = Awaited<ReturnType<typeof startDynamoDBProxy>>;

/** @param engine the endpoint that requests are passed on to */
export async function startDynamoDBProxy(engine: string) {
  const requests: Recorded[] = [];
  const planned = new Map<string, Fault[]>();
  const standing = new Map<string, Fault>();
  const underWay = new Set<Promise<void>>();

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(message.headers['x-amz-target']).replace(/^.*\./, '');
    const recorded: Recorded = { operation, body: JSON.parse(String(await buffer(message))) as WireBody };
    requests.push(recorded);
    const fault = planned.get(operation)?.shift() ?? standing.get(operation);

    if (fault?.kind === 'refuse') {
      reply(response, fault.status ?? 400, {
        __type: `com.amazonaws.dynamodb.v20120810#${fault.error}`,
        ...fault.details,
      });
      return;
    }
    if (fault?.kind === 'hold') await once(fault.until, 'abort');
    const before = (fault?.kind === 'cut' || fault?.kind === 'stall') && fault.when === 'before';
    const body = fault?.kind === 'alter' ? fault.request(recorded.body) : recorded.body;
    if (fault?.kind === 'twice') await passOn(engine, message, body);
    const { status, answer } = before ? { status: 0, answer: {} } : await passOn(engine, message, body);
    if (!before) recorded.answer = answer;

    if (fault?.kind === 'cut') {
      await fault.meanwhile?.();
      message.socket.destroy();
    } else if (fault?.kind === 'stall in the body') {
      const text = JSON.stringify(answer);
      response
        .writeHead(status, { 'content-length': Buffer.byteLength(text) })
        .write(text.slice(0, text.length / 2));
    } else if (fault?.kind !== 'stall') {
      const altered =
        fault?.kind === 'alter' && status === 200 ? await fault.answer?.(answer, recorded.body) : undefined;
      reply(response, status, altered ?? answer);
    }
  }

  const server = createServer((message, response) => {
    const handled = handle(message, response)
      .catch((error: unknown) => {
        reply(response, 500, { message: String(error) });
      })
      .finally(() => underWay.delete(handled));
    underWay.add(handled);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** In the order of their arrival. */
    requests,
    operations: () => requests.map(({ operation }) => operation),
    /** The next requests of an operation meet these faults, one each. */
    injectOnce(operation: string, ...faults: Fault[]) {
      planned.set(operation, [...(planned.get(operation) ?? []), ...faults]);
    },
    /** Every request of an operation meets this fault, unless another was planned for it. */
    injectAlways(operation: string, fault: Fault) {
      standing.set(operation, fault);
    },
    /** From now on nothing is injected. */
    heal() {
      planned.clear();
      standing.clear();
    },
    /** Resolves when every request so far has been carried out, answered or not. */
    async settled() {
      await Promise.all(underWay);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn(
  engine: string,
  { headers }: IncomingMessage,
  body: WireBody,
): Promise<{ status: number; answer: WireBody }> {
  const response = await fetch(engine, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(headers['x-amz-target']),
      'x-amz-date': String(headers['x-amz-date']),
      authorization: String(headers.authorization),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as WireBody };
}

/** The client may be gone by now; then nobody hears it. */
function reply(response: ServerResponse, status: number, body: WireBody): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}
