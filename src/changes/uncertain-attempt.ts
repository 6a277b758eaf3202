/** Changes whose commit was sent and may have landed unheard: whether they were made, as far as the cart itself can tell. */
import type { Cart } from '../cart/cart.ts';
import { equal, findFingerprint, mayHaveForgotten, type Change } from '../cart/change-log.ts';
import type { PendingChange, UncertainAttempt } from './change.ts';
import { UnknownOutcome } from './unknown-outcome.ts';

/** Whether a commit with this change in it may have landed or do so yet: only the cart can answer it. */
export function mayHaveLanded({ uncertain }: PendingChange): boolean {
  return uncertain !== undefined && !uncertain.refused;
}

/** What is uncertain after one more attempt. While an earlier one can still land, both have one base. */
export function withEarlier(
  earlier: UncertainAttempt | undefined,
  attempt: UncertainAttempt,
): UncertainAttempt {
  if (!earlier) return attempt;
  return {
    base: attempt.base,
    version: Math.min(attempt.version, earlier.version),
    refused: attempt.refused && earlier.refused,
  };
}

/**
 * Whether a change was made after all by an attempt that was uncertain; undefined while it may still be.
 * @param cart as it was loaded since
 * @throws UnknownOutcome when the cart may have forgotten it
 */
export function hasLanded(
  cart: Cart | undefined,
  change: Change,
  { base, version, refused }: UncertainAttempt,
): boolean | undefined {
  if (!cart || cart.version <= base) return refused ? false : undefined;
  const fingerprint = findFingerprint(cart.changes, change.id);
  // Another fingerprint: somebody else used the same key meanwhile, and this attempt can no longer land.
  if (fingerprint) return equal(fingerprint, change.fingerprint);
  if (!refused && mayHaveForgotten(cart.changes, version)) throw new UnknownOutcome();
  return false;
}
