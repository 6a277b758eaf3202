/** Hands over carts that nobody touches: what a walk of the source has met, a page at a time. */
import { isLive, type Cart, type Timestamp } from '../../cart/cart.ts';
import { cartOfMarker, fenceFor, isMarker, liveCart, liveMarker } from '../../cart/moved.ts';
import type { CartWrite, StoreOptions } from '../cart-store.ts';
import type { Together } from '../store.ts';
import { commitEach } from './commit-each.ts';
import { markerFor, writeOver } from './hand-over.ts';
import type { Pair } from './locate.ts';
import { answers, type Role } from './place.ts';

/**
 * What became of a record that was met in the source:
 *
 * - `moved`: it was a cart, and is in the target now; `brought`: it was a marker whose cart had not arrived, and has now
 * - `there`: a marker whose cart is in the target, or was; a marker without a cart; nothing is to be done
 * - `expired`: nothing is left to hand over
 * - `changed`: somebody was faster; whoever changes a cart hands it over, and so does the next walk. One that is so again and again lives in
 *   both stores, which no move does
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

/** What each store writes best by one commit. */
export type Groups = Readonly<Record<Role, Together>>;

const ALONE: Together = { changed: 1, made: 1 };

export function createMover(
  pair: Pair,
  clock: () => Timestamp,
  together: Groups = { source: ALONE, target: ALONE },
): Mover {
  return {
    async handOver(records, options = {}) {
      const now = clock();
      const outcomes = records.map((record): MoveOutcome => (isLive(record, now) ? 'there' : 'expired'));
      const living = records.flatMap((record, at) =>
        isLive(record, now) && needsLook(record) ? [{ record, at }] : [],
      );
      if (living.length === 0) return outcomes;
      const ids = living.map(({ record }) => record.id);
      const reading = { consistent: true, includeExpired: true, ...options };
      const found = await pair.target.load(ids, reading);
      const tasks = living.flatMap(({ record, at }, index): Task[] => {
        const there = found[index];
        if (!isThere(record, there, clock())) return [{ at, record, there }];
        // It has moved since the page was read; or it lives in both, and whoever reads it again finds it so still.
        if (!isMarker(record)) outcomes[at] = 'changed';
        return [];
      });
      await moveAll({ pair, clock, together, options }, tasks, outcomes);
      return outcomes;
    },

    async endFences(records, options = {}) {
      const now = clock();
      const fences = records.filter((record) => liveMarker(record, now) && !cartOfMarker(record));
      const writes = fences.map((fence) => endOfFence(fence, now));
      const ended = await commitEach(pair.target, writes, together.target.changed, options);
      return ended.filter((outcome) => outcome === 'landed').length;
    },
  };
}

/** Not a marker without a cart. */
function needsLook(record: Cart): boolean {
  return !isMarker(record) || cartOfMarker(record) !== undefined;
}

/** The target has it, or has had it. */
function isThere(record: Cart, there: Cart | undefined, now: Timestamp): boolean {
  return liveCart(there, now) !== undefined || (isMarker(record) && answers(there, record));
}

/** A record of the source that is to be brought to the target. */
interface Task {
  /** Its place among all that were asked for. */
  readonly at: number;
  readonly record: Cart;
  /** What the target has. */
  readonly there: Cart | undefined;
}

interface Moving {
  readonly pair: Pair;
  readonly clock: () => Timestamp;
  readonly together: Groups;
  readonly options: StoreOptions;
}

/** Puts markers in the places of carts; then brings what they and the markers that were there keep. */
async function moveAll(moving: Moving, tasks: readonly Task[], outcomes: MoveOutcome[]): Promise<void> {
  const { pair, clock, together, options } = moving;
  const carts = tasks.filter(({ record }) => !isMarker(record));
  const marked = carts.map((task) => ({ ...task, marker: markerFor(task.record, task.there) }));
  const markings = marked.map(({ record, marker }) => ({ before: record, after: marker }));
  const left = await commitEach(pair.source, markings, together.source.changed, options);
  const toBring = tasks.flatMap(({ at, record, there }) =>
    isMarker(record) ? [{ at, marker: record, there, done: 'brought' as const }] : [],
  );
  const moved = marked.flatMap(({ at, marker, there }, index) => {
    const outcome = left[index];
    if (outcome === 'landed') return [{ at, marker, there, done: 'moved' as const }];
    outcomes[at] = outcome === 'refused' ? 'changed' : 'unknown';
    return [];
  });
  const all = [...toBring, ...moved];
  const now = clock();
  const writes = all.map(({ marker, there }) => writeOver(there, cartOfMarker(marker) as Cart, now));
  const brought = await commitEach(pair.target, writes, together.target.made, options);
  all.forEach(({ at, done }, index) => {
    const outcome = brought[index];
    outcomes[at] = outcome === 'landed' ? done : outcome === 'refused' ? 'changed' : 'unknown';
  });
}

/** Its time is over from now on. Somebody who makes the cart at this moment is faster, or makes it where nothing is in the way. */
function endOfFence(fence: Cart, now: Timestamp): CartWrite {
  const expiresAt = Math.floor(now / 1000) * 1000;
  return { before: fence, after: { ...fenceFor(fence, (fence.moves ?? 0) + 1), expiresAt } };
}
