/** How fast a task may go. */
import { pause, type Signal } from '../../waiting/abortable.ts';

/** What is spent, or may be spent in a second. */
export interface Spent {
  readonly carts: number;
  readonly units: number;
}

export interface Pace {
  /** Resolves when this is paid for: at once while the task is slower than it may be. */
  spend(spent: Spent): Promise<void>;
}

export interface PaceOptions {
  /** Absent for no limit. */
  readonly limits: Partial<Spent>;
  /** Milliseconds since any moment. */
  readonly clock?: () => number;
  /** Waits for so many milliseconds, or until the task is to end. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** What is spent is paid for by time, before anything more is begun: no second that was idle is caught up with later. */
export function createPace({ limits, clock = () => performance.now(), wait = waitFor() }: PaceOptions): Pace {
  const { carts: mostCarts = Infinity, units: mostUnits = Infinity } = limits;
  let paidUntil = clock();
  return {
    async spend({ carts, units }) {
      const cost = 1000 * Math.max(carts / mostCarts, units / mostUnits);
      const now = clock();
      // Work itself takes time, which counts; but for a second at most, so that a standstill is no licence to rush.
      paidUntil = Math.max(paidUntil, now - 1000) + cost;
      if (paidUntil > now) await wait(paidUntil - now);
    },
  };
}

/** @param ending ends the waiting, which is no failure */
export function waitFor(ending?: Signal): (milliseconds: number) => Promise<void> {
  const signal = ending ?? new AbortController().signal;
  return (milliseconds) => pause(milliseconds, signal).catch(() => undefined);
}
