/** Lines of the log of one kind: the first ones of a while are written, the others counted. */

/** Milliseconds of a while. */
export const EVERY = 10_000;

/** Kinds that are told apart; any more are one. What names them must not grow for ever. */
const MOST_KINDS = 200;
const OTHER = 'other';

export interface ThrottleOptions {
  /** Lines of a kind in a while. */
  readonly most: number;
  /** Milliseconds since any moment. */
  readonly clock: () => number;
  /** Told at the end of a while in which lines were left out, and how many. */
  readonly leftOut: (kind: string, count: number) => void;
}

/** @returns whether a line of this kind may be written now */
export function createThrottle({ most, clock, leftOut }: ThrottleOptions): (kind: string) => boolean {
  const whiles = new Map<string, { begun: number; lines: number; leftOut: number }>();
  let timer: NodeJS.Timeout | undefined;

  function end(kind: string): void {
    const count = whiles.get(kind)?.leftOut ?? 0;
    whiles.delete(kind);
    if (count > 0) leftOut(kind, count);
  }

  /** Also where no other of its kind comes, the last ones are told. */
  function endLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const [kind, one] of whiles) if (one.leftOut > 0) end(kind);
    }, EVERY).unref();
  }

  /** Room for new kinds: a while that is over without a line left out has nothing more to tell. */
  function forgetOld(now: number): void {
    for (const [kind, one] of whiles) if (now - one.begun >= EVERY) end(kind);
  }

  return (kind) => {
    const now = clock();
    if (whiles.size >= MOST_KINDS && !whiles.has(kind)) forgetOld(now);
    const name = whiles.has(kind) || whiles.size < MOST_KINDS ? kind : OTHER;
    const known = whiles.get(name);
    if (known && now - known.begun < EVERY) {
      known.lines += 1;
      if (known.lines <= most) return true;
      known.leftOut += 1;
      endLater();
      return false;
    }
    end(name);
    whiles.set(name, { begun: now, lines: 1, leftOut: 0 });
    return true;
  };
}
