import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { demoProducts } from '../support/demo-products.ts';
import { storeTypes, type StoreType } from '../support/store-types.ts';
import { engineOf } from './engine-of.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

interface CartAnswer {
  id: string;
  version: number;
  itemCount: number;
}

/** An engine with few products: a start fills one that has none with 10,000, as test/stores/open-stores.test.ts has it. */
async function stockFolder(type: StoreType, dataDir: string): Promise<void> {
  const { store } = loadConfig({ CART_STORE_TYPE: type, DATA_DIR: dataDir });
  const surroundings = { clock: Date.now, currency: 'USD', log: createLog('silent') };
  const stores = await openStores(store, surroundings, { demo: 0, pictures: false });
  await stores.catalog.upsert(demoProducts('USD', 5));
  await stores.close();
}

/** The tests share one data folder: to make an embedded engine takes longer than all that they do with it. */
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
    await Promise.all(storeTypes.map((type) => stockFolder(type, join(folder, 'kept'))));
  }, 120_000);
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
    'keeps its carts in an embedded %s from one start to the next, and loses nothing acknowledged when it is killed',
    async (type) => {
      const env = { DATA_DIR: join(folder, 'kept'), CART_STORE_TYPE: type };
      const first = start(env);
      const { id } = await create(await first.listening);
      await add(await first.listening, id);
      first.child.kill('SIGTERM');
      expect(await first.ended()).toBe(0);
      const second = start(env);
      const url = await second.listening;
      expect(await get(url, id)).toEqual({ id, version: 2, itemCount: 1 });
      const acknowledged = await addUntilKilled(second, url);
      const third = start(env);
      const again = await third.listening;
      for (const [id, count] of acknowledged) {
        const cart = await get(again, id);
        expect(cart?.itemCount).toBeGreaterThanOrEqual(count);
        expect(cart?.itemCount).toBeLessThanOrEqual(count + 1);
        expect(cart?.version).toBe((cart?.itemCount ?? 0) + 1);
      }
      third.child.kill('SIGINT');
      expect(await third.ended()).toBe(0);
    },
    120_000,
  );

  /** @returns how many adds of each of eight carts were acknowledged before the process was killed */
  async function addUntilKilled({ child, ended }: ServiceProcess, url: string): Promise<Map<string, number>> {
    const carts = await Promise.all(Array.from({ length: 8 }, () => create(url)));
    const acknowledged = new Map(carts.map(({ id }) => [id, 0]));
    let sent = 0;
    const writers = carts.map(async ({ id }) => {
      for (;;) {
        await add(url, id);
        acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
        if ((sent += 1) === 100) child.kill('SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    await ended();
    return acknowledged;
  }

  it('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const service = start({ PORT: port, DATA_DIR: join(folder, 'kept'), CART_STORE_TYPE: 'dynamodb' });
    expect(await service.ended()).toBe(1);
    expect(service.output()).toContain(`Port ${port} on 127.0.0.1 is in use (EADDRINUSE). Stop what uses it`);
    other.close();
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

  describe('with one worker on postgres', () => {
    let service: ServiceProcess;
    beforeAll(async () => {
      service = start({ DATA_DIR: join(folder, 'kept'), AWS_PROFILE: 'nobody' });
      await service.listening;
    }, 120_000);

    it('names the process that uses an embedded database', async () => {
      const task = start({ DATA_DIR: join(folder, 'kept') }, 'src/tasks/seed.ts');
      expect(await task.ended()).toBe(1);
      const lines = task.output().split('\n');
      expect(lines.filter((line) => line !== '' && !line.startsWith('{'))).toEqual([
        `The data folder ${join(folder, 'kept', 'postgres')} is in use by process ${service.child.pid ?? 0}. Stop it, or choose another folder.`,
      ]);
    }, 120_000);

    it(
      'comes back when the engine is killed under it, with its carts, and the log says so',
      () => killEngine(service, 'postgres'),
      120_000,
    );
  });

  it.each(['postgres', 'dynamodb'])(
    'comes back when the engine is killed under it, on %s with WORKERS=2, with its carts, and the log says so',
    (type) =>
      killEngine(
        start({ CART_STORE_TYPE: type, WORKERS: '2', DATA_DIR: join(folder, 'kept'), AWS_PROFILE: 'nobody' }),
        type,
      ),
    120_000,
  );

  async function killEngine(service: ServiceProcess, type: string): Promise<void> {
    const url = await service.listening;
    const { id } = await create(url);
    const [engine] = await engineOf(type, join(folder, 'kept'));
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
  }
});
