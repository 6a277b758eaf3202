import type { ReportUnreadable } from './unreadable-record.ts';
import type { Log } from '../process/log.ts';

/** Different messages that are remembered; beyond these every one is logged. */
const MOST = 1000;

/** Logs each record that cannot be read once, however often it is met. */
export function createUnreadableReporter(log: Log): ReportUnreadable {
  const told = new Set<string>();
  return (error) => {
    if (told.has(error.message)) return;
    if (told.size < MOST) told.add(error.message);
    log.error({ err: error }, 'a record cannot be read; the answer goes without it');
  };
}
