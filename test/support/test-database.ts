import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { withClient } from './pg-client.ts';

export interface TestDatabase {
  /** The database's own name, to pass on as a template once nobody is connected to it. */
  name: string;
  url: string;
  /** Removes the database and ends what connections it has. */
  drop: () => Promise<void>;
}

/**
 * Creates a fresh database on the run's PostgreSQL server, empty or a copy of the database `template`. The copy fails
 * while anyone is connected to the template.
 */
export async function createTestDatabase(template?: string): Promise<TestDatabase> {
  const name = `${inject('migrated')}_${randomBytes(8).toString('hex')}`;
  // By files: without fsync that takes half as long as by the log, and so does the drop.
  const copy = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY FILE_COPY`;
  await runOnServer(`CREATE DATABASE ${name}${copy}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: () => runOnServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Copies of the run's migrated database that tests of this process are done with. */
const used: TestDatabase[] = [];

/**
 * A database with the service's tables, all of them empty. Its `drop` leaves it to another test: emptying costs less than copying, and
 * each deleted database makes all new files slower, since ext4 looks through hundreds of lately deleted ones for each.
 */
export async function takeMigratedDatabase(): Promise<TestDatabase> {
  const database = (await takeUsed()) ?? (await createTestDatabase(inject('migrated')));
  let isUsed = false;
  const drop = (): Promise<void> => {
    if (!isUsed) used.push(database);
    isUsed = true;
    return Promise.resolve();
  };
  return { ...database, drop };
}

/**
 * All else that was written to since the database was copied: the catalogs, where every change of a table, a right or a planner's
 * statistic leaves rows, and the list of migrations; and what was set for the database as a whole, which other catalogs hold. PostgreSQL
 * counts rows also of what was taken back, and a session tells its counts at its end at the latest.
 */
const OTHER_CHANGES = `
  SELECT relname FROM pg_class
  WHERE relkind = 'r' AND NOT relisshared AND relname NOT IN ('carts', 'cart_items', 'products')
    AND pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid) > 0
  UNION ALL
  SELECT datname FROM pg_database
  WHERE datname = current_database() AND (datacl IS NOT NULL OR datconnlimit <> -1
    OR EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = pg_database.oid))`;

async function takeUsed(): Promise<TestDatabase | undefined> {
  for (let database = used.pop(); database; database = used.pop()) {
    if (await withClient(database.url, makeEmpty)) return database;
    await database.drop();
  }
  return undefined;
}

/** @returns false for a database of which more was changed than the rows of carts and products */
async function makeEmpty(client: pg.Client): Promise<boolean> {
  // A process that a test has killed may still have a statement under way. Who has ended has told what it wrote.
  await client.query(
    `SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  const { rows } = await client.query(OTHER_CHANGES);
  if (rows.length > 0) return false;
  await client.query('DELETE FROM carts; DELETE FROM cart_items; DELETE FROM products');
  return true;
}

async function runOnServer(statement: string): Promise<void> {
  await withClient(inject('postgresUrl'), (client) => client.query(statement));
}
