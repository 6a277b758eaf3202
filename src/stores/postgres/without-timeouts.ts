/** Work that may take longer than a request. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Runs `work` in one transaction without the limits for statements and locks. They end with the transaction: what is set for
 * a session would, behind a pooler, be set for somebody else's.
 */
export function withoutTimeouts<Result>(
  db: Database,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  // Begun by hand: what is done inside, such as Kysely's migrator, may want the whole connection. In words that the pool does not
  // know: it would wait for the end of a transaction no longer than a request does, and what has written much takes its time.
  return db.connection().execute(async (connection) => {
    await sql`start transaction`.execute(connection);
    try {
      await sql`set local statement_timeout = 0`.execute(connection);
      await sql`set local lock_timeout = 0`.execute(connection);
      const result = await work(connection);
      await sql`commit work`.execute(connection);
      return result;
    } catch (error) {
      await sql`rollback work`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}
