/** The service's cart operations on a DynamoDB whose faults each test decides. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { afterAll, beforeAll } from 'vitest';
import { createCartOperations, type CartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createDynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { writeProducts } from '../../../src/stores/dynamodb/write-products.ts';
import { openDynamoDB } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { TTL } from '../../support/carts.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import { startDynamoDBProxy, type Fault } from '../../support/dynamodb-proxy.ts';

export const PRODUCT = { productId: '1', quantity: 1 };

/** Of a request that has all the time it needs. */
export const caller = { viewer: { kind: 'staff' } as const, signal: new AbortController().signal };
// Many tests share it at a time.
setMaxListeners(0, caller.signal);

export const lostAnswer: Fault = { kind: 'cut', when: 'after' };
export const lostRequest: Fault = { kind: 'cut', when: 'before' };
export const stalledAnswer: Fault = { kind: 'stall', when: 'after' };
export const stalledRequest: Fault = { kind: 'stall', when: 'before' };
/** Gives stalled attempts up. */
export const IMPATIENT = { requestTimeout: 1000 };

/** An error of DynamoDB in place of carrying out the request. */
export function refused(error: string, status = 400): Fault {
  return { kind: 'refuse', error, status };
}

/** A transaction cancelled for one reason for each of its writes. */
export function cancelled(...codes: string[]): Fault {
  const reasons = codes.map((Code) => ({ Code }));
  const details = { Message: 'Transaction cancelled', CancellationReasons: reasons };
  return { kind: 'refuse', error: 'TransactionCanceledException', details };
}

/** What a test of faults works with, opened before the first test of the file. */
export function openFaultyCarts() {
  let tables: TestTables;
  /** The operations of another process, without faults. */
  let others: CartOperations;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    tables = await createTestTables();
    const price = { amount: 2999, currency: 'USD' };
    await writeProducts(tables.client, tables.names.catalogue, [{ id: '1', name: 'Kettle', price }]);
    others = operationsOn(tables, tables.client);
  });
  afterAll(async () => {
    await Promise.all(closers.map((close) => close()));
    await tables.drop();
  });

  return {
    get others() {
      return others;
    },

    /**
     * Operations behind a proxy of the test's own. The client is fresh: the SDK stops retrying after many faults. Only a
     * test of stalls needs a timeout that a busy machine could reach.
     */
    async open({ requestTimeout = 30_000 } = {}) {
      const proxy = await startDynamoDBProxy(tables.endpoint);
      const client = openDynamoDB({
        region: 'local',
        endpoint: proxy.endpoint,
        requestTimeout,
        connectTimeout: 10_000,
      });
      closers.push(() => {
        client.destroy();
        return proxy.close();
      });
      return { proxy, carts: operationsOn(tables, client) };
    },

    async newCart(quantity = 1): Promise<string> {
      const { carts } = await others.createCart({ items: [{ productId: '1', quantity }] }, caller);
      return carts[0]?.id ?? '';
    },

    /** Of the one product, as stored. */
    async quantityOf(id: string): Promise<number> {
      const [cart] = await others.findCarts([id], caller);
      return cart?.items[0]?.quantity ?? 0;
    },

    /** Changes of another process, one after the other. */
    addTimes(id: string, times: number): () => Promise<void> {
      return async () => {
        for (let done = 0; done < times; done += 1) await others.addItems(id, [PRODUCT], caller);
      };
    },
  };
}

function operationsOn({ client, names }: TestTables, cartsClient: TestTables['client']): CartOperations {
  const clock = () => Date.now();
  return createCartOperations({
    carts: createDynamoDBCartStore({
      client: cartsClient,
      tableName: names.carts,
      clock,
      readConsistency: 'eventual',
    }),
    catalog: createDynamoDBCatalog({ client, tableName: names.catalogue, currency: 'USD' }),
    queue: createCartQueue(),
    clock,
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: TTL,
    currency: 'USD',
  });
}
