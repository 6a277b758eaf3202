/**
 * The rules of one change at its turn, in their one order: may the viewer see the carts, was the change made before, are
 * they active, of the expected version, and does the change's own rule agree. No store is asked, nothing is committed.
 */
import { CartError } from '../cart/cart-error.ts';
import { acceptChange, isLive, type Cart } from '../cart/cart.ts';
import { endsWith, equal, findFingerprint, type Change } from '../cart/change-log.ts';
import { isMarker, movesOf } from '../cart/moved.ts';
import { checkCartSize } from '../cart/size.ts';
import { maySee, type Viewer } from '../cart/viewer.ts';
import type { ChangeDependencies, ChangeRequest, Decision, LoadedCarts, Target } from './change.ts';

type TimeTerms = Pick<ChangeDependencies, 'clock' | 'ttl'>;

/**
 * Decides on one change of the carts: as they were loaded, or as the changes before it in the group leave them.
 * @throws whatever the change's own rule throws, but for CartError, which is a decision
 */
export async function decideChange(
  terms: TimeTerms,
  request: ChangeRequest,
  change: Change,
  carts: LoadedCarts,
): Promise<Decision> {
  const now = terms.clock();
  const visible = visibleTo(request.viewer, carts, now);
  try {
    if (wasMade(request, change, carts, visible, now)) {
      return { outcome: { carts: visible, problems: [], replayed: true } };
    }
    const current = request.targets.map((target, index) => beginningOf(target, carts[index], visible[index]));
    const after = await applyRule(terms, request, change, current);
    const seen = after.map((cart) => (maySee(request.viewer, cart) ? cart : undefined));
    return { after, outcome: { carts: seen, problems: [], replayed: false } };
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    return { outcome: { carts: visible, problems: error.problems, replayed: false } };
  }
}

/**
 * What the change begins with: the cart that is there and may be used, else a new one. Where a marker stands there is no cart: a new one
 * takes the marker's place, and goes on counting from it.
 */
function beginningOf(
  { internal, create }: Target,
  loaded: Cart | undefined,
  visible: Cart | undefined,
): Cart {
  const marker = isMarker(loaded);
  const there = internal && !marker ? loaded : visible;
  return (there ?? (marker && create ? { ...create, moves: movesOf(loaded) } : create)) as Cart;
}

/** The carts that exist for the viewer, now. */
export function visibleTo(viewer: Viewer, carts: LoadedCarts, now: number): LoadedCarts {
  return carts.map((cart) => (cart && isLive(cart, now) && maySee(viewer, cart) ? cart : undefined));
}

/**
 * Whether an earlier request made this change.
 * @throws CartError CART_NOT_FOUND for carts the viewer may not see, IDEMPOTENCY_KEY_REUSED
 */
function wasMade(
  { targets, idempotencyKey }: ChangeRequest,
  change: Change,
  carts: LoadedCarts,
  visible: LoadedCarts,
  now: number,
): boolean {
  if (idempotencyKey !== undefined && isDeletedBy(carts[0], change, now)) return true;
  targets.forEach(({ field, create, internal }, index) => {
    const isNew = create && (!carts[index] || isMarker(carts[index]));
    if (!visible[index] && !isNew && !internal) {
      throw new CartError([{ code: 'CART_NOT_FOUND', message: 'There is no such cart.', field: [field] }]);
    }
  });
  const [cart] = visible;
  if (!cart || idempotencyKey === undefined) return false;
  const fingerprint = findFingerprint(cart.changes, change.id);
  if (fingerprint && !equal(fingerprint, change.fingerprint)) {
    const message = 'The idempotency key was used for another change of this cart.';
    throw new CartError([{ code: 'IDEMPOTENCY_KEY_REUSED', message, field: ['idempotencyKey'] }]);
  }
  // A cart at the id that a creation's key determines was created by that key, remembered still or not.
  return fingerprint !== undefined || targets[0].create !== undefined;
}

/**
 * Whether this very change is the deletion of the cart: the last change of a tombstone is. It is visible to nobody, and whoever
 * knows cart, key and arguments learns nothing from hearing again that the deletion was made.
 */
function isDeletedBy(cart: Cart | undefined, change: Change, now: number): boolean {
  return cart?.status === 'DELETED' && isLive(cart, now) && endsWith(cart.changes, change);
}

/** Checks status and version, applies the rule, and completes the carts. @throws CartError */
async function applyRule(
  { clock, ttl }: TimeTerms,
  { targets, apply }: ChangeRequest,
  change: Change,
  current: readonly Cart[],
): Promise<Cart[]> {
  current.forEach((cart, index) => {
    checkActive(cart, targets[index] as Target);
  });
  current.forEach((cart, index) => {
    checkVersion(cart, targets[index] as Target);
  });
  const changed = await apply(current);
  changed.forEach((cart, index) => {
    const { field, create } = targets[index] as Target;
    // A new cart has no id in the input to point at: its items make it large.
    checkCartSize(current[index] as Cart, cart, create ? 'items' : field);
  });
  return changed.map((cart, index) => acceptChange(cart, clock(), ttl, index === 0 ? change : undefined));
}

function checkActive(cart: Cart, { field, internal }: Target): void {
  if (cart.status === 'ACTIVE' || internal) return;
  const state = cart.status === 'CHECKED_OUT' ? 'checked out' : 'merged into another';
  const message = `The cart is ${state} and can no longer be changed.`;
  throw new CartError([{ code: 'CART_NOT_ACTIVE', message, field: [field] }]);
}

function checkVersion(cart: Cart, { expectedVersion, versionField = 'expectedVersion' }: Target): void {
  if (expectedVersion === undefined || expectedVersion === cart.version) return;
  const message = `The cart is at version ${cart.version}, not ${expectedVersion}.`;
  throw new CartError([
    { code: 'VERSION_CONFLICT', currentVersion: cart.version, message, field: [versionField] },
  ]);
}
