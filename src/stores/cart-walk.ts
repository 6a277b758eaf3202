/**
 * All records of a store, page by page: for tasks that move, compare or count carts, never for requests. What is there when the walk
 * begins and is not removed meanwhile is met; what is made or changed meanwhile may be met or not, as it was or as it is.
 */
import type { Cart } from '../cart/cart.ts';
import type { CartId } from '../cart/ids.ts';
import type { StoreOptions } from './cart-store.ts';

/** One of several parts, which together are all: each can be walked by itself, also at the same time. */
export interface WalkPart {
  /** From 0 on. */
  readonly number: number;
  readonly of: number;
}

export interface WalkRequest extends StoreOptions {
  /** All, unless given. */
  readonly part?: WalkPart;
  /** Where the page before ended; of the same part of as many. May be kept as text and used days later. */
  readonly after?: CartId;
  /** Most records to look at, 1 to 1000. A page may have fewer, and none, though others follow. */
  readonly first: number;
  /** Carts past their expiry too, where they are still there. */
  readonly includeExpired?: boolean;
}

export interface WalkPage {
  /** Carts of every status, tombstones, pointers and markers. */
  readonly records: readonly Cart[];
  /** One for each record that cannot be read. */
  readonly unreadable: readonly Error[];
  /** Where the next page begins; absent behind the last one. */
  readonly next?: CartId;
  /** Request units that the page has cost, where the database counts them. */
  readonly units?: number;
}

export interface CartWalk {
  /** Every record as the database has it at that moment: reads are strong. */
  walk(request: WalkRequest): Promise<WalkPage>;
}

/** Records that can be read, and what is wrong with the others. */
export function readAll<Entry>(entries: readonly Entry[], read: (entry: Entry) => Cart): WalkPage {
  const records: Cart[] = [];
  const unreadable: Error[] = [];
  for (const entry of entries) {
    try {
      records.push(read(entry));
    } catch (error) {
      unreadable.push(error as Error);
    }
  }
  return { records, unreadable };
}
