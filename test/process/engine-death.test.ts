/** An embedded engine that is killed under a running service. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { engineOf } from './engine-of.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

let folder: string;
const started: ServiceProcess[] = [];
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cartwright-engine-death-')));
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it.each([
  ['postgres', '1'],
  ['postgres', '2'],
  ['dynamodb', '2'],
])(
  'comes back on %s with WORKERS=%s, with its carts, and the log says so',
  async (type, WORKERS) => {
    const dataDir = join(folder, type);
    const service = startService({
      CART_STORE_TYPE: type,
      WORKERS,
      DATA_DIR: dataDir,
      AWS_PROFILE: 'nobody',
    });
    started.push(service);
    const url = await service.listening;
    const create = 'mutation { createCart(input: {}) { cart { id } } }';
    const { id } = (await query(url, create))['createCart']?.['cart'] as { id: string };
    const [engine] = await engineOf(type, dataDir);
    process.kill(engine?.pid ?? NaN, 'SIGKILL');
    await vi.waitFor(() => {
      expect(service.output()).toContain('the embedded database runs again');
    }, 60_000);
    await vi.waitFor(async () => {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    }, 30_000);
    await vi.waitFor(async () => {
      expect(await query(url, `{ cart(id: "${id}") { id } }`)).toEqual({ cart: { id } });
    }, 30_000);
    expect(service.output()).toContain('the embedded database has ended, and is started again');
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
  },
  120_000,
);
