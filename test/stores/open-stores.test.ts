import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { describeFailure } from '../../src/process/describe-failure.ts';
import { createLog } from '../../src/process/log.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { storeTypes } from '../support/test-app.ts';
import { newCart } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';

/** Products of the demo catalogue: seconds of a processor for each load of all, which README's starts have, in test/docs/commands.test.ts. */
const FEW = 20;

describe.each(storeTypes)('an embedded %s', (type) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-embedded-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  async function opened(work: (stores: Stores) => Promise<void>, { currency = 'USD', demo = FEW } = {}) {
    const { store } = loadConfig({ CART_STORE_TYPE: type, DATA_DIR: folder });
    const log = createLog('silent');
    const stores = await openStores(store, { clock: Date.now, currency, log }, { demo, pictures: '/shop' });
    try {
      await work(stores);
    } finally {
      await stores.close();
    }
  }
  const page = async ({ catalog }: Stores) => (await catalog.list({ first: 2 })).entries.map(({ id }) => id);

  it('gets the demo catalogue, and keeps one’s own', async () => {
    await opened(
      async (stores) => {
        expect(await page(stores)).toEqual([]);
      },
      { demo: 0 },
    );
    await opened(async (stores) => {
      const [last] = await stores.catalog.findMany([String(FEW)]);
      expect(last?.imageUrl).toMatch(/^\/shop\/playground\/products\/[a-z]+-20\.svg$/);
      expect(await page(stores)).toEqual(['1', '2']);
      await stores.catalog.withdraw(['1', String(FEW)]);
    });
    await opened(async (stores) => {
      expect(await page(stores)).toEqual(['2', '3']);
      expect(await stores.catalog.findMany([String(FEW)])).toEqual([undefined]);
      await stores.ready();
    });
    const yen = { currency: 'JPY' };
    await opened(async (stores) => {
      await expect(stores.ready()).rejects.toThrow('products in USD, but CART_CURRENCY is JPY');
      // As a load leaves it whose process has ended.
      await stores.catalog.upsert([
        { ...product('demo-catalogue-is-being-loaded'), price: { amount: 1, currency: 'JPY' } },
      ]);
    }, yen);
    await opened(async (stores) => {
      await stores.ready();
      expect(
        (await stores.catalog.findMany(['1', String(FEW)])).map((found) => found?.price.currency),
      ).toEqual(['JPY', 'JPY']);
      expect(await stores.catalog.findMany(['demo-catalogue-is-being-loaded'])).toEqual([undefined]);
    }, yen);
  }, 120_000);
});

describe('a move between two embedded engines', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-embedded-move-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('opens both, tells of both, and changes products in both', async () => {
    const { store, move } = loadConfig({
      CART_STORE_MOVE_TO: 'dynamodb',
      CART_STORE_MOVE_PHASE: 'handover',
      DATA_DIR: folder,
    });
    const surroundings = { clock: Date.now, currency: 'USD', log: createLog('silent') };
    const stores = await openStores(store, surroundings, { move, pictures: false, demo: FEW });
    try {
      await stores.ready();
      expect(stores).toMatchObject({
        type: 'postgres',
        move: { to: 'dynamodb', phase: 'handover' },
        title: 'PostgreSQL, from which carts move to DynamoDB (handover)',
      });
      expect(Object.keys(stores.environment).sort()).toEqual(['AWS_ENDPOINT_URL_DYNAMODB', 'DATABASE_URL']);
      await stores.catalog.upsert([product('SKU-1')]);
      expect(await stores.catalog.withdraw(['1', 'nothing'])).toEqual(['1']);
      const cart = newCart(Date.now());
      await stores.carts.commit([{ after: cart }]);
      expect(await stores.carts.load([cart.id], { consistent: true })).toEqual([cart]);
      // A new one is made in the target alone.
      expect((await stores.walk.walk({ first: 10 })).records).toEqual([]);
    } finally {
      await stores.close();
    }
    const alone = loadConfig({ CART_STORE_TYPE: 'dynamodb', DATA_DIR: folder }).store;
    const target = await openStores(alone, surroundings);
    try {
      expect((await target.catalog.findMany(['1', 'SKU-1', '2'])).map((one) => one?.id)).toEqual([
        undefined,
        'SKU-1',
        '2',
      ]);
      expect((await target.walk.walk({ first: 10 })).records).toHaveLength(1);
    } finally {
      await target.close();
    }
  }, 120_000);

  it('says which of the two it is that cannot be opened', async () => {
    const config = loadConfig({
      CART_STORE_TYPE: 'dynamodb',
      CART_STORE_MOVE_TO: 'postgres',
      CART_STORE_MOVE_PHASE: 'follow',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      DATA_DIR: folder,
    });
    const surroundings = { clock: Date.now, currency: 'USD', log: createLog('silent') };
    const opened = openStores(config.store, surroundings, { move: config.move });
    const error: unknown = await opened.catch((reason: unknown) => reason);
    expect(describeFailure(error, config)).toMatch(/^PostgreSQL at 127\.0\.0\.1:1 cannot be reached/);
  }, 60_000);
});
