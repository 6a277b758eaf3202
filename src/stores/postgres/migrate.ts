/** Bringing the tables up to date. */
import { Migrator, sql, type Kysely } from 'kysely';
import pg from 'pg';
import type { Signal } from '../../cart/abortable.ts';
import type { Database } from './database.ts';
import { latestMigration, migrations } from './migrations/migrations.ts';
import { defineStatement, run } from './statement.ts';
import { unhurried } from './unhurried.ts';

const UNDEFINED_TABLE = '42P01';

/** One row when the last migration was made and all tables are there; fails when one is missing. */
const findMigration = defineStatement<{ name: string }, { name: string }>(
  'find_migration',
  (arg) => sql`
    select name from kysely_migration where name = ${arg('name')}
      and not exists (select from carts limit 0)
      and not exists (select from cart_items limit 0)
      and not exists (select from products limit 0)`,
);

/** @throws an Error that says so when the tables are missing or older than this program */
export async function checkMigrated(db: Kysely<Database>, signal?: Signal): Promise<void> {
  if (await isMigrated(db, signal)) return;
  throw new Error(`The database lacks the migration ${latestMigration}; run "npm run migrate"`);
}

async function isMigrated(db: Kysely<Database>, signal?: Signal): Promise<boolean> {
  try {
    return (await run(db, findMigration, { name: latestMigration }, signal)).length > 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return false;
    throw error;
  }
}

/**
 * Makes the migrations that were not made yet, all or none, and returns their names. Safe when several instances do it at
 * once: one works, the others wait for it. An older program finds nothing to do on newer tables.
 * @throws an Error that names the migration at fault; nothing has changed then
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  if (await isMigrated(db)) return [];
  return unhurried(db, async (connection) => {
    const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
    const { error, results = [] } = await new Migrator({ db: connection, provider }).migrateToLatest();
    if (error === undefined) return results.map((result) => result.migrationName);
    const failed = results.find((result) => result.status === 'Error');
    const subject = failed ? `The migration ${failed.migrationName}` : 'Migrating the database';
    const reason = error instanceof Error ? error.message : JSON.stringify(error);
    throw new Error(`${subject} failed: ${reason}`, { cause: error });
  });
}
