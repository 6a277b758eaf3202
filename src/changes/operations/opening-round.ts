/** What must be known before the one active cart can be answered or made: the pointer, and the carts that matter. */
import { pointerId } from '../../cart/active-cart.ts';
import { isLive, type Cart } from '../../cart/cart.ts';
import { changeIdFromKey, equal, findFingerprint, fingerprintOf } from '../../cart/change-log.ts';
import type { CartId, CustomerId } from '../../cart/ids.ts';
import { isMarker } from '../../cart/moved.ts';
import { maySee } from '../../cart/viewer.ts';
import type { ChangeOutcome, ChangeRequest } from '../change.ts';
import type { Caller, OperationDependencies } from './operation.ts';

export type OpenRequest = Pick<ChangeRequest, 'operation' | 'args' | 'idempotencyKey' | 'viewer' | 'signal'>;

/** What a round has read, expired carts too. */
export interface Round {
  readonly customerId: CustomerId;
  readonly pointer: Cart | undefined;
  /** Where it points, active or not. */
  readonly pointed: Cart | undefined;
  readonly guestCart: Cart | undefined;
  /** What the guest's cart was merged into. */
  readonly mergedInto: Cart | undefined;
  /** The cart that the request's key makes, if it has made it. */
  readonly made: Cart | undefined;
}

/** Two strong reads: the pointer with what is known by its id, then what these name. */
export async function readRound(
  { carts }: OperationDependencies,
  customerId: CustomerId,
  { guestCartId, ownId }: { readonly guestCartId?: CartId | undefined; readonly ownId?: CartId | undefined },
  signal: Caller['signal'],
): Promise<Round> {
  const options = { consistent: true, includeExpired: true, signal };
  const known = new Map<CartId, Cart | undefined>();
  async function read(...ids: readonly (CartId | undefined)[]): Promise<void> {
    const missing = ids.filter((id): id is CartId => id !== undefined && !known.has(id));
    if (missing.length === 0) return;
    const loaded = await carts.load(missing, options);
    // Where a marker stands there is no cart.
    missing.forEach((id, index) => known.set(id, isMarker(loaded[index]) ? undefined : loaded[index]));
  }
  const get = (id: CartId | undefined) => (id === undefined ? undefined : known.get(id));

  await read(pointerId(customerId), guestCartId, ownId);
  const [pointer, guestCart] = [get(pointerId(customerId)), get(guestCartId)];
  await read(pointer?.activeCartId, guestCart?.mergedIntoCartId);
  return {
    customerId,
    pointer,
    pointed: get(pointer?.activeCartId),
    guestCart,
    mergedInto: get(guestCart?.mergedIntoCartId),
    made: get(ownId),
  };
}

/** The answer to a request that was made before: the cart it opened, as it now stands. */
export function findReplay(
  { operation, args, viewer }: OpenRequest,
  key: string,
  { pointed, guestCart, mergedInto, made }: Round,
  now: number,
): ChangeOutcome | undefined {
  const id = changeIdFromKey(key);
  const expected = fingerprintOf(operation, args);
  for (const cart of [made, pointed, guestCart, mergedInto]) {
    const fingerprint = cart && findFingerprint(cart.changes, id);
    if (!cart || (!fingerprint && cart !== made)) continue;
    const seen = isLive(cart, now) && maySee(viewer, cart) ? cart : undefined;
    if (!seen) return refused('CART_NOT_FOUND', 'The cart that the key opened is no more.');
    if (!fingerprint || equal(fingerprint, expected)) return { carts: [seen], problems: [], replayed: true };
    return refused(
      'IDEMPOTENCY_KEY_REUSED',
      'The idempotency key was used for another change of this cart.',
      seen,
    );
  }
  return undefined;
}

function refused(
  code: 'CART_NOT_FOUND' | 'IDEMPOTENCY_KEY_REUSED',
  message: string,
  cart?: Cart,
): ChangeOutcome {
  return { carts: [cart], problems: [{ code, message, field: ['idempotencyKey'] }], replayed: false };
}
