/**
 * The one active cart of a customer. A pointer, kept like a cart, names it; whether that cart still is the active one, the cart
 * itself says, so check-outs, merges and deletions do not touch the pointer. No cart that has ceased to be active becomes it again.
 */
import { createCart, isLive, type Cart, type Timestamp } from './cart.ts';
import { taggedCustomer, uuidOf, type CartId, type CustomerId } from './ids.ts';
import type { CurrencyCode } from './money.ts';

/** The id of a customer's pointer. No customer's id has a blank, so no key of a creation makes this one. */
export function pointerId(customerId: CustomerId): CartId {
  return uuidOf(`active cart\n${taggedCustomer(customerId)}`);
}

/** The id of the cart that is opened with an idempotency key, should one be made. */
export function openedCartId(key: string, customerId: CustomerId | undefined): CartId {
  return uuidOf(`opened cart\n${taggedCustomer(customerId)}\n${key}`);
}

/** A pointer not yet accepted. It belongs to no customer, so that it is in no list, and never expires. */
export function createPointer(customerId: CustomerId, currency: CurrencyCode, now: Timestamp): Cart {
  return { ...createCart(pointerId(customerId), undefined, currency, now), status: 'POINTER' };
}

/** Makes a cart the active one. */
export function pointTo(pointer: Cart, activeCartId: CartId): Cart {
  return { ...pointer, activeCartId };
}

/** Whether a cart can be changed, and belongs to the customer; to nobody yet, for undefined. */
export function isOpenFor(cart: Cart, customerId: CustomerId | undefined, now: Timestamp): boolean {
  return cart.status === 'ACTIVE' && cart.customerId === customerId && isLive(cart, now);
}
