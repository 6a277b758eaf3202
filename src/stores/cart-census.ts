/** How many records a store has: for tasks, never for requests. */
import type { CartStatus } from '../cart/cart.ts';
import type { StoreOptions } from './cart-store.ts';

/** Records that have not expired. */
export interface CartCounts {
  /** By status, but for what is MOVED; a status that no cart has may be absent. */
  readonly carts: Readonly<Partial<Record<CartStatus, number>>>;
  /** Markers that keep the cart which was handed over. */
  readonly markers: number;
  /** Markers without a cart. */
  readonly fences: number;
  /** Request units that counting has cost, where the database counts them. */
  readonly units?: number;
}

/** Records: milliseconds in PostgreSQL, and a page of at most 1 MB in DynamoDB. */
export const SAMPLE = 1000;

export interface MarkerSample {
  readonly markers: number;
  readonly records: number;
}

export interface CartCensus {
  /** Which table it is, by what no other one has, also one of the same name that is made anew; nobody's secret. For what is kept about it. */
  identity(options?: StoreOptions): Promise<string>;
  /** Whether counting reads every record at a price, as DynamoDB's does. */
  readonly costly: boolean;
  /** About how many records there are, expired ones and markers too, by what the database knows without counting; undefined for unknown. */
  estimate(options?: StoreOptions): Promise<number | undefined>;
  count(options?: StoreOptions): Promise<CartCounts>;
  /**
   * How many of the first records, {@link SAMPLE} at most, are markers with a cart. Ids are drawn by chance or are hashes, so these are
   * as good as any: of a store in which a hundredth is marked they miss all once in 20,000 times. Undefined where the service has no right
   * to look.
   */
  sampleMarkers(options?: StoreOptions): Promise<MarkerSample | undefined>;
}

/** What is counted: some records of one kind. */
export interface Counted {
  readonly status: CartStatus;
  /** Of a marker: whether it keeps a cart. */
  readonly keeps: boolean;
  readonly count: number;
}

export function toCounts(all: readonly Counted[]): CartCounts {
  const carts: Partial<Record<CartStatus, number>> = {};
  const moved = { markers: 0, fences: 0 };
  for (const { status, keeps, count } of all) {
    if (status === 'MOVED') moved[keeps ? 'markers' : 'fences'] += count;
    else carts[status] = (carts[status] ?? 0) + count;
  }
  return { carts, ...moved };
}
