/** Several processes behind one port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerCount } from '../../src/worker-count.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

let folder: string;
let service: ServiceProcess;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-workers-'));
  service = startService({ WORKERS: '2', DATA_DIR: folder, ALLOW_UNAUTHENTICATED: 'true' });
  url = await service.listening;
}, 120_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  await service.ended();
  await rm(folder, { recursive: true, force: true });
});

const create = 'mutation { createCart(input: {}) { cart { id } } }';
const idOf = async () => {
  const { createCart } = await query(url, create);
  return (createCart as { cart: { id: string } }).cart.id;
};

describe('two workers', () => {
  it('see the same carts, and change one together', async () => {
    const id = await idOf();
    const add = `mutation { addCartItems(input: {cartId: "${id}", items: [{productId: 1, quantity: 1}]}) { userErrors { code } } }`;
    await Promise.all(Array.from({ length: 24 }, () => query(url, add)));
    const { cart } = await query(url, `{ cart(id: "${id}") { itemCount version } }`);
    expect(cart).toEqual({ itemCount: 24, version: 25 });
  });

  it('finish what they have begun when the service is told to stop', async () => {
    let stopped = false;
    const outcomes: Promise<string>[] = [];
    const clients = Array.from({ length: 4 }, async () => {
      while (!stopped) {
        const sent = idOf();
        outcomes.push(sent);
        await sent.catch(() => (stopped = true));
        if (outcomes.length === 40) service.child.kill('SIGTERM');
      }
    });
    expect(await service.ended()).toBe(0);
    await Promise.all(clients);
    const failures = (await Promise.allSettled(outcomes)).filter(({ status }) => status === 'rejected');
    // Only those that found nobody listening any more.
    expect(failures.map((failure) => String((failure as PromiseRejectedResult).reason))).toEqual(
      failures.map(() => expect.stringContaining('fetch failed') as string),
    );
    expect(outcomes.length - failures.length).toBeGreaterThanOrEqual(40);
    expect(service.output()).toContain('"stopped"');
  }, 60_000);
});

describe('the number of workers', () => {
  it('is as given, or at least one', () => {
    expect(workerCount(3)).toBe(3);
    expect(workerCount('auto')).toBeGreaterThanOrEqual(1);
  });
});
