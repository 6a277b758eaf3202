/** All statuses that a stored cart can have. One that is added to the type and not here does not compile. */
import type { CartStatus } from '../cart/cart.ts';

const known: Readonly<Record<CartStatus, true>> = {
  ACTIVE: true,
  CHECKED_OUT: true,
  MERGED: true,
  DELETED: true,
  POINTER: true,
};

export const CART_STATUSES = Object.keys(known) as readonly CartStatus[];

const names = new Set<unknown>(CART_STATUSES);

export function isCartStatus(value: unknown): value is CartStatus {
  return names.has(value);
}
