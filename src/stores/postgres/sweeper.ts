/** Removing carts that nobody can see any more. */
import { sql, type Kysely } from 'kysely';
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

export interface SweepLog {
  info(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface SweeperOptions {
  readonly db: Kysely<Database>;
  readonly clock: () => Timestamp;
  /** Milliseconds from the end of one sweep to the beginning of the next. */
  readonly intervalMs: number;
  readonly log: SweepLog;
}

export interface Sweeper {
  /** No further batch begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Deletes at most `batch` carts that expired long enough ago, the oldest first, and returns their number: 0 also while
 * another instance is deleting. Carts that somebody is just creating anew are passed over.
 */
export function sweepExpired(db: Kysely<Database>, clock: () => Timestamp, batch = BATCH): Promise<number> {
  const before = new Date(clock() - KEPT_AFTER_EXPIRY);
  return db.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = 0`.execute(transaction);
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as mine`.execute(transaction);
    if (rows[0]?.mine !== true) return 0;
    const { numAffectedRows } = await sql`
      delete from carts where cart_id = any(array(
        select cart_id from carts where expires_at <= ${before}
        order by expires_at limit ${batch} for update skip locked
      ))`.execute(transaction);
    return Number(numAffectedRows ?? 0);
  });
}

/** Sweeps at once and then again and again, each time until nothing is left. A failure is logged; the next turn tries again. */
export function startSweeper({ db, clock, intervalMs, log }: SweeperOptions): Sweeper {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void>;

  async function sweep(): Promise<void> {
    try {
      let total = 0;
      for (let deleted = BATCH; deleted === BATCH && !isStopped(); total += deleted) {
        deleted = await sweepExpired(db, clock);
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
