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

export interface CartCensus {
  /** Which table it is, by what no other one has, also one of the same name that is made anew; nobody's secret. For what is kept about it. */
  identity(options?: StoreOptions): Promise<string>;
  /** Whether counting reads every record at a price, as DynamoDB's does. */
  readonly costly: boolean;
  /** About how many records there are, expired ones and markers too, by what the database knows without counting; undefined for unknown. */
  estimate(options?: StoreOptions): Promise<number | undefined>;
  count(options?: StoreOptions): Promise<CartCounts>;
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
