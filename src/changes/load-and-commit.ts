/** The store's part in a change: the carts that it begins with, and their commit. */
import type { Cart } from '../cart/cart.ts';
import { isMarker, liveMarker } from '../cart/moved.ts';
import { UncertainCommit, VersionConflict, type CartWrite } from '../stores/cart-store.ts';
import type { Signal } from '../waiting/abortable.ts';
import type { ChangeDependencies, ChangeRequest, LoadedCarts } from './change.ts';

/** A new cart under a fresh random id cannot be there: the first attempt saves asking. */
export async function loadCarts(
  { carts, clock }: ChangeDependencies,
  { targets, idempotencyKey }: ChangeRequest,
  tries: number,
  signal: Signal,
): Promise<LoadedCarts> {
  const creates = targets[0].create !== undefined;
  if (creates && targets.length === 1 && idempotencyKey === undefined && tries === 0) return [undefined];
  const ids = targets.map((target) => target.id);
  const loaded = await carts.load(ids, { consistent: true, includeExpired: creates, signal });
  // Of a cart that has expired a creation has to know; of a marker that has, nothing is left.
  return creates ? loaded.map((cart) => (isMarker(cart) ? liveMarker(cart, clock()) : cart)) : loaded;
}

/** Commits the carts as they were changed; what is in the way, if they were no longer as they were loaded or nobody knows. */
export async function commitCarts(
  { carts }: ChangeDependencies,
  loaded: LoadedCarts,
  changed: readonly Cart[],
  signal: Signal,
): Promise<VersionConflict | UncertainCommit | undefined> {
  const writes = changed.map((after, index): CartWrite => {
    const before = loaded[index];
    return before ? { before, after } : { after };
  });
  try {
    await carts.commit(writes, { signal });
    return undefined;
  } catch (error) {
    if (error instanceof VersionConflict || error instanceof UncertainCommit) return error;
    throw error;
  }
}
