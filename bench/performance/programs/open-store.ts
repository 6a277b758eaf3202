/** The store that a variant stands on, chosen by CART_STORE_TYPE and, for `memory`, filled with a few carts. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createCartOperations, type Caller } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createContext } from '../../../src/graphql/context.ts';
import { createLog } from '../../../src/process/log.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { createMemoryCatalog } from '../../../test/support/memory-catalog.ts';
import { createMemoryCartStore } from '../../../test/support/memory-store.ts';
import { memoryCarts } from './carts.ts';

export type OpenedStore = Pick<Stores, 'carts' | 'catalog'>;

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

/** For each request, as the libraries want it: anybody from the staff, and nothing ends a request early. */
export function contextOn({ carts, catalog }: OpenedStore): () => ReturnType<typeof createContext> {
  const operations = createCartOperations({
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
  const dependencies = { currency: 'USD', catalog, operations };
  return () => {
    const caller: Caller = { viewer: { kind: 'staff' }, signal: new AbortController().signal };
    return createContext(dependencies, caller, 'none');
  };
}
