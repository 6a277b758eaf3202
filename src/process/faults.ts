/**
 * Faults of the service, counted by kind. A second of outage is thousands of them: the first ones of a while are a line in the log,
 * and one of those has its whole stack.
 */
import { createThrottle, EVERY } from '../waiting/throttle.ts';

/** Milliseconds in which the stack of one kind, thrown at one place, is told once. */
export const STACK_EVERY = EVERY;

/** Lines that say the same of one kind in the same time; any more are counted. */
export const MOST_LINES = 20;

/** Kinds, and places of them, that are told apart; any more are "other". What names them must not grow for ever. */
const MOST_KINDS = 200;
const OTHER = 'other';

export interface Fault {
  /** Whether it is to have a line: only the first ones of a while have. */
  readonly told: boolean;
  /** Whether that line is to have its stack. */
  readonly whole: boolean;
  /** How many of its like came without since the last that was told with one. */
  readonly leftOut: number;
}

export interface Faults {
  /**
   * Takes note of an error.
   * @param about what the line is to say: lines are left out for others that say the same of the same kind of error
   * @param counted false for one that is worth a line and no fault
   */
  note(error: unknown, about: string, counted?: boolean): Fault;
  /** How many there have been of each kind, such as `error 57P01`: the error's name, and its code where it has one. */
  counts(): ReadonlyMap<string, number>;
  /** Has somebody told, at the end of a while in which lines were left out, of what kind and how many. */
  onLeftOut(listener: (kind: string, count: number) => void): void;
}

/**
 * @param clock milliseconds since any moment
 * @param hear told of each fault that is counted
 */
export function createFaults(clock: () => number, hear: (kind: string) => void = () => undefined): Faults {
  let tellLeftOut: (kind: string, count: number) => void = () => undefined;
  const leftOut = (kind: string, count: number) => {
    tellLeftOut(kind, count);
  };
  const mayTell = createThrottle({ most: MOST_LINES, clock, leftOut });
  const counts = new Map<string, number>();
  const told = new Map<string, { at: number; leftOut: number }>();
  const known = (map: ReadonlyMap<string, unknown>, name: string) =>
    map.has(name) || map.size < MOST_KINDS ? name : OTHER;

  return {
    note(error, about, counted = true) {
      const kind = kindOf(error);
      if (counted) {
        const name = known(counts, kind);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        hear(name);
      }
      const place = known(told, `${kind} ${placeOf(error)}`);
      const last = told.get(place);
      const now = clock();
      if (last && now - last.at < STACK_EVERY) {
        last.leftOut += 1;
        return { told: mayTell(`${about}: ${kind}`), whole: false, leftOut: 0 };
      }
      told.set(place, { at: now, leftOut: 0 });
      // A stack that was not told yet is told, however many lines there were.
      mayTell(`${about}: ${kind}`);
      return { told: true, whole: true, leftOut: last?.leftOut ?? 0 };
    },
    counts: () => new Map(counts),
    onLeftOut(listener) {
      tellLeftOut = listener;
    },
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
