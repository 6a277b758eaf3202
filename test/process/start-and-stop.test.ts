import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { engineOf } from './engine-of.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

interface CartAnswer {
  id: string;
  version: number;
  itemCount: number;
}

/** The tests share one data folder: to fill an embedded engine takes longer than all that they do with it. */
describe('the process', () => {
  let folder: string;
  const started: ServiceProcess[] = [];
  const start = (env: Record<string, string>, script?: string) => {
    const service = startService(env, script);
    started.push(service);
    return service;
  };
  const create = async (url: string) => {
    const text = 'mutation { createCart(input: {}) { cart { id version itemCount } } }';
    return (await query(url, text))['createCart']?.['cart'] as CartAnswer;
  };
  const get = async (url: string, id: string) =>
    (await query(url, `{ cart(id: "${id}") { id version itemCount } }`))['cart'] as CartAnswer | null;
  const add = (url: string, id: string) =>
    query(
      url,
      `mutation { addCartItems(input: { cartId: "${id}", items: [{ productId: 1, quantity: 1 }] }) { cart { version } } }`,
    );

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'cartwright-process-')));
  });
  afterAll(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended();
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('reports every mistake of the configuration at once, without secrets', async () => {
    const service = start({
      PORT: 'eighty',
      CART_CURRENCY: 'XAU',
      CART_TTL_DAYS: '0',
      DATABASE_URL: 'mysql://root:hunter2@host/db',
      DATABASE_SSL_CA: join(folder, 'absent.pem'),
      TRUSTED_DOCUMENTS: folder,
    });
    expect(await service.ended()).toBe(1);
    const output = service.output();
    for (const name of ['PORT', 'CART_CURRENCY', 'CART_TTL_DAYS', 'DATABASE_URL'])
      expect(output).toContain(`- ${name} must`);
    expect(output).toContain(
      `- DATABASE_SSL_CA names ${join(folder, 'absent.pem')}, which cannot be read (ENOENT)`,
    );
    expect(output).toContain(`- TRUSTED_DOCUMENTS names ${folder}, which cannot be read (EISDIR)`);
    expect(output).not.toContain('hunter2');
  });

  it('refuses an embedded database in production', async () => {
    const service = start({ NODE_ENV: 'production' });
    expect(await service.ended()).toBe(1);
    expect(service.output()).toContain('DATABASE_URL must be set in production');
    // All that it wrote is for programs.
    const lines = service.output().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level: 'fatal',
        time: expect.any(String) as string,
        problems: expect.any(Array) as unknown[],
        msg: 'the configuration has mistakes',
      },
    ]);
  });

  it.each(['postgres', 'dynamodb'])(
    'keeps its carts in an embedded %s from one start to the next',
    async (type) => {
      const env = { DATA_DIR: join(folder, 'kept'), CART_STORE_TYPE: type };
      const first = start(env);
      const url = await first.listening;
      const { id } = await create(url);
      await add(url, id);
      first.child.kill('SIGTERM');
      expect(await first.ended()).toBe(0);
      const second = start(env);
      expect(await get(await second.listening, id)).toEqual({ id, version: 2, itemCount: 1 });
      second.child.kill('SIGINT');
      expect(await second.ended()).toBe(0);
    },
    120_000,
  );

  it('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const service = start({ PORT: port, DATA_DIR: join(folder, 'kept') });
    expect(await service.ended()).toBe(1);
    expect(service.output()).toContain(`Port ${port} on 127.0.0.1 is in use (EADDRINUSE). Stop what uses it`);
    other.close();
  }, 120_000);

  it('names the process that uses an embedded database', async () => {
    const env = { DATA_DIR: join(folder, 'kept') };
    const service = start(env);
    await service.listening;
    const task = start(env, 'src/tasks/seed.ts');
    expect(await task.ended()).toBe(1);
    const lines = task.output().split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('{'))).toEqual([
      `The data folder ${join(folder, 'kept', 'postgres')} is in use by process ${service.child.pid ?? 0}. Stop it, or choose another folder.`,
    ]);
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
  }, 120_000);

  it('a second SIGTERM ends the service and its engine at once', async () => {
    const env = { DATA_DIR: join(folder, 'kept'), CART_STORE_TYPE: 'dynamodb' };
    const first = start({ ...env, SHUTDOWN_DELAY_SECONDS: '300' });
    await first.listening;
    first.child.kill('SIGTERM');
    await vi.waitFor(() => {
      expect(first.output()).toContain('draining');
    }, 30_000);
    // Sooner, it counts as an echo of the first.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(1);
    const second = start(env);
    await second.listening;
    second.child.kill('SIGINT');
    expect(await second.ended()).toBe(0);
  }, 120_000);

  it.each(['postgres', 'dynamodb'])(
    'loses nothing acknowledged when it is killed on %s',
    async (type) => {
      const env = { DATA_DIR: join(folder, 'kept'), CART_STORE_TYPE: type };
      const first = start(env);
      const url = await first.listening;
      const carts = await Promise.all(Array.from({ length: 8 }, () => create(url)));
      const acknowledged = new Map(carts.map(({ id }) => [id, 0]));
      let sent = 0;
      const writers = carts.map(async ({ id }) => {
        for (;;) {
          await add(url, id);
          acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
          if ((sent += 1) === 100) first.child.kill('SIGKILL');
        }
      });
      await Promise.allSettled(writers);
      await first.ended();
      const second = start(env);
      const again = await second.listening;
      for (const [id, count] of acknowledged) {
        const cart = await get(again, id);
        expect(cart?.itemCount).toBeGreaterThanOrEqual(count);
        expect(cart?.itemCount).toBeLessThanOrEqual(count + 1);
        expect(cart?.version).toBe((cart?.itemCount ?? 0) + 1);
      }
      second.child.kill('SIGTERM');
      expect(await second.ended()).toBe(0);
    },
    120_000,
  );

  it.each([
    ['postgres', '1'],
    ['postgres', '2'],
    ['dynamodb', '2'],
  ])(
    'comes back when the engine is killed under it, on %s with WORKERS=%s, with its carts, and the log says so',
    async (type, WORKERS) => {
      const dataDir = join(folder, 'kept');
      const service = start({
        CART_STORE_TYPE: type,
        WORKERS,
        DATA_DIR: dataDir,
        AWS_PROFILE: 'nobody',
      });
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
});
