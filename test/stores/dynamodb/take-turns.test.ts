/** What waits for a connection until nobody waits for its answer is not sent. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Signal } from '../../../src/waiting/abortable.ts';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { openDynamoDB } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { newCart, NOON } from '../../support/carts.ts';

/** Requests that the database has got and not answered. */
const held: ServerResponse[] = [];
let got = 0;
const server = createServer((request, response) => {
  got += 1;
  held.push(response);
  request.resume();
});

beforeEach(async () => {
  held.length = 0;
  got = 0;
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function open(maxSockets: number) {
  const { port } = server.address() as AddressInfo;
  const client = openDynamoDB({
    region: 'local',
    endpoint: `http://127.0.0.1:${port}`,
    requestTimeout: 20_000,
    connectTimeout: 20_000,
    maxSockets,
  });
  const options = { tableName: 'carts', clock: () => NOON, readConsistency: 'eventual' } as const;
  return { client, carts: createDynamoDBCartStore({ client, ...options }) };
}

const gotten = (count: number) =>
  vi.waitFor(() => {
    expect(got).toBeGreaterThanOrEqual(count);
  }, 10_000);

function answer(): void {
  held.shift()?.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
}

/** A signal that is aborted without an event, as that of a client who has gone. */
function createSignal(): Signal & { leave(): void } {
  const reason = new Error('the client has gone');
  let aborted = false;
  return {
    get aborted() {
      return aborted;
    },
    reason,
    throwIfAborted() {
      if (aborted) throw reason;
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    leave() {
      aborted = true;
    },
  };
}

it('a change whose client has gone is not sent when its turn comes, and those behind it are', async () => {
  const { client, carts } = open(1);
  let arrived = 0;
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (...request) => {
    arrived += 1;
    return handle(...request);
  };
  const commit = (signal?: Signal) => carts.commit([{ after: newCart(NOON) }], signal ? { signal } : {});
  const first = commit();
  await gotten(1);
  const signal = createSignal();
  const gone = expect(commit(signal)).rejects.toBe(signal.reason);
  const other = commit();
  await vi.waitFor(() => {
    expect(arrived).toBe(3);
  }, 10_000);
  signal.leave();
  answer();
  await first;
  await gotten(2);
  answer();
  await other;
  await gone;
  expect(got).toBe(2);
  client.destroy();
});

it('as many go at once as there are connections, and a failure gives its turn on', async () => {
  const { client, carts } = open(2);
  const loads = Array.from({ length: 6 }, () => carts.load([newCart(NOON).id]).catch(() => 'failed'));
  for (const count of [2, 3, 4, 5, 6]) {
    await gotten(count);
    expect(held.length).toBeLessThanOrEqual(2);
    if (count % 2 === 0) answer();
    else held.shift()?.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  }
  while (held.length > 0) answer();
  const outcomes = await Promise.all(loads);
  expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(2);
  client.destroy();
});
