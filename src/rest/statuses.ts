/** The statuses of REST's errors, once: what each means, and which a refused change gets. */
import type { CartProblemCode } from '../cart/cart-error.ts';

/** What a status means where an operation has nothing closer to say. */
export const meanings = {
  400: 'Something in the request is malformed or out of its limits.',
  401: 'The token is not to be believed.',
  403: 'Only the customer and staff may do this; or a browser sent it for a site that may not call.',
  404: 'There is no such cart, it has expired, or it is not yours to see.',
  405: 'The method is not one of this path’s.',
  408: 'The body did not arrive in time.',
  409: 'The cart as it stands forbids it.',
  413: 'The body has too many bytes.',
  415: 'The Content-Type is not application/json in UTF-8, or the body is compressed.',
  500: 'A fault of the service. The message names the request’s id.',
  503: 'Too many requests are under way, or the issuer’s keys cannot be had.',
  504: 'The database’s answer did not come in time or got lost. A change may have been made or not: read the cart before trying again.',
} as const;

export type ErrorStatus = keyof typeof meanings;

/** 400: wrong for any cart. 404: what the request names is not there. 409: the cart as it stands forbids it. */
export const problemStatuses: Readonly<Record<CartProblemCode, ErrorStatus>> = {
  CART_NOT_FOUND: 404,
  CART_NOT_ACTIVE: 409,
  CART_EMPTY: 400,
  CART_ALREADY_CLAIMED: 409,
  PRODUCT_NOT_FOUND: 404,
  ITEM_NOT_FOUND: 404,
  QUANTITY_INVALID: 400,
  QUANTITY_LIMIT_EXCEEDED: 409,
  ITEM_LIMIT_EXCEEDED: 409,
  CART_SIZE_EXCEEDED: 409,
  ITEM_AMBIGUOUS: 409,
  VERSION_CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  TOTAL_MISMATCH: 409,
  PRICE_CHANGED: 409,
};
