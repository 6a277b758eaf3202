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

/** The task was told to end: what a signal has ended is no failure, whatever was in the way of its work at that moment. */
export class Ended extends Error {
  constructor(cause?: unknown) {
    super(cause instanceof Error ? cause.message : 'The task was ended', { cause });
  }
}

/** @param work can be repeated @throws what its last attempt threw; at once what no time mends; Ended once the task is to end */
export async function persist<Result>(
  work: () => Promise<Result>,
  { say, wait, ending }: PersistOptions,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Ended || isLasting(error)) throw error;
      const next = PAUSES[attempt];
      if (ending.aborted) throw new Ended(error);
      if (next === undefined) throw error;
      say(`${error instanceof Error ? error.message : String(error)}; trying again in ${next / 1000} s`);
      await wait(next);
    }
  }
}

/** @returns `otherwise` where the task was told to end before the work was done */
export function unlessEnded<Result>(work: Promise<Result>, otherwise: Result): Promise<Result> {
  return work.catch((error: unknown) => {
    if (error instanceof Ended) return otherwise;
    throw error;
  });
}

/** No right to do it, no such table, a statement that is wrong: what no time mends. */
function isLasting(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof UnreadableCart) return true;
  const { code } = error as { readonly code?: unknown };
  // PostgreSQL's class 42 has errors of rights and of names.
  return LASTING.test(error.name) || (typeof code === 'string' && /^42...$/.test(code));
}

const LASTING = /^(AccessDenied|Validation|ResourceNotFound|UnrecognizedClient)Exception$/;
