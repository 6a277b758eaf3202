/**
 * When promises of resolvers settle. Left to themselves, two executors that need different numbers of microtasks would
 * see the same promises settle in different orders, and which of two errors below one null is kept hangs on that. So by
 * default there are turns: one promise settles, then everything that follows from it happens, then the next one settles,
 * in an order that is thrown for their places. That makes errors and calls comparable to the last of them.
 */
import { createDice, hashOf } from '../../support/dice.ts';

/**
 * `sync`: no resolver returns a promise. `turns`: as above. `ticks`: promises settle by themselves after some microtasks,
 * or are settled already; then the choice between errors below the same null is the executor's.
 */
export type Timing = 'sync' | 'turns' | 'ticks';

export interface Clockwork {
  /** @param settle what the promise becomes: a value, or what it throws */
  later<T>(place: string, settle: () => T): Promise<T>;
  /** Lets promises settle until there is an answer; the rest settles behind it. @throws Error when there never is one */
  untilAnswered<T>(answer: T | Promise<T>): T | Promise<T>;
}

interface Waiting {
  readonly order: number;
  readonly place: string;
  release(): void;
}

/** Turns of the event loop without anything left to settle after which an answer will not come any more. */
const PATIENCE = 50;

export function createClockwork(timing: Timing, seed: string): Clockwork {
  if (timing === 'ticks')
    return { later: afterTicks(seed), untilAnswered: (answer) => patiently(answer, []) };
  const waiting: Waiting[] = [];
  return {
    later: (place, settle) =>
      heard(
        new Promise((resolve) => {
          const release = () => {
            resolve(promised(settle));
          };
          waiting.push({ order: hashOf(`${seed}/${place}`), place, release });
        }),
      ),
    untilAnswered: (answer) =>
      timing === 'sync' && !(answer instanceof Promise) ? answer : patiently(answer, waiting),
  };
}

/** Rejected where it throws. */
function promised<T>(settle: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(settle());
  });
}

function afterTicks(seed: string): Clockwork['later'] {
  const settleLater = async <T>(place: string, settle: () => T): Promise<T> => {
    for (let ticks = createDice(`${seed}/${place}/ticks`).below(4); ticks > 0; ticks -= 1)
      await Promise.resolve();
    return settle();
  };
  return (place, settle) => heard(settleLater(place, settle));
}

/** An executor need not look at every promise it is given: behind an entry that fails it leaves a list. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function patiently<T>(answer: T | Promise<T>, waiting: Waiting[]): Promise<T> {
  const state = { answered: false };
  const settled = () => {
    state.answered = true;
  };
  Promise.resolve(answer).then(settled, settled);
  for (let idle = 0; idle <= PATIENCE;) {
    await eventLoop();
    const next = takeFirst(waiting);
    if (next) next.release();
    else if (state.answered) return answer;
    else idle += 1;
  }
  throw new Error('there is no answer, and nothing left to wait for');
}

/** The one whose turn it is: the same whatever the order in which they began to wait. */
function takeFirst(waiting: Waiting[]): Waiting | undefined {
  let first = 0;
  for (let index = 1; index < waiting.length; index += 1) {
    const { order, place } = waiting[index] as Waiting;
    const best = waiting[first] as Waiting;
    if (order < best.order || (order === best.order && place < best.place)) first = index;
  }
  return waiting.splice(first, 1)[0];
}

function eventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
