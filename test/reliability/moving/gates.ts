/**
 * Keeps histories in step with a journey: at each tick of it a history may send so many calls more, and the journey waits, where it has
 * to, until all have begun theirs. So a history of many calls is played in several stages, and there are calls at every moment.
 */

/** Calls of a history at each tick. */
const CALLS = 2;

export interface Gate {
  /** Before each call. */
  readonly pass: () => Promise<void>;
  /** Nothing is called any more. */
  readonly end: () => void;
}

export function createGates() {
  let tick = 0;
  let waiting: (() => void)[] = [];
  const open = new Set<{ readonly start: number; calls: number }>();
  let arrived: () => void = () => undefined;

  const mayCall = ({ start, calls }: { start: number; calls: number }) => calls < CALLS * (tick - start + 1);
  return {
    begin(): Gate {
      const history = { start: tick, calls: 0 };
      open.add(history);
      return {
        async pass() {
          while (!mayCall(history)) await new Promise<void>((resolve) => waiting.push(resolve));
          history.calls += 1;
          arrived();
        },
        end() {
          open.delete(history);
          arrived();
        },
      };
    },
    /** The next tick. */
    go(): void {
      tick += 1;
      const all = waiting;
      waiting = [];
      for (const resolve of all) resolve();
    },
    /** Resolves when every history has begun all calls that it may. */
    allArrived(): Promise<void> {
      return new Promise((resolve) => {
        arrived = () => {
          if (![...open].some(mayCall)) resolve();
        };
        arrived();
      });
    },
    isEmpty: () => open.size === 0,
  };
}
