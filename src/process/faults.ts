/**
 * Faults of the service, counted by kind. A second of outage is thousands of them: each is a line in the log, but only now
 * and then one with its whole stack.
 */

/** Milliseconds in which the stack of one kind, thrown at one place, is told once. */
export const STACK_EVERY = 10_000;

/** Kinds, and places of them, that are told apart; any more are "other". What names them must not grow for ever. */
const MOST_KINDS = 200;
const OTHER = 'other';

export interface Faults {
  /**
   * Takes note of an error.
   * @param counted false for one that is worth a line and no fault
   * @returns whether its stack is to be told, and how many of its like came without since the last that was told
   */
  note(error: unknown, counted?: boolean): { readonly whole: boolean; readonly leftOut: number };
  /** How many there have been of each kind, such as `error 57P01`: the error's name, and its code where it has one. */
  counts(): ReadonlyMap<string, number>;
}

/** @param clock milliseconds since any moment */
export function createFaults(clock: () => number): Faults {
  const counts = new Map<string, number>();
  const told = new Map<string, { at: number; leftOut: number }>();
  const known = (map: ReadonlyMap<string, unknown>, name: string) =>
    map.has(name) || map.size < MOST_KINDS ? name : OTHER;

  return {
    note(error, counted = true) {
      const kind = kindOf(error);
      if (counted) {
        const name = known(counts, kind);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      const place = known(told, `${kind} ${placeOf(error)}`);
      const last = told.get(place);
      const now = clock();
      if (last && now - last.at < STACK_EVERY) {
        last.leftOut += 1;
        return { whole: false, leftOut: 0 };
      }
      told.set(place, { at: now, leftOut: 0 });
      return { whole: true, leftOut: last?.leftOut ?? 0 };
    },
    counts: () => new Map(counts),
  };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  const named = typeof code === 'string' || typeof code === 'number' ? `${error.name} ${code}` : error.name;
  return named.slice(0, 80);
}

/** The first frame of the stack, which stands behind the message. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  const { stack, message } = error;
  const start = stack.indexOf('\n    at ', Math.max(0, stack.indexOf(message)) + message.length);
  const [frame = ''] = start < 0 ? [] : stack.slice(start + 8, start + 208).split('\n');
  return frame;
}
