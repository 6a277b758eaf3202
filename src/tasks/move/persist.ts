/** Work that goes on after a database was away for a while, such as while it changes over to its replica. */
import { UnreadableCart } from '../../stores/unreadable-record.ts';

/** Milliseconds before each further attempt: three minutes in all, more than a change-over takes. */
const PAUSES = [500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000, 30_000];

export interface PersistOptions {
  /** Told of each failure that is not the end. */
  readonly say: (line: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Once it is aborted nothing is tried again. */
  readonly ending: AbortSignal;
}

/** @param work can be repeated @throws what its last attempt threw; at once what no time mends */
export async function persist<Result>(
  work: () => Promise<Result>,
  { say, wait, ending }: PersistOptions,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const next = PAUSES[attempt];
      if (next === undefined || ending.aborted || error instanceof UnreadableCart) throw error;
      say(`${error instanceof Error ? error.message : String(error)}; trying again in ${next / 1000} s`);
      await wait(next);
    }
  }
}
