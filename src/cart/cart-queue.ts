/** Changes to one cart wait for each other inside the process, rather than collide in the database. */
import { abortable } from './abortable.ts';
import type { CartId } from './ids.ts';

export interface CartQueue {
  /**
   * Runs `task` when every earlier task on any of the carts has ended, in order of arrival. Taking a place in all
   * queues is one synchronous step, so tasks on several carts cannot wait for each other in a circle.
   * @throws the signal's reason when it is aborted before the task could start
   */
  run<Result>(ids: readonly CartId[], signal: AbortSignal, task: () => Promise<Result>): Promise<Result>;
}

export function createCartQueue(): CartQueue {
  const tails = new Map<CartId, Promise<unknown>>();

  return {
    async run(ids, signal, task) {
      const earlier = Promise.all(ids.flatMap((id) => tails.get(id) ?? []));
      const result = abortable(earlier, signal).then(task);
      // Whoever gives up waiting leaves its place only when those before it are done.
      const place: Promise<unknown> = Promise.allSettled([earlier, result]);
      for (const id of ids) tails.set(id, place);
      try {
        return await result;
      } finally {
        void place.then(() => {
          for (const id of ids) if (tails.get(id) === place) tails.delete(id);
        });
      }
    },
  };
}
