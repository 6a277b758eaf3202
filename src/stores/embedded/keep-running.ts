import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineProcess } from './engine-process.ts';

/** What becomes of an engine that ends by itself. */
export interface EngineEvents {
  /** It has ended, with these last words, and is started again. */
  ended: (summary: string) => void;
  /** It runs again. */
  restarted: () => void;
  /** It is given up; nothing listens any more. */
  lost: (error: Error) => void;
}

/** An engine that ends more often than this within {@link WITHIN_MS} has something that a start does not mend. */
const MOST_ENDS = 5;
const WITHIN_MS = 60_000;
/** Between attempts: the port may be somebody's for a moment. */
const PAUSE_MS = 500;

export interface KeepRunningOptions {
  /** For messages: "The embedded PostgreSQL". */
  name: string;
  engine: Pick<EngineProcess, 'ended' | 'unref' | 'stop'>;
  /** Starts it on the same data, at the same port. */
  restart: () => Promise<Pick<EngineProcess, 'ended' | 'unref' | 'stop'>>;
  events: EngineEvents;
  /** Milliseconds. */
  now?: () => number;
  pause?: () => Promise<void>;
}

/** Watches over an engine until `stop`, which stops it, whatever has become of it meanwhile. Safe to call again. */
// eslint-disable-next-line max-lines-per-function -- its parts share the engine as it is now
export function keepRunning(options: KeepRunningOptions): { stop: () => Promise<void> } {
  const { name, restart, events, now = () => performance.now(), pause = () => sleep(PAUSE_MS) } = options;
  let engine = options.engine;
  let stopping: Promise<void> | undefined;
  let restarting = Promise.resolve();
  const isStopping = () => stopping !== undefined;
  const ends: number[] = [];

  /** Notes an end, and says whether it is one too many. */
  const tooMany = (): boolean => {
    const time = now();
    ends.push(time);
    while (ends[0] !== undefined && ends[0] <= time - WITHIN_MS) ends.shift();
    return ends.length > MOST_ENDS;
  };

  async function startAgain(reason: string): Promise<void> {
    if (isStopping()) return;
    if (tooMany()) {
      events.lost(
        new Error(`${name} ended ${ends.length} times within a minute, the last time so: ${reason}`),
      );
      return;
    }
    events.ended(reason);
    try {
      engine = await restart();
    } catch (error) {
      await pause();
      return startAgain((error as Error).message);
    }
    watch();
    if (!isStopping()) events.restarted();
  }

  function watch(): void {
    engine.unref();
    void engine.ended.then(({ summary }) => {
      restarting = startAgain(summary);
    });
  }

  watch();
  return {
    stop: () =>
      (stopping ??= Promise.resolve().then(async () => {
        await restarting;
        await engine.stop();
      })),
  };
}

/** For who does not care: tests of the engines themselves. */
export const silentEvents: EngineEvents = {
  ended: () => undefined,
  restarted: () => undefined,
  lost: () => undefined,
};
