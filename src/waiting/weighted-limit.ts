/** Work that is large goes a few at a time: in order of arrival, as far as all that is under way together weighs little enough. */
import type { Signal } from './abortable.ts';

export interface WeightedLimit {
  /**
   * Resolves when there is room.
   * @param given more than all there is room for counts as all of it
   * @returns gives the room back; to be called once the work has ended, however that may be
   * @throws the signal's reason if that comes first
   */
  enter(given: number, signal: Signal | undefined): Promise<() => void>;
}

interface Waiter {
  readonly weight: number;
  admit(): void;
}

/** @param capacity how much may be under way at one time */
// eslint-disable-next-line max-lines-per-function -- three short functions that share what is used and who waits
export function createWeightedLimit(capacity: number): WeightedLimit {
  let used = 0;
  /** In order of arrival. */
  const waiting = new Set<Waiter>();

  function admitWaiting(): void {
    for (const waiter of waiting) {
      if (used + waiter.weight > capacity) return;
      waiting.delete(waiter);
      used += waiter.weight;
      waiter.admit();
    }
  }

  function wait(weight: number, signal: Signal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(waiter);
        reject(signal?.reason ?? new Error('Nobody waits any longer'));
        // Whoever stood behind may be small enough.
        admitWaiting();
      };
      const waiter = {
        weight,
        admit() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      waiting.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  return {
    async enter(given, signal) {
      signal?.throwIfAborted();
      const weight = Math.min(given, capacity);
      if (waiting.size === 0 && used + weight <= capacity) used += weight;
      else await wait(weight, signal);
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        used -= weight;
        admitWaiting();
      };
    },
  };
}
