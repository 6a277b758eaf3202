/** Answers that were handed to a connection and that its client does not take: all together they are bounded. */
import type { ServerResponse } from 'node:http';
import type { Counter } from '../metrics/meter.ts';
import type { Log } from '../process/log.ts';

/** Milliseconds between two lines of the log about answers that were dropped. */
const SILENCE = 60_000;

export interface UnreadAnswers {
  /** Called when an answer of so many bytes was handed to its connection: it counts until that has taken all of it. */
  add(res: ServerResponse, bytes: number): void;
  /** Of all answers that are under way. */
  readonly bytes: number;
}

/**
 * @param most bytes; beyond, the connections that have taken longest are closed
 * @param closed counts those
 */
export function createUnreadAnswers(most: number, log: Log, closed: Counter): UnreadAnswers {
  /** In the order in which they were handed over. */
  const waiting = new Map<ServerResponse, number>();
  let bytes = 0;
  let dropped = 0;
  let silentUntil = -Infinity;

  function forget(res: ServerResponse): void {
    bytes -= waiting.get(res) ?? 0;
    waiting.delete(res);
  }

  function drop(): void {
    for (const res of waiting.keys()) {
      if (bytes <= most) break;
      forget(res);
      dropped += 1;
      closed.add();
      res.destroy();
    }
    if (performance.now() < silentUntil) return;
    silentUntil = performance.now() + SILENCE;
    log.warn({ dropped, most }, 'answers that their clients did not read were dropped');
    dropped = 0;
  }

  return {
    add(res, size) {
      if (res.writableLength === 0) return;
      waiting.set(res, size);
      bytes += size;
      res.once('close', () => {
        forget(res);
      });
      if (bytes > most) drop();
    },
    get bytes() {
      return bytes;
    },
  };
}
