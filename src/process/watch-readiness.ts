/** What the log says of a store that is lost, and of its return: a line each, however often it is asked for. */
import { noMeter, type Meter } from '../metrics/meter.ts';
import { OtherCurrency } from '../stores/check-currency.ts';
import type { Log } from './log.ts';

type Ready = (signal: AbortSignal) => Promise<void>;

/** Reasons that are told while a store is away: the table that is missing, and not each word of a dying connection. */
const MOST_REASONS = 5;

/**
 * Asks `ready`, and logs when its answer changes; while the store is away, also when there is a reason not told yet.
 * @param clock milliseconds since any moment
 */
export function watchReadiness(ready: Ready, log: Log, clock: () => number, meter: Meter = noMeter): Ready {
  let lost: { since: number; reasons: Set<string> } | undefined;
  const help = '1 when the store answered whoever asked last, else 0.';
  meter.observe({ name: 'cartwright_store_ready', help, together: 'lowest' }, () => (lost ? 0 : 1));

  return async (signal) => {
    try {
      await ready(signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      lost ??= { since: clock(), reasons: new Set() };
      if (!lost.reasons.has(reason) && lost.reasons.size < MOST_REASONS) {
        lost.reasons.add(reason);
        const isOther = error instanceof OtherCurrency;
        log.error(
          { err: error },
          isOther ? 'the products are in another currency' : 'the store does not answer',
        );
      }
      throw error;
    }
    if (!lost) return;
    log.info({ away: Math.round(clock() - lost.since) }, 'the store answers again');
    lost = undefined;
  };
}
