import { LRUCache } from 'lru-cache';
import type { ReportUnreadable } from './unreadable-record.ts';
import type { Log } from '../process/log.ts';

/** Different messages that are remembered, the last ones met; some 200 bytes each. */
const REMEMBERED = 1000;

/** Most records that are told in a minute: what is wrong with so many is one thing. */
export const LINES_PER_MINUTE = 60;

const MINUTE = 60_000;

/**
 * Logs each record that cannot be read once, however often it is met; of very many, some each minute and how many were left out.
 * @param clock milliseconds since any moment
 */
export function createUnreadableReporter(log: Log, clock = () => performance.now()): ReportUnreadable {
  const told = new LRUCache<string, true>({ max: REMEMBERED });
  let begun = -Infinity;
  let lines = 0;
  let leftOut = 0;

  function beginMinute(now: number): void {
    if (leftOut > 0) log.error({ leftOut }, 'reports of records that cannot be read were left out');
    begun = now;
    lines = 0;
    leftOut = 0;
  }

  return (error) => {
    if (told.get(error.message)) return;
    const now = clock();
    if (now - begun >= MINUTE) beginMinute(now);
    if (lines === LINES_PER_MINUTE) {
      leftOut += 1;
      if (leftOut === 1) log.error({}, 'more records cannot be read; they are counted for a minute');
      return;
    }
    lines += 1;
    told.set(error.message, true);
    log.error({ err: error }, 'a record cannot be read; the answer goes without it');
  };
}
