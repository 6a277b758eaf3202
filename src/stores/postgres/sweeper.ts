/** Removing carts that nobody can see any more. */
import { sql } from 'kysely';
import type { Timestamp } from '../../cart/cart.ts';
import type { Database } from './database.ts';
import { noMeter, type Meter } from '../../metrics/meter.ts';
import { defineStatement, run } from './statement.ts';

/**
 * How long an expired cart is kept, in milliseconds: 7 days. As long as the row is there, a repeated request to create the
 * cart is answered CART_NOT_FOUND; afterwards it would create a second one. No client repeats a request for so long.
 */
export const KEPT_AFTER_EXPIRY = 7 * 86_400_000;

/** Carts deleted in one transaction: few enough to take some milliseconds. */
const BATCH = 500;

/** The advisory lock of whoever is sweeping: any number that nothing else in the database uses. */
const SWEEP_LOCK = 7_229_114_806;

/** Milliseconds for which a stop waits for the batch under way, which takes some. */
const STOP_TIMEOUT = 2000;

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
  /** Milliseconds that {@link Sweeper.stop} takes at most; 2000 by default. */
  readonly stopTimeout?: number;
  readonly meter?: Meter | undefined;
}

export interface Sweeper {
  /**
   * No further batch begins; resolves when the one under way has ended, or a while later when it does not. That one fails when
   * its connection is closed.
   */
  stop(): Promise<void>;
}

export interface Swept {
  /** 0 also while another instance is deleting. */
  readonly deleted: number;
  /** Milliseconds by which the service's clock is ahead of the database's. */
  readonly ahead: number;
}

/**
 * The limit of a deletion by which the server ends it: no user waits for one, so it may take long; a database that takes longer
 * is beyond help. It ends with the transaction.
 */
const LIMIT = '25s';

const beginSweep = defineStatement<{ limit: string; lock: number }, { mine: boolean; now: number }>(
  'begin_sweep',
  (arg) => sql`
    select set_config('statement_timeout', ${arg('limit')}, true),
      pg_try_advisory_xact_lock(${arg('lock')}) as mine,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  { patient: true },
);

const deleteExpired = defineStatement<{ before: string; batch: number }, { deleted: number }>(
  'delete_expired',
  (arg) => sql`
    with deleted as (
      delete from carts where cart_id = any(array(
        select cart_id from carts where expires_at <= ${arg('before')}::timestamptz
        order by expires_at limit ${arg('batch')} for update skip locked
      ))
      returning cart_id
    )
    select count(*)::integer as deleted from deleted`,
  { patient: true },
);

/**
 * Deletes at most `batch` carts that expired long enough ago, the oldest first: by the service's clock and by the database's,
 * for what is deleted is gone, and a clock can be wrong. Carts that somebody is just creating anew are passed over.
 */
export function sweepExpired(db: Database, clock: () => Timestamp, batch = BATCH): Promise<Swept> {
  return db.transaction().execute(async (transaction) => {
    const rows = await run(transaction, beginSweep, { limit: LIMIT, lock: SWEEP_LOCK });
    const [{ mine, now } = { mine: false, now: -Infinity }] = rows;
    const ahead = clock() - now;
    if (!mine) return { deleted: 0, ahead };
    const before = new Date(now + Math.min(ahead, 0) - KEPT_AFTER_EXPIRY).toISOString();
    const [counted] = await run(transaction, deleteExpired, { before, batch });
    return { deleted: counted?.deleted ?? 0, ahead };
  });
}

/** Sweeps at once and then again and again, each time until nothing is left. A failure is logged; the next turn tries again. */
export function startSweeper(options: SweeperOptions): Sweeper {
  const { db, clock, intervalMs, log, stopTimeout = STOP_TIMEOUT } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void>;
  const tellDrift = createDriftTeller(log);
  const tell = createSweepTeller(log, options.meter);

  async function sweep(): Promise<void> {
    try {
      let total = 0;
      for (let deleted = BATCH; deleted === BATCH && !isStopped(); total += deleted) {
        const swept = await sweepExpired(db, clock);
        deleted = swept.deleted;
        tellDrift(swept.ahead);
      }
      tell.ended(total);
    } catch (error) {
      tell.failed(error);
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
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, stopTimeout);
      });
      await Promise.race([running, patience]);
      clearTimeout(timer);
    },
  };
}

/** What is told of a sweep when it has ended. */
function createSweepTeller(log: SweepLog, meter: Meter = noMeter) {
  const help = 'Looks for expired carts. Whoever does not get the lock finds none.';
  const sweeps = (result: 'done' | 'failed') => meter.counter('cartwright_sweeps_total', help, { result });
  const done = sweeps('done');
  const failures = sweeps('failed');
  const swept = meter.counter('cartwright_swept_carts_total', 'Expired carts that were deleted.');
  return {
    ended(deleted: number) {
      done.add();
      swept.add(deleted);
      if (deleted > 0) log.info({ deleted }, 'deleted expired carts');
    },
    failed(error: unknown) {
      failures.add();
      log.error({ err: error }, 'could not delete expired carts');
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
