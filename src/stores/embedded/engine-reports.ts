/** What an embedded engine tells, for the log. */
import type { StoreSurroundings } from '../store.ts';

export function engineReports({ log, lost = () => undefined }: StoreSurroundings) {
  return {
    log: (line: string) => {
      log.debug({ engine: line }, 'the embedded database');
    },
    events: {
      ended: (summary: string) => {
        log.error({ engine: summary }, 'the embedded database has ended, and is started again');
      },
      restarted: () => {
        log.info('the embedded database runs again');
      },
      lost,
    },
  };
}
