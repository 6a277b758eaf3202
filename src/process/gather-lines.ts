/**
 * Lines of the log that follow one another closely are written together: each write is a system call that wakes up whoever reads,
 * and with a line for every hundredth request that is a part of what a request costs. The first line after a silence, and whatever
 * is worse than `info`, is written at once.
 */
import type { DestinationStream } from 'pino';

/** Milliseconds for which a line may wait for others. */
export const LONGEST_WAIT = 100;

/** Characters: beyond 4,096 bytes the lines of two processes on one pipe may be mixed (POSIX, PIPE_BUF). */
export const LONGEST_TEXT = 3_000;

/** How a line begins that may wait; see the formatter of levels. */
const MAY_WAIT = '{"level":"info"';

export interface GatheredLines extends DestinationStream {
  /** Writes what waits. */
  flush(): void;
}

/** @param output gets one or several whole lines at a time */
export function gatherLines(output: DestinationStream): GatheredLines {
  let text = '';
  let pause: NodeJS.Timeout | undefined;

  function flush(): void {
    const gathered = text;
    text = '';
    if (gathered !== '') output.write(gathered);
  }

  function pauseOver(): void {
    pause = undefined;
    if (text === '') return;
    flush();
    rest();
  }

  function rest(): void {
    pause ??= setTimeout(pauseOver, LONGEST_WAIT).unref();
  }

  return {
    flush,
    write(line) {
      if (text.length + line.length > LONGEST_TEXT) flush();
      text += line;
      if (pause === undefined || !line.startsWith(MAY_WAIT)) flush();
      rest();
    },
  };
}
