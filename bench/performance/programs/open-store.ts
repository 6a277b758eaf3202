/** The store that a variant stands on, chosen by CART_STORE_TYPE and, for `memory`, filled with a few carts. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  createCartOperations,
  type Caller,
  type CartOperations,
} from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import type { Catalog } from '../../../src/stores/catalog.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { openStores } from '../../../src/stores/open-stores.ts';
import { createMemoryCatalog } from '../../../test/support/memory-catalog.ts';
import { createMemoryCartStore } from '../../../test/support/memory-store.ts';
import { memoryCarts } from './carts.ts';

export interface OpenedStore {
  readonly carts: CartStore;
  readonly catalog: Catalog;
}

export async function openStore(): Promise<OpenedStore> {
  if (process.env['CART_STORE_TYPE'] === 'memory') {
    const carts = createMemoryCartStore(Date.now);
    for (const after of memoryCarts()) await carts.commit([{ after }]);
    const products = demoCatalog('USD').map((product) => [product.id, product] as const);
    return { carts, catalog: createMemoryCatalog(new Map(products)) };
  }
  const config = loadConfig(process.env);
  return openStores(config.store, { clock: Date.now, currency: 'USD', log: createLog('error') });
}

export function operationsOn({ carts, catalog }: OpenedStore): CartOperations {
  return createCartOperations({
    carts,
    catalog,
    clock: Date.now,
    queue: createCartQueue(),
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: 7 * 86_400_000,
    currency: 'USD',
  });
}

/** Who asks; nothing ends a request early. */
export const newCaller = (): Caller => ({
  viewer: { kind: 'staff' },
  signal: new AbortController().signal,
});
