/** Work that may take longer than a request. */
import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';

/**
 * Runs `work` on one connection without the limits for statements and locks, and restores them. A connection that cannot
 * restore them is lost, and leaves the pool by itself.
 */
export function unhurried<Result>(
  db: Kysely<Database>,
  work: (connection: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`set lock_timeout = 0`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await restore(connection).catch(() => undefined);
    }
  });
}

async function restore(connection: Kysely<Database>): Promise<void> {
  await sql`reset statement_timeout`.execute(connection);
  await sql`reset lock_timeout`.execute(connection);
}
