import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCartApi, type CartApi } from '../client/cart-api.ts';
import { measureConsistency, sawStaleRead } from '../compare/consistency.ts';
import { startService } from '../processes/service.ts';
import { openDynamoDBEngine, type Engine } from '../processes/engines.ts';
import { startDynamoDBProxy, type DynamoDBProxy } from '../../test/support/dynamodb-proxy.ts';
import { plantLag } from './plant-lag.ts';
import { startStandIn } from './start-stand-in.ts';

const LAG_MS = 60;
/** So long that no read of a busy machine is late enough to see the write by chance. */
const STALE_MS = 400;

/** @param change what is measured in place of the server's API */
async function measureStandIn(rounds: number, staleMs: number, change = (api: CartApi): CartApi => api) {
  const server = await startStandIn({ staleMs });
  const api = openCartApi(server.url);
  try {
    return await measureConsistency(change(api), rounds);
  } finally {
    api.close();
    await server.stop();
  }
}

describe('against a server whose reads lag by a known time', () => {
  it('finds every read stale, and for how long', async () => {
    const { readAfterCreate, historyAfterCreate, rapidUpdates } = await measureStandIn(8, STALE_MS);
    expect(readAfterCreate).toMatchObject({ reads: 8, stale: 8, never: 0 });
    // The write is visible STALE_MS after it was made, which was just before its answer arrived.
    expect(readAfterCreate.delay?.p50).toBeGreaterThan(STALE_MS / 2);
    expect(historyAfterCreate.stale).toBe(8);
    expect(rapidUpdates).toMatchObject({ lost: 0, doubled: 0, refused: 0 });
    expect(rapidUpdates.reads.stale).toBeGreaterThan(0);
  });

  it('finds none where there is no lag', async () => {
    expect(sawStaleRead(await measureStandIn(8, 0))).toBe(false);
  });
});

describe('against a server that fails at times', () => {
  /** Calls the third, sixth … time what it is given instead. */
  const everyThird = <A extends unknown[], R>(call: (...args: A) => R, instead: (...args: A) => R) => {
    let calls = 0;
    return (...args: A): R => ((calls += 1) % 3 === 0 ? instead(...args) : call(...args));
  };
  const fail = () => Promise.reject(new Error('failed'));

  it('counts failed reads apart, and sees a doubled update in spite of them', async () => {
    const { rapidUpdates, readAfterCreate, readAfterAdd, failedWrites } = await measureStandIn(
      24,
      0,
      (api) => ({
        ...api,
        findCart: everyThird(api.findCart, fail),
        addItems: everyThird(api.addItems, async (id, items) => {
          await api.addItems(id, items);
          return api.addItems(id, items);
        }),
      }),
    );
    // 24 of the first pattern go before, so it is every third of the 24 updates, and none after them.
    expect(rapidUpdates).toMatchObject({ updates: 24, refused: 0, lost: 0, doubled: 8 });
    expect(rapidUpdates.reads.failed).toBeGreaterThan(0);
    expect(readAfterCreate.failed + readAfterAdd.failed).toBe(16);
    expect(failedWrites).toBe(0);
  });

  it('counts failed writes and goes on', async () => {
    const { historyAfterCreate, failedWrites } = await measureStandIn(24, 0, (api) => ({
      ...api,
      customerCarts: everyThird(api.customerCarts, fail),
      createCart: everyThird(api.createCart, fail),
    }));
    expect(failedWrites).toBeGreaterThan(5);
    expect(historyAfterCreate.failed).toBeGreaterThan(0);
    expect(historyAfterCreate.reads).toBeGreaterThan(0);
  });
});

describe('the service on DynamoDB, with lag planted between it and the engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartwright-lag-'));
  let engine: Engine;
  let proxy: DynamoDBProxy;

  beforeAll(async () => {
    engine = await openDynamoDBEngine();
    proxy = await startDynamoDBProxy(engine.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    plantLag(proxy, 'shopping-carts', LAG_MS);
  });
  afterAll(async () => {
    await proxy.close();
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  async function measure(consistency: 'eventual' | 'strong') {
    const service = await startService({
      env: {
        ...engine.env,
        AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
        DYNAMODB_READ_CONSISTENCY: consistency,
      },
      logFile: join(folder, 'service.log'),
    });
    const api = openCartApi(service.url);
    try {
      return await measureConsistency(api, 8);
    } finally {
      api.close();
      await service.stop();
    }
  }

  it('finds eventual reads stale, and loses no update', async () => {
    const { readAfterCreate, readAfterAdd, historyAfterCreate, rapidUpdates } = await measure('eventual');
    expect(readAfterCreate.stale).toBeGreaterThan(0);
    expect(readAfterAdd.stale).toBeGreaterThan(0);
    expect(historyAfterCreate.stale).toBeGreaterThan(0);
    expect(rapidUpdates).toMatchObject({ lost: 0, doubled: 0 });
  });

  it('finds strong reads fresh; the index lags all the same', async () => {
    const { readAfterCreate, readAfterAdd, historyAfterCreate, rapidUpdates } = await measure('strong');
    expect([readAfterCreate.stale, readAfterAdd.stale, rapidUpdates.reads.stale]).toEqual([0, 0, 0]);
    expect(historyAfterCreate.stale).toBeGreaterThan(0);
  });
});
