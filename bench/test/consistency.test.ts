import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDBProxy, type DynamoDBProxy } from '../../test/support/dynamodb-proxy.ts';
import { openCartApi, type CartApi } from '../client/cart-api.ts';
import { measureConsistency, readsOf } from '../compare/consistency.ts';
import { measureRequestUnits } from '../compare/request-units.ts';
import { openDynamoDBEngine, type Engine } from '../processes/engines.ts';
import { startService, type RunningProgram } from '../processes/launch.ts';
import { plantLag } from './plant-lag.ts';
import { openFolder, startStandIn } from './stand-in.ts';

/** More than a busy machine takes from a write to the read behind it. */
const LAG_MS = 150;

/** @param change what is measured in place of the server's API */
async function measure(server: RunningProgram, rounds: number, change = (api: CartApi): CartApi => api) {
  const api = openCartApi(server.url);
  try {
    return await measureConsistency(change(api), rounds);
  } finally {
    api.close();
    await server.stop();
  }
}

describe('against a server without lag', () => {
  /** Calls the third, sixth … time what it is given instead. */
  const everyThird = <A extends unknown[], R>(call: (...args: A) => R, instead: (...args: A) => R) => {
    let calls = 0;
    return (...args: A): R => ((calls += 1) % 3 === 0 ? instead(...args) : call(...args));
  };
  const fail = () => Promise.reject(new Error('failed'));

  it('finds no read stale', async () => {
    const figures = await measure(await startStandIn(), 8);
    expect(readsOf(figures).map(({ stale }) => stale)).toEqual([0, 0, 0, 0]);
  });

  it('counts failed reads apart, and sees a doubled update in spite of them', async () => {
    const change = (api: CartApi) => {
      const twice: CartApi['addItems'] = async (...input) => (
        await api.addItems(...input),
        api.addItems(...input)
      );
      return { ...api, findCart: everyThird(api.findCart, fail), addItems: everyThird(api.addItems, twice) };
    };
    const figures = await measure(await startStandIn(), 24, change);
    // 24 of the first pattern go before, so it is every third of the 24 updates, and none after them.
    expect(figures.rapidUpdates).toMatchObject({ updates: 24, refused: 0, lost: 0, doubled: 8 });
    expect(figures.rapidUpdates.reads.failed).toBeGreaterThan(0);
    expect(figures.readAfterCreate.failed + figures.readAfterAdd.failed).toBe(16);
    expect(figures.failedWrites).toBe(0);
  });

  it('counts failed writes and goes on', async () => {
    const change = (api: CartApi) => ({ ...api, createCart: everyThird(api.createCart, fail) });
    const { historyAfterCreate, failedWrites } = await measure(await startStandIn(), 24, change);
    expect(failedWrites).toBeGreaterThan(5);
    expect(historyAfterCreate.reads).toBeGreaterThan(0);
  });
});

describe('the service on DynamoDB, with lag planted between it and the engine', () => {
  const logFile = join(openFolder(), 'service.log');
  let engine: Engine;
  let proxy: DynamoDBProxy;
  beforeAll(async () => {
    engine = await openDynamoDBEngine();
    proxy = await startDynamoDBProxy(engine.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    plantLag(proxy, 'shopping-carts', LAG_MS);
    return async () => {
      await proxy.close();
      await engine.close();
    };
  });
  const withReads = async (consistency: 'eventual' | 'strong') => {
    const env = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint, DYNAMODB_READ_CONSISTENCY: consistency };
    return measure(await startService({ env: { ...engine.env, ...env }, logFile }), 8);
  };

  it('finds eventual reads stale, and for how long, and loses no update', async () => {
    const figures = await withReads('eventual');
    for (const { stale } of readsOf(figures)) expect(stale).toBeGreaterThan(0);
    // The write is visible LAG_MS after it was made, which was just before its answer arrived.
    expect(figures.readAfterCreate.delay?.max).toBeGreaterThan(LAG_MS / 2);
    expect(figures.rapidUpdates).toMatchObject({ lost: 0, doubled: 0 });
  });

  it('finds strong reads fresh; the index lags all the same', async () => {
    const { readAfterCreate, readAfterAdd, historyAfterCreate, rapidUpdates } = await withReads('strong');
    expect([readAfterCreate.stale, readAfterAdd.stale, rapidUpdates.reads.stale]).toEqual([0, 0, 0]);
    expect(historyAfterCreate.stale).toBeGreaterThan(0);
  });
});

it(
  'request units are what the formula says, and a merge is a transaction',
  { timeout: 120_000 },
  async ({ skip }) => {
    const measured = await measureRequestUnits(1);
    if (measured === undefined) return skip('there is no embedded DynamoDB for this platform');
    const { operations, formula, merge, cartBytes } = measured;
    expect(operations).toEqual(formula);
    expect(cartBytes).toBeGreaterThan(1024);
    // One consistent read of a cart below 4 KB, and, for an item, half a unit for its product.
    expect([operations.update.read, operations.add.read]).toEqual([1, 1.5]);
    expect(operations.get).toEqual({ read: 0.5, write: 0 });
    expect(merge?.measured).toEqual(merge?.formula);
  },
);
