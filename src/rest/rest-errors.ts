/** Which HTTP status an error gets. What has none here is a fault of the service, and the server masks it. */
import { DeadlineExceeded } from '../cart/abortable.ts';
import { CartError, type CartProblemCode } from '../cart/cart-error.ts';
import { UnknownOutcome } from '../cart/unknown-outcome.ts';
import { InputError } from '../cart/input-error.ts';
import { PermissionError } from '../cart/viewer.ts';
import { errorResponse, type HttpResponse } from '../http/messages.ts';
import { UnsupportedMediaType } from './json-body.ts';

/** 400: wrong for any cart. 404: what the request names is not there. 409: the cart as it stands forbids it. */
const statuses: Record<CartProblemCode, 400 | 404 | 409> = {
  CART_NOT_FOUND: 404,
  CART_NOT_ACTIVE: 409,
  CART_EMPTY: 400,
  CART_ALREADY_CLAIMED: 409,
  PRODUCT_NOT_FOUND: 404,
  ITEM_NOT_FOUND: 404,
  QUANTITY_INVALID: 400,
  QUANTITY_LIMIT_EXCEEDED: 409,
  ITEM_LIMIT_EXCEEDED: 409,
  VERSION_CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  TOTAL_MISMATCH: 409,
  PRICE_CHANGED: 409,
};

/**
 * The answer to an error that is meant for clients; undefined for any other. Of several problems the first decides. Where
 * the database's answer did not come in time or got lost, the change may have been made: 504, as for a gateway.
 */
export function toErrorResponse(error: unknown): HttpResponse | undefined {
  if (error instanceof CartError) {
    const messages = error.problems.map((problem) => problem.message);
    return errorResponse(statuses[error.problems[0].code], messages.join(' '));
  }
  if (error instanceof InputError) return errorResponse(400, `${error.message}.`);
  if (error instanceof PermissionError) return errorResponse(403, error.message);
  if (error instanceof UnsupportedMediaType) return errorResponse(415, error.message);
  if (error instanceof DeadlineExceeded || error instanceof UnknownOutcome) {
    return { ...errorResponse(504, error.message), fault: error };
  }
  return undefined;
}
