import { pause, type Signal } from '../../waiting/abortable.ts';
import { isConflict } from './version-conflict.ts';

/** After so many attempts that somebody else was in the way of, it is given up. */
const ATTEMPTS = 5;

/** Milliseconds: the longest pause before the second attempt, twice as long before each further one. */
const LONGEST_PAUSE = 20;

const never = new AbortController().signal;

/**
 * Work that ends in a transaction of the catalogue, again when another one has changed the same products meanwhile, or is about to.
 * @param work loads anew whatever it depends on
 * @throws what the last attempt has thrown; the signal's reason
 */
export async function againOnConflict<Result>(
  signal: Signal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
    }
    await pause(Math.random() * LONGEST_PAUSE * 2 ** (attempt - 1), signal ?? never);
  }
}
