/**
 * Loads of the same moment, whoever asks for them, become one: a statement or a request for thirty carts costs little more
 * than one for a single cart, in this process and in the database. Nothing is kept: each load is begun after it was asked for.
 */
import DataLoader from 'dataloader';
import { beginShared, endWith, errorName, type Span } from '../tracing/tracer.ts';
import { abortable, withSpan, type Signal } from '../waiting/abortable.ts';
import type { ProductId } from '../cart/ids.ts';
import type { CartStore, LoadOptions, StoreOptions } from './cart-store.ts';
import type { Catalog } from './catalog.ts';
import { Overloaded } from '../waiting/overloaded.ts';
import { createWeightedLimit, type WeightedLimit } from '../waiting/weighted-limit.ts';

/** Most carts in one load: as many as one request may ask for, and the keys of one BatchGetItem. */
const MOST_CARTS = 100;

/** Most products in one load: as many as a cart can have. */
const MOST_PRODUCTS = 500;

/**
 * Carts that lists may be loading at one time: those of the longest, or of many short ones. A cart of 500 items takes some 100 KB
 * on its way from a database, so these need 10 MB; whoever asks for more at the same moment waits.
 */
export const MOST_AT_ONCE = 100;

/** What is no list: the carts of one change, or one that is read. There are only as many as requests. */
const FEW = 2;

/** A store whose loads share what they send. Each waits no longer than its own signal says. */
export function loadCartsTogether(store: CartStore): CartStore {
  const room = createWeightedLimit(MOST_AT_ONCE);
  const together = (options: LoadOptions) =>
    loadTogether<string, Awaited<ReturnType<CartStore['load']>>[number]>(
      (ids, told) => store.load(ids, told ? { ...options, ...told } : options),
      MOST_CARTS,
    );
  const eventual = together({});
  const consistent = together({ consistent: true });
  const expiredToo = together({ consistent: true, includeExpired: true });

  const loadAll: CartStore['load'] = (ids, { includeExpired, consistent: mustBeConsistent, signal } = {}) => {
    if (includeExpired) return expiredToo(ids, signal);
    return mustBeConsistent ? consistent(ids, signal) : eventual(ids, signal);
  };

  return {
    ...store,
    load(ids, options = {}) {
      if (ids.length <= FEW) return loadAll(ids, options);
      const { signal, ...others } = options;
      const told = signal?.span && { signal: withSpan(undefined, signal.span) };
      return within(room, ids.length, signal, () => loadAll(ids, { ...others, ...told }));
    },
    listByCustomer(customerId, page, options = {}) {
      return within(room, page.first, options.signal, () => store.listByCustomer(customerId, page, options));
    },
  };
}

/** What was begun keeps its room until it has ended, also when nobody waits for it any longer. */
async function within<Result>(
  room: WeightedLimit,
  weight: number,
  signal: Signal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const leave = await room.enter(weight, signal);
  return abortable(work().finally(leave), signal);
}

/** A catalogue whose look-ups share what they send. */
export function findProductsTogether(catalog: Catalog): Catalog {
  const find = loadTogether(
    (ids: readonly ProductId[], told) => (told ? catalog.findMany(ids, told) : catalog.findMany(ids)),
    MOST_PRODUCTS,
  );
  return { ...catalog, findMany: (ids, { signal } = {}) => find(ids, signal) };
}

/** @param told with the span under which the load is told, where one of those who asked is recorded */
type LoadMany<Key, Value> = (keys: readonly Key[], told: StoreOptions | undefined) => Promise<Value[]>;

/** What is asked for, and the span of whoever asks. */
class Traced<Key> {
  constructor(
    readonly key: Key,
    readonly span: Span,
  ) {}
}

/** @param load positional */
function loadTogether<Key extends string, Value>(load: LoadMany<Key, Value>, most: number) {
  const loader = new DataLoader<Key | Traced<Key>, Value>((asked) => loadTraced(load, asked), {
    cache: false,
    maxBatchSize: most,
    // After all requests that have arrived by now were read.
    batchScheduleFn: (send) => setImmediate(send),
  });

  return async (keys: readonly Key[], signal: StoreOptions['signal']): Promise<Value[]> => {
    signal?.throwIfAborted();
    const span = signal?.span;
    const all = keys.map((key) => loader.load(span ? new Traced(key, span) : key));
    return abortable(Promise.all(all), signal);
  };
}

/** Of several who ask each has a span; of one alone its own will do. */
function loadTraced<Key extends string, Value>(
  load: LoadMany<Key, Value>,
  asked: readonly (Key | Traced<Key>)[],
): Promise<(Value | Error)[]> {
  let spans: Set<Span> | undefined;
  const keys = asked.map((one) => {
    if (!(one instanceof Traced)) return one;
    (spans ??= new Set()).add(one.span);
    return one.key;
  });
  if (!spans) return loadOrEach(load, keys, undefined);
  const [only, ...others] = spans;
  if (only && others.length === 0) return loadOrEach(load, keys, { signal: withSpan(undefined, only) });
  const shared = beginShared([...spans], 'load together', { 'cartwright.keys': keys.length });
  const loaded = loadOrEach(load, keys, shared && { signal: withSpan(undefined, shared) });
  return shared ? endWith(shared, loaded, errorName) : loaded;
}

/** When a common load fails, each is loaded by itself: nobody shall fail for the sake of somebody else's cart. */
async function loadOrEach<Key, Value>(
  load: LoadMany<Key, Value>,
  keys: readonly Key[],
  told: StoreOptions | undefined,
): Promise<(Value | Error)[]> {
  try {
    return await load(keys, told);
  } catch (error) {
    if (keys.length === 1 || error instanceof Overloaded) throw error;
    const each = await Promise.allSettled(keys.map((key) => load([key], told)));
    return each.map((one) => (one.status === 'fulfilled' ? (one.value[0] as Value) : (one.reason as Error)));
  }
}
