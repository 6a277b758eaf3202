/** The lock for which every reader has to stand back. */
import { sql, type Kysely } from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';

/** Where others stand in the way: how long readers wait behind the attempt, and how long they then have (milliseconds). */
const ATTEMPT = { patience: 100, pause: 500 } as const;

/**
 * Takes the lock in short attempts: while it waits for somebody who reads for long, such as a backup, all others would wait behind
 * it. It is held until the end of the transaction.
 */
export async function lockExclusively(db: Kysely<never>, tables: readonly string[]): Promise<void> {
  for (;;) {
    await sql`savepoint before_lock`.execute(db);
    try {
      await sql`set local lock_timeout = ${sql.lit(ATTEMPT.patience)}`.execute(db);
      await sql`lock table ${sql.raw(tables.join(', '))} in access exclusive mode`.execute(db);
      await sql`set local lock_timeout = 0`.execute(db);
      return;
    } catch (error) {
      await sql`rollback to savepoint before_lock`.execute(db);
      if (!isLockTimeout(error)) throw error;
      await wait(ATTEMPT.pause);
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
