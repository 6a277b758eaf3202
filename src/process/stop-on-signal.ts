/** The process's answer to SIGTERM and SIGINT: an orderly end that never takes for ever. */
import type { Log } from './log.ts';

/**
 * Milliseconds in which a second signal counts as the first one's echo: npm passes on a Ctrl-C that the terminal has
 * sent to the service too.
 */
const ECHO = 1_000;

export interface Stopping {
  readonly begun: boolean;
  /** From now on there is something to close. */
  started(close: () => Promise<void>): void;
}

export interface StopOptions {
  /** Milliseconds after the first signal from which on closing is not waited for. */
  readonly longest: number;
  readonly log: Log;
  readonly fail: (error: unknown) => void;
}

/**
 * The first signal closes what has been started, and before that ends the process at once: nothing is under way yet, and
 * whatever was begun ends with the process. A second signal ends it at once too, with status 1.
 */
export function stopOnSignal({ longest, log, fail }: StopOptions): Stopping {
  let begun: number | undefined;
  let close: (() => Promise<void>) | undefined;

  const stop = (signal: NodeJS.Signals) => {
    if (begun !== undefined) {
      if (performance.now() - begun > ECHO) process.exit(1);
      return;
    }
    begun = performance.now();
    if (!close) {
      log.info({ signal }, 'stopped while starting');
      process.exit(0);
    }
    log.info({ signal }, 'draining');
    setTimeout(() => {
      fail(new Error(`The service has not ended ${longest} ms after ${signal}`));
    }, longest).unref();
    close().then(() => {
      log.info('stopped');
    }, fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return {
    get begun() {
      return begun !== undefined;
    },
    started(closeAll) {
      close = closeAll;
    },
  };
}
