/** Bringing the tables up to date. */
import { Migrator, sql, type Migration } from 'kysely';
import { isMigrated } from './check-tables.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/migrations.ts';
import { withoutTimeouts } from './without-timeouts.ts';

/** One migration at a time. Any number that nothing else in the database uses. */
const MIGRATION_LOCK = 7_229_114_808;

/**
 * Makes the migrations that were not made yet, all or none, and returns their names. Safe when several instances do it at
 * once: one works, the others wait for it. An older program finds nothing to do on newer tables.
 * @throws an Error that names the migration at fault; nothing has changed then
 */
export async function migrate(db: Database): Promise<string[]> {
  if (await isMigrated(db)) return [];
  return withoutTimeouts(db, async (transaction) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
    const migrator = new Migrator({
      db: transaction,
      provider: { getMigrations: () => Promise.resolve(undoable(migrations)) },
      // Named, or another schema's table would do.
      migrationTableSchema: await currentSchema(transaction),
      disableTransactions: true,
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error === undefined) return results.map((result) => result.migrationName);
    const failed = results.find((result) => result.status === 'Error');
    const subject = failed ? `The migration ${failed.migrationName}` : 'Migrating the database';
    const reason = error instanceof Error ? error.message : JSON.stringify(error);
    throw new Error(`${subject} failed: ${reason}`, { cause: error });
  });
}

function undoable(all: Readonly<Record<string, Migration>>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(all).map(([name, migration]) => [name, undoneOnFailure(migration)]),
  );
}

/** A failure leaves the transaction usable: Kysely has a lock to give back, and the failure to tell. */
function undoneOnFailure({ up }: Migration): Migration {
  return {
    async up(db) {
      await sql`savepoint migration`.execute(db);
      try {
        await up(db);
      } catch (error) {
        await sql`rollback to savepoint migration`.execute(db);
        throw error;
      }
    },
  };
}

async function currentSchema(db: Database): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  const schema = rows[0]?.schema;
  if (schema == null) throw new Error('The search path names no schema that is there; create it first');
  return schema;
}
