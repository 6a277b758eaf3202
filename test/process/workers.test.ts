/** Several processes behind one port; drain.test.ts has their end under load. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { workerCount } from '../../src/config/worker-count.ts';
import { openShopDatabase, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { askOnce, finish, openConnection, wireRequest, type Outcome } from './fresh-connection.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

let database: CatalogueDatabase;
const started: ServiceProcess[] = [];
let service: ServiceProcess;
let url: string;

async function start(env: Record<string, string> = {}): Promise<ServiceProcess> {
  const more = { WORKERS: '2', ALLOW_UNAUTHENTICATED: 'true' };
  const one = startService({ ...database.env, ...more, ...env });
  started.push(one);
  await one.listening;
  return one;
}

beforeAll(async () => {
  database = await openShopDatabase('postgres');
  service = await start();
  url = await service.listening;
}, 120_000);
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await database.close();
});

const create = 'mutation { createCart(input: {}) { cart { id } } }';
const idOf = async () => {
  const { createCart } = await query(url, create);
  return (createCart as { cart: { id: string } }).cart.id;
};

describe('two workers', () => {
  it('have started when both have reached their store', async () => {
    const ask = async () => (await fetch(`${url}/startupz`, { headers: { connection: 'close' } })).status;
    const askMany = () => Promise.all(Array.from({ length: 8 }, ask));
    const allStarted = async () => {
      expect(new Set(await askMany())).toEqual(new Set([200]));
    };
    await vi.waitFor(allStarted, 20_000);
    for (let n = 0; n < 3; n += 1) await allStarted();
  });

  it('see the same carts, and change one together', async () => {
    const id = await idOf();
    const add = `mutation { addCartItems(input: {cartId: "${id}", items: [{productId: 1, quantity: 1}]}) { userErrors { code } } }`;
    await Promise.all(Array.from({ length: 24 }, () => query(url, add)));
    const { cart } = await query(url, `{ cart(id: "${id}") { itemCount version } }`);
    expect(cart).toEqual({ itemCount: 24, version: 25 });
  });

  it('finish the requests of which they have seen a part when the service is told to stop', async () => {
    const request = wireRequest(create);
    const half = request.length - 10;
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openConnection(url)));
    for (const socket of sockets) socket.write(request.slice(0, half));
    // Both workers have answered since, so they have the connections too.
    await Promise.all(Array.from({ length: 8 }, idOf));
    service.child.kill('SIGTERM');
    await vi.waitFor(async () => {
      const attempt = openConnection(url).then((socket) => socket.destroy());
      await expect(attempt).rejects.toThrow('ECONNREFUSED');
    }, 10_000);
    const outcomes = await Promise.all(sockets.map((socket) => finish(socket, request.slice(half))));
    expect(outcomes.map(summary)).toEqual(outcomes.map(() => 'answered 200'));
    expect(await service.ended()).toBe(0);
    expect(service.output()).toContain('"stopped"');
  }, 60_000);

  it('lose nothing that is sent until /readyz says no, as a load balancer does', async () => {
    const balanced = await start({ SHUTDOWN_DELAY_SECONDS: '3' });
    const at = await balanced.listening;
    let sending = true;
    const outcomes: Outcome[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      while (sending) outcomes.push(await askOnce(at, wireRequest(create)));
    });
    await vi.waitFor(() => {
      expect(outcomes.length).toBeGreaterThan(40);
    }, 30_000);
    balanced.child.kill('SIGTERM');
    await vi.waitFor(async () => {
      expect((await fetch(`${at}/readyz`)).status).toBe(503);
    }, 10_000);
    sending = false;
    await Promise.all(clients);
    expect(outcomes.map(summary)).toEqual(outcomes.map(() => 'answered 200'));
    expect(await balanced.ended()).toBe(0);
  }, 120_000);
});

const summary = (outcome: Outcome) =>
  outcome.kind === 'answered' ? `answered ${outcome.status}` : JSON.stringify(outcome);

it('a worker that cannot listen is not blamed on the database', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const env = { ...database.env, WORKERS: '2', ALLOW_UNAUTHENTICATED: 'true', PORT: port };
  const busy = startService(env);
  started.push(busy);
  expect(await busy.ended()).toBe(1);
  const lines = busy
    .output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
  expect(lines).toEqual([
    expect.stringContaining(`Port ${port} on 127.0.0.1 is in use (EADDRINUSE). Stop what uses it`),
  ]);
  other.close();
}, 120_000);

describe('the number of workers', () => {
  it('is as given, or at least one', () => {
    expect(workerCount(3)).toBe(3);
    expect(workerCount('auto')).toBeGreaterThanOrEqual(1);
  });
});
