/** What a database must do for carts: load and commit. The comments here are the contract; every store is tested on it. */
import type { Signal } from './abortable.ts';
import type { Cart } from './cart.ts';
import type { CartId, CustomerId } from './ids.ts';
import type { CartPageRequest, Page } from './page.ts';

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

export interface CartWrite {
  /** The cart as it was loaded; absent for a new cart. */
  readonly before?: Cart;
  /** The cart as it shall be, with the same id, one or several changes later. */
  readonly after: Cart;
}

export interface CartStore {
  /**
   * Positional, like a DataLoader batch: one entry per id (which may repeat), undefined where there is no cart or only an
   * expired one. Tombstones are returned: only rules and readers know what a status means.
   */
  load(ids: readonly CartId[], options?: LoadOptions): Promise<(Cart | undefined)[]>;

  /**
   * All writes or none; different carts. A write lands only if the cart is what `before` says: the same version, not
   * expired; for a new cart absent or expired.
   * @throws VersionConflict when a cart is not; nothing has changed then
   */
  commit(writes: readonly CartWrite[], options?: StoreOptions): Promise<void>;

  /** Carts of one customer that have not expired, newest first. May lag behind commits. */
  listByCustomer(customerId: CustomerId, page: CartPageRequest, options?: StoreOptions): Promise<Page<Cart>>;

  /** Resolves when the database answers and has what the store needs. */
  ready(options?: StoreOptions): Promise<void>;

  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>;
}

/** A commit was refused because a cart is no longer what it was when it was loaded. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  /**
   * @param outcome `unknown` when an earlier attempt at this same commit was sent and never answered: it may have
   *   landed, and be the very reason for the conflict
   */
  constructor(
    readonly outcome: 'refused' | 'unknown',
    options?: ErrorOptions,
  ) {
    super('A cart has changed since it was loaded', options);
  }
}
