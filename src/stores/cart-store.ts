/** What a database must do for carts: load and commit. The comments here are the contract; every store is tested on it. */
import type { Signal } from '../waiting/abortable.ts';
import type { Cart } from '../cart/cart.ts';
import type { CartId, CustomerId } from '../cart/ids.ts';
import type { CartPageRequest, Page } from '../cart/page.ts';

export interface StoreOptions {
  /** Aborted when the request's time is over; the call then fails with the signal's reason. */
  readonly signal?: Signal;
}

export interface LoadOptions extends StoreOptions {
  /** See every commit that was acknowledged before the call. A store may always do so; without it, it need not. */
  readonly consistent?: boolean;
  /** Return carts past their expiry too, where they are still there. */
  readonly includeExpired?: boolean;
}

export interface ListOptions extends StoreOptions {
  /** Return markers too, whatever status the page is to have: for whoever looks the carts up that they stand for. */
  readonly markers?: boolean;
}

export interface CartWrite {
  /** The cart as it was loaded; absent for a new cart. */
  readonly before?: Cart;
  /** The cart as it shall be, with the same id, one or several changes later. */
  readonly after: Cart;
}

export interface CartStore {
  /**
   * Positional, like a DataLoader batch: one entry per id (which may repeat), undefined where there is no cart or only an
   * expired one. Tombstones and markers are returned: only rules and readers know what a status means.
   * @throws UnreadableCart when one of them cannot be read; whoever can do without it asks for each by itself
   */
  load(ids: readonly CartId[], options?: LoadOptions): Promise<(Cart | undefined)[]>;

  /**
   * All writes or none; different carts. A write lands only if the cart is what `before` says: the same version, not
   * expired; for a new cart absent or expired. Over a marker a cart of other times of creation may be written.
   * @throws VersionConflict when a cart is not
   * @throws UncertainCommit when the commit was sent and the database has not said what became of it
   * @throws any other error only when nothing was written and nothing will be: what could not be sent, or was refused
   */
  commit(writes: readonly CartWrite[], options?: StoreOptions): Promise<void>;

  /**
   * Carts of one customer that have not expired, newest first. May lag behind commits. One that cannot be read is left out
   * and reported to the log. Markers are left out unless they are asked for.
   */
  listByCustomer(customerId: CustomerId, page: CartPageRequest, options?: ListOptions): Promise<Page<Cart>>;

  /**
   * Resolves when the database answers, takes writes, and has what carts and catalogue need: all tables, with their columns and
   * indexes, and the rights to them.
   */
  ready(options?: StoreOptions): Promise<void>;

  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>;
}

/** A commit was refused because a cart is no longer what it was when it was loaded. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  /**
   * @param outcome `refused` when the store has sent the commit once, and this is the answer; `unknown` when an earlier
   *   attempt at this same commit was never answered: it may have landed, and be the very reason for the conflict
   */
  constructor(
    readonly outcome: 'refused' | 'unknown',
    options?: ErrorOptions,
  ) {
    super('A cart has changed since it was loaded', options);
  }
}

/**
 * A commit was sent, and whatever came back (an end of the connection, silence, an error of the server's own) does not say
 * what became of it. It may have landed, may do so yet while the carts are what it is conditional on, or never will.
 */
export class UncertainCommit extends Error {
  override readonly name = 'UncertainCommit';

  /** @param cause what came back */
  constructor(cause: unknown) {
    super('The database has not said whether the change was made', { cause });
  }
}
