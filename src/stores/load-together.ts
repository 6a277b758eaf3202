/**
 * Loads of the same moment, whoever asks for them, become one: a statement or a request for thirty carts costs little more
 * than one for a single cart, in this process and in the database. Nothing is kept: each load is begun after it was asked for.
 */
import DataLoader from 'dataloader';
import { abortable } from '../cart/abortable.ts';
import type { CartStore, LoadOptions, StoreOptions } from '../cart/cart-store.ts';
import type { Catalog } from '../cart/catalog.ts';

/** Most carts in one load: as many as one request may ask for, and the keys of one BatchGetItem. */
const MOST_CARTS = 100;

/** Most products in one load: as many as a cart can have. */
const MOST_PRODUCTS = 500;

/** A store whose loads share what they send. Each waits no longer than its own signal says. */
export function loadCartsTogether(store: CartStore): CartStore {
  const together = (options: LoadOptions) =>
    loadTogether<string, Awaited<ReturnType<CartStore['load']>>[number]>(
      (ids) => store.load(ids, options),
      MOST_CARTS,
    );
  const eventual = together({});
  const consistent = together({ consistent: true });
  const expiredToo = together({ consistent: true, includeExpired: true });

  return {
    ...store,
    load(ids, { includeExpired, consistent: mustBeConsistent, signal } = {}) {
      if (includeExpired) return expiredToo(ids, signal);
      return mustBeConsistent ? consistent(ids, signal) : eventual(ids, signal);
    },
  };
}

/** A catalogue whose look-ups share what they send. */
export function findProductsTogether(catalog: Catalog): Catalog {
  const find = loadTogether((ids: readonly number[]) => catalog.findMany(ids), MOST_PRODUCTS);
  return { ...catalog, findMany: (ids, { signal } = {}) => find(ids, signal) };
}

type LoadMany<Key, Value> = (keys: readonly Key[]) => Promise<Value[]>;

/** @param load positional */
function loadTogether<Key, Value>(load: LoadMany<Key, Value>, most: number) {
  const loader = new DataLoader<Key, Value>((keys) => loadOrEach(load, keys), {
    cache: false,
    maxBatchSize: most,
    // After all requests that have arrived by now were read.
    batchScheduleFn: (send) => setImmediate(send),
  });

  return async (keys: readonly Key[], signal: StoreOptions['signal']): Promise<Value[]> => {
    signal?.throwIfAborted();
    return abortable(Promise.all(keys.map((key) => loader.load(key))), signal);
  };
}

/** When a common load fails, each is loaded by itself: nobody shall fail for the sake of somebody else's cart. */
async function loadOrEach<Key, Value>(
  load: LoadMany<Key, Value>,
  keys: readonly Key[],
): Promise<(Value | Error)[]> {
  try {
    return await load(keys);
  } catch (error) {
    if (keys.length === 1) throw error;
    const each = await Promise.allSettled(keys.map((key) => load([key])));
    return each.map((one) => (one.status === 'fulfilled' ? (one.value[0] as Value) : (one.reason as Error)));
  }
}
