/**
 * Changes to one cart wait for each other inside the process, rather than collide in the database; those that wait
 * together can be made together.
 */
import { abortable, type Signal } from '../waiting/abortable.ts';
import { REMEMBERED_CHANGES } from '../cart/change-log.ts';
import type { CartId } from '../cart/ids.ts';

export interface CartQueue<Change = unknown> {
  /**
   * Runs `task` when every earlier task on any of the carts has ended, in order of arrival. Taking a place in all
   * queues is one synchronous step, so tasks on several carts cannot wait for each other in a circle.
   * Looks at the signal itself, though changeCarts answers without it: what comes too late must not begin, and a promise that
   * nobody waits for must not stay open until everybody before it is done. Costs a listener for creations and merges only.
   * @throws the signal's reason when it is aborted before the task could start
   */
  run<Result>(ids: readonly CartId[], signal: Signal, task: () => Promise<Result>): Promise<Result>;

  /**
   * Has a change made together with those right before it in the cart's queue that have not begun, {@link MOST_TOGETHER}
   * at most. Nobody is overtaken: what arrives after a task of {@link run} waits behind it.
   * @param makeAll makes the changes, in order of arrival; must be able to take any change of this queue
   */
  join(id: CartId, change: Change, makeAll: (changes: readonly Change[]) => Promise<void>): void;
}

/**
 * Half of what a cart remembers: no commit makes the cart forget a change that came with it, and the first of so many is
 * remembered for as many changes more, should the answer to the commit be lost.
 */
export const MOST_TOGETHER = REMEMBERED_CHANGES / 2;

/** The last in the queue of a cart. */
interface Place<Change> {
  /** Never rejects. */
  ended: Promise<unknown>;
  /** Changes that others can still join. */
  waiting?: Change[] | undefined;
}

export function createCartQueue<Change = unknown>(): CartQueue<Change> {
  const last = new Map<CartId, Place<Change>>();

  function take(ids: readonly CartId[], place: Place<Change>): void {
    for (const id of ids) last.set(id, place);
    void place.ended.then(() => {
      for (const id of ids) if (last.get(id) === place) last.delete(id);
    });
  }

  return {
    run(ids, signal, task) {
      const earlier = Promise.all(ids.flatMap((id) => last.get(id)?.ended ?? []));
      const result = abortable(earlier, signal).then(task);
      // Whoever gives up waiting leaves its place only when those before it are done.
      take(ids, { ended: Promise.allSettled([earlier, result]) });
      return result;
    },

    join(id, change, makeAll) {
      const before = last.get(id);
      if (before?.waiting && before.waiting.length < MOST_TOGETHER) {
        before.waiting.push(change);
        return;
      }
      const waiting = [change];
      const go = () => {
        place.waiting = undefined;
        return makeAll(waiting);
      };
      const ended = (before?.ended ?? Promise.resolve()).then(go).catch(() => undefined);
      const place: Place<Change> = { ended, waiting };
      take([id], place);
    },
  };
}
