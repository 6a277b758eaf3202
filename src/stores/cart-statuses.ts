/** All statuses that a stored cart can have. One that is added to the type and not here does not compile. */
import type { CartStatus } from '../cart/cart.ts';

const known: Readonly<Record<CartStatus, true>> = {
  ACTIVE: true,
  CHECKED_OUT: true,
  MERGED: true,
  DELETED: true,
  POINTER: true,
  MOVED: true,
};

export const CART_STATUSES = Object.keys(known) as readonly CartStatus[];

/** Those of carts, which lists hold unless they are asked for what was handed over too. */
export const STATUSES_OF_CARTS = CART_STATUSES.filter((status) => status !== 'MOVED');

const names = new Set<unknown>(CART_STATUSES);

export function isCartStatus(value: unknown): value is CartStatus {
  return names.has(value);
}
