/** How far a long task is, on standard error: a bar that moves where people watch, else a line now and then. */
export interface Progress {
  /** @param done of all, so far */
  report(done: number): void;
  /** Writes a line of its own. */
  say(line: string): void;
  end(): void;
}

/** Where it is written: a part of process.stderr. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two reports. */
const EVERY = { watched: 100, logged: 10_000 };
const WIDTH = 30;
/** Back to the beginning of the line, and nothing in it. */
const CLEAR = '\r\x1b[K';

/** @param total undefined where nobody knows */
export function createProgress(
  noun: string,
  total: number | undefined,
  out: ProgressOutput = process.stderr,
  clock: () => number = () => performance.now(),
): Progress {
  const start = clock();
  const watched = out.isTTY === true;
  const every = watched ? EVERY.watched : EVERY.logged;
  const clear = () => {
    if (watched) out.write(CLEAR);
  };
  let next = start + every;

  return {
    report(done) {
      const now = clock();
      if (now < next) return;
      next = now + every;
      const text = describeProgress(done, total, (now - start) / 1000, noun);
      // A line that the terminal breaks would not be cleared.
      out.write(watched ? CLEAR + text.slice(0, (out.columns ?? 80) - 1) : `${text}\n`);
    },
    say(line) {
      clear();
      out.write(`${line}\n`);
    },
    end: clear,
  };
}

/** `[######          ] 20 %, 12,000 of 60,000 products, 8,000/s, 6 s left` @param seconds since the start */
export function describeProgress(
  done: number,
  total: number | undefined,
  seconds: number,
  noun: string,
): string {
  const rate = done / Math.max(seconds, 0.001);
  const count = (number: number) => Math.round(number).toLocaleString('en');
  if (total === undefined || total === 0) return `${count(done)} ${noun}, ${count(rate)}/s`;
  const share = Math.min(1, done / total);
  const full = Math.floor(share * WIDTH);
  const bar = `[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}]`;
  const left = rate === 0 ? '?' : count(Math.ceil(Math.max(0, total - done) / rate));
  return `${bar} ${Math.floor(share * 100)} %, ${count(done)} of ${count(total)} ${noun}, ${count(rate)}/s, ${left} s left`;
}
