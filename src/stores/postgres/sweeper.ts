/** Removing carts that nobody can see any more. */
import { sql } from 'kysely';
import type { Timestamp } from '../../cart/cart.ts';
import type { Database } from './database.ts';

/**
 * How long an expired cart is kept, in milliseconds: 7 days. As long as the row is there, a repeated request to create the
 * cart is answered CART_NOT_FOUND; afterwards it would create a second one. No client repeats a request for so long.
 */
export const KEPT_AFTER_EXPIRY = 7 * 86_400_000;

/** Carts deleted in one transaction: few enough to take some milliseconds. */
const BATCH = 500;

/** The advisory lock of whoever is sweeping: any number that nothing else in the database uses. */
const SWEEP_LOCK = 7_229_114_806;

/** Milliseconds by which the clocks of service and database may differ before it is said. */
const TOLERATED_DRIFT = 5000;

export interface SweepLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface SweeperOptions {
  readonly db: Database;
  readonly clock: () => Timestamp;
  /** Milliseconds from the end of one sweep to the beginning of the next. */
  readonly intervalMs: number;
  readonly log: SweepLog;
}

export interface Sweeper {
  /** No further batch begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

export interface Swept {
  /** 0 also while another instance is deleting. */
  readonly deleted: number;
  /** Milliseconds by which the service's clock is ahead of the database's. */
  readonly ahead: number;
}

/**
 * Deletes at most `batch` carts that expired long enough ago, the oldest first: by the service's clock and by the database's,
 * for what is deleted is gone, and a clock can be wrong. Carts that somebody is just creating anew are passed over.
 */
export function sweepExpired(db: Database, clock: () => Timestamp, batch = BATCH): Promise<Swept> {
  return db.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = 0`.execute(transaction);
    const { rows } = await sql<{ mine: boolean; now: number }>`
      select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as mine,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(transaction);
    const [{ mine, now } = { mine: false, now: -Infinity }] = rows;
    const ahead = clock() - now;
    if (!mine) return { deleted: 0, ahead };
    const before = new Date(now + Math.min(ahead, 0) - KEPT_AFTER_EXPIRY);
    const { numAffectedRows } = await sql`
      delete from carts where cart_id = any(array(
        select cart_id from carts where expires_at <= ${before}
        order by expires_at limit ${batch} for update skip locked
      ))`.execute(transaction);
    return { deleted: Number(numAffectedRows ?? 0), ahead };
  });
}

/** Sweeps at once and then again and again, each time until nothing is left. A failure is logged; the next turn tries again. */
export function startSweeper({ db, clock, intervalMs, log }: SweeperOptions): Sweeper {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void>;
  const tellDrift = createDriftTeller(log);

  async function sweep(): Promise<void> {
    try {
      let total = 0;
      for (let deleted = BATCH; deleted === BATCH && !isStopped(); total += deleted) {
        const swept = await sweepExpired(db, clock);
        deleted = swept.deleted;
        tellDrift(swept.ahead);
      }
      if (total > 0) log.info({ deleted: total }, 'deleted expired carts');
    } catch (error) {
      log.error({ err: error }, 'could not delete expired carts');
    }
    if (isStopped()) return;
    timer = setTimeout(begin, intervalMs);
    timer.unref();
  }
  function begin(): void {
    running = sweep();
  }
  const isStopped = () => stopped;

  begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Says that the clocks differ, once, and again when they come to differ otherwise. */
function createDriftTeller(log: SweepLog): (ahead: number) => void {
  let told = 0;
  return (ahead) => {
    const drift = Math.abs(ahead) > TOLERATED_DRIFT ? Math.round(ahead) : 0;
    if (Math.abs(drift - told) <= TOLERATED_DRIFT) return;
    told = drift;
    if (drift === 0) log.info({}, 'the clocks of service and database agree again');
    else
      log.warn(
        { aheadMs: drift },
        'the clock of the service is not that of the database; carts expire by the service’s',
      );
  };
}
