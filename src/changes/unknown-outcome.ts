/** Changes whose commit was sent and may have landed unheard: whether they were made, as far as the cart itself can tell. */
import type { Cart } from '../cart/cart.ts';
import { equal, findFingerprint, mayHaveForgotten, type Change } from '../cart/change-log.ts';

/** The change may have been made or not: its answer was lost, and the cart does not tell, or not in time. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';

  /** @param cause what kept the service from finding out, if that is more than the cart's own silence */
  constructor(cause?: unknown) {
    const message = 'It is not known whether the change was made; read the cart before trying again.';
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** A commit that may have landed, or may do so yet. */
export interface Doubt {
  /** The version it was conditional on, 0 for a new cart: it can land only as long as the cart is at that version. */
  readonly base: number;
  /** The version that the change would have made; the lowest, if it was sent at several places of a group. */
  readonly version: number;
  /**
   * Every attempt was answered, by a conflict. Then only a middleman that delivered one twice can have made it land, at once:
   * worth a look, and no reason to doubt once the cart has forgotten its changes of that time or is what it was.
   */
  readonly refused: boolean;
}

/** What is in doubt after one more attempt. While an earlier one can still land, both have one base. */
export function moreDoubtful(doubt: Doubt | undefined, attempt: Doubt): Doubt {
  if (!doubt) return attempt;
  return {
    base: attempt.base,
    version: Math.min(attempt.version, doubt.version),
    refused: attempt.refused && doubt.refused,
  };
}

/**
 * Whether a change in doubt was made after all; undefined while it may still be.
 * @param cart as it was loaded since
 * @throws UnknownOutcome when the cart may have forgotten it
 */
export function hasLanded(
  cart: Cart | undefined,
  change: Change,
  { base, version, refused }: Doubt,
): boolean | undefined {
  if (!cart || cart.version <= base) return refused ? false : undefined;
  const fingerprint = findFingerprint(cart.changes, change.id);
  // Another fingerprint: somebody else used the same key meanwhile, and this attempt can no longer land.
  if (fingerprint) return equal(fingerprint, change.fingerprint);
  if (!refused && mayHaveForgotten(cart.changes, version)) throw new UnknownOutcome();
  return false;
}
