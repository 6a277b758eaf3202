/** How far a long task is, on standard error: a bar that moves where people watch, else a line now and then. */
export interface Progress {
  /** @param done of all, so far */
  report(done: number): void;
  end(): void;
}

/** Milliseconds between two reports. */
const EVERY = { watched: 100, logged: 10_000 };
const WIDTH = 30;

/** @param total undefined where nobody knows */
export function createProgress(
  noun: string,
  total: number | undefined,
  out: NodeJS.WriteStream = process.stderr,
  clock: () => number = () => performance.now(),
): Progress {
  const start = clock();
  const every = out.isTTY ? EVERY.watched : EVERY.logged;
  let next = start + every;

  return {
    report(done) {
      const now = clock();
      if (now < next) return;
      next = now + every;
      const text = describeProgress(done, total, (now - start) / 1000, noun);
      out.write(out.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    end() {
      if (out.isTTY) out.write('\r\x1b[K');
    },
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
  const left = rate === 0 ? '?' : count(Math.ceil((total - done) / rate));
  return `${bar} ${Math.floor(share * 100)} %, ${count(done)} of ${count(total)} ${noun}, ${count(rate)}/s, ${left} s left`;
}
