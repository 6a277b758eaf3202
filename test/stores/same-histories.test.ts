import { createDynamoDBCartStore } from '../../src/stores/dynamodb/cart-store.ts';
import { createPostgresCartStore } from '../../src/stores/postgres/cart-store.ts';
import { createTestTables } from '../support/dynamodb.ts';
import { openTestPostgres } from '../support/postgres.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { describe, expect, it } from 'vitest';
import { isLive } from '../../src/cart/cart.ts';
import { NOON } from '../support/carts.ts';
import type { OpenStore } from '../support/store-test.ts';
import { compareHistories, testSameHistories } from './same-history.ts';

/** Every store that keeps carts, the reference first. */
const stores: Record<string, OpenStore> = {
  memory: (clock) => Promise.resolve({ carts: createMemoryCartStore(clock), close: () => Promise.resolve() }),

  PostgreSQL: async (clock) => {
    const { db, close } = await openTestPostgres();
    return { carts: createPostgresCartStore({ db, clock }), close };
  },

  DynamoDB: async (clock) => {
    const { client, names, drop } = await createTestTables();
    const carts = createDynamoDBCartStore({
      client,
      tableName: names.carts,
      clock,
      readConsistency: 'eventual',
    });
    return {
      carts,
      close: async () => {
        await carts.close();
        await drop();
      },
    };
  },
};

testSameHistories(Object.keys(stores).join(', '), (clock) =>
  Promise.all(Object.entries(stores).map(async ([name, open]) => ({ name, ...(await open(clock)) }))),
);

describe('a store that goes astray is found out, when', () => {
  const clock = { now: NOON };
  /** Faults as a real store might have them, put before the reference. */
  const faults: Record<string, (carts: CartStore) => Partial<CartStore>> = {
    'it lists carts of one millisecond by ascending id': (carts) => ({
      async listByCustomer(...args) {
        const page = await carts.listByCustomer(...args);
        const entries = [...page.entries].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
        return { ...page, entries };
      },
    }),
    'it shows carts in the very millisecond in which they expire': (carts) => ({
      async load(ids, options) {
        const found = await carts.load(ids, { ...options, includeExpired: true });
        return found.map((cart) =>
          options?.includeExpired || (cart && isLive(cart, clock.now - 1)) ? cart : undefined,
        );
      },
    }),
    'it forgets that carts were merged': (carts) => ({
      commit: (writes, options) => carts.commit(writes.slice(0, 1), options),
    }),
    'it keeps the first price of a product for good': (carts) => ({
      commit: (writes, options) =>
        carts.commit(
          writes.map(({ before, after }) => ({
            ...(before && { before }),
            after: {
              ...after,
              items: after.items.map((item) => ({
                ...item,
                unitPrice:
                  before?.items.find(({ productId }) => productId === item.productId)?.unitPrice ??
                  item.unitPrice,
              })),
            },
          })),
          options,
        ),
    }),
    'it drops the oldest remembered change too early': (carts) => ({
      commit: (writes, options) =>
        carts.commit(
          writes.map((write) => ({
            ...write,
            after: { ...write.after, changes: write.after.changes.slice(-28 * 4) },
          })),
          options,
        ),
    }),
    'its pages say too late that there are more': (carts) => ({
      async listByCustomer(customerId, page, options) {
        const { entries, hasNextPage } = await carts.listByCustomer(customerId, page, options);
        return { entries, hasNextPage: hasNextPage && entries.length > 2 };
      },
    }),
  };

  it.each(Object.entries(faults))('%s', async (_name, fault) => {
    const [reference, carts] = [
      createMemoryCartStore(() => clock.now),
      createMemoryCartStore(() => clock.now),
    ];
    const astray = { name: 'astray', carts: { ...carts, ...fault(carts) } };
    const comparison = compareHistories([{ name: 'reference', carts: reference }, astray], clock, {
      seed: 42,
      rounds: 25,
      shrinking: 0,
    });
    await expect(comparison).rejects.toThrow(/HISTORY_SEED=42[^]* differ after|astray failed/);
  });
});
