/** Hands over carts that nobody touches: what a walk of the source has met, a page at a time. */
import { isLive, type Cart, type Timestamp } from '../../cart/cart.ts';
import { cartOfMarker, fenceFor, isMarker, liveCart, liveMarker } from '../../cart/moved.ts';
import { UncertainCommit, VersionConflict, type StoreOptions } from '../cart-store.ts';
import { bring, leaveMarker } from './hand-over.ts';
import type { Pair } from './locate.ts';
import { answers } from './place.ts';

/**
 * What became of a record that was met in the source:
 *
 * - `moved`: it was a cart, and is in the target now; `brought`: it was a marker whose cart had not arrived, and has now
 * - `there`: a marker whose cart is in the target, or was; a marker without a cart; nothing is to be done
 * - `expired`: nothing is left to hand over
 * - `changed`: somebody was faster; whoever changes a cart hands it over, and so does the next walk
 * - `unknown`: a commit was not answered; the next walk sees what became of it
 */
export type MoveOutcome = 'moved' | 'brought' | 'there' | 'expired' | 'changed' | 'unknown';

export interface Mover {
  /**
   * Hands over records of the source, all at the same time; their outcomes in order. One strong load of the target for all, two commits for
   * each. May be repeated, and done by several at once.
   * @throws faults of the stores that are no cart's; some may have moved then
   */
  handOver(records: readonly Cart[], options?: StoreOptions): Promise<MoveOutcome[]>;

  /**
   * Ends markers without a cart that a walk of the target has met: such as an earlier move in the other direction has left there. Only in
   * `handover`, when no task of `follow` is left: nobody makes a cart in the source then. How many were ended.
   */
  endFences(records: readonly Cart[], options?: StoreOptions): Promise<number>;
}

export function createMover(pair: Pair, clock: () => Timestamp): Mover {
  return {
    async handOver(records, options = {}) {
      const now = clock();
      const living = records.filter((record) => isLive(record, now) && needsLook(record));
      const reading = { consistent: true, includeExpired: true, ...options };
      const found =
        living.length > 0
          ? await pair.target.load(
              living.map(({ id }) => id),
              reading,
            )
          : [];
      const there = new Map(living.map((record, index) => [record, found[index]]));
      const outcomeOf = async (record: Cart): Promise<MoveOutcome> => {
        if (!isLive(record, now)) return 'expired';
        return there.has(record) ? moveOne(pair, record, there.get(record), clock, options) : 'there';
      };
      return Promise.all(records.map(outcomeOf));
    },

    async endFences(records, options = {}) {
      const now = clock();
      const fences = records.filter((record) => liveMarker(record, now) && !cartOfMarker(record));
      const ended = await Promise.all(fences.map((fence) => endFence(pair, fence, now, options)));
      return ended.filter(Boolean).length;
    },
  };
}

/** Not a marker without a cart. */
function needsLook(record: Cart): boolean {
  return !isMarker(record) || cartOfMarker(record) !== undefined;
}

async function moveOne(
  pair: Pair,
  record: Cart,
  there: Cart | undefined,
  clock: () => Timestamp,
  options: StoreOptions,
): Promise<MoveOutcome> {
  // One that lives in the target has moved since the page was read, or its marker has.
  if (liveCart(there, clock())) return 'there';
  const isCart = !isMarker(record);
  if (!isCart && answers(there, record)) return 'there';
  try {
    const marker = isCart ? await leaveMarker(pair, record, 'target', there, options) : record;
    const outcome = await bring(pair, cartOfMarker(marker) as Cart, 'target', there, clock, options);
    if (outcome === 'met') return 'changed';
    return outcome === 'brought' && isCart ? 'moved' : outcome;
  } catch (error) {
    if (error instanceof VersionConflict) return 'changed';
    if (error instanceof UncertainCommit) return 'unknown';
    throw error;
  }
}

/** Its time is over from now on. Somebody who makes the cart at this moment is faster, or makes it where nothing is in the way. */
async function endFence(pair: Pair, fence: Cart, now: Timestamp, options: StoreOptions): Promise<boolean> {
  const expiresAt = Math.floor(now / 1000) * 1000;
  const after = { ...fenceFor(fence, (fence.moves ?? 0) + 1), expiresAt };
  try {
    await pair.target.commit([{ before: fence, after }], options);
    return true;
  } catch (error) {
    if (error instanceof VersionConflict || error instanceof UncertainCommit) return false;
    throw error;
  }
}
