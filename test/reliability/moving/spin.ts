/** Turns of the queue of microtasks, for loops that go on beside a history. */
import { turns } from '../simulation.ts';

/** Turns from one event to the next, at most: a call takes some hundred. */
export const LONGEST = 150;
/** Waits after which others than microtasks have a turn. */
const SPINS = 20;

/** Turns, and now and then an end of them: a change that pauses before it tries again waits for a timer, and so for all turns. */
export function createSpin() {
  let spins = 0;
  return async (count: number): Promise<void> => {
    await turns(count);
    spins += 1;
    if (spins % SPINS === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  };
}

/** Ends of turns, so many. */
export async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}
