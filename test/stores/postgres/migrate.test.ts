import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { openPostgres, type Postgres } from '../../../src/stores/postgres/postgres.ts';
import { newCart, NOON } from '../../support/carts.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ALL = ['001-carts-and-products', '002-text-ids', '003-moves'];
const opened: Postgres[] = [];
const databases: TestDatabase[] = [];

/** So many pools on one empty database. */
async function openEmpty(count = 1): Promise<Postgres[]> {
  const database = await createTestDatabase();
  databases.push(database);
  const pools = Array.from({ length: count }, () =>
    openPostgres({ connectionString: database.url, onError: () => undefined, poolSize: 2 }),
  );
  opened.push(...pools);
  return pools;
}

async function openOne(): Promise<Postgres['db']> {
  const [only] = await openEmpty();
  if (!only) throw new Error('no pool was opened');
  return only.db;
}

const storeOn = (db: Postgres['db']) => createPostgresCartStore({ db, clock: () => NOON });

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
  await Promise.all(databases.splice(0).map(({ drop }) => drop()));
});

test('makes an empty database ready, and finds nothing to do the second time', async () => {
  const db = await openOne();
  const carts = storeOn(db);
  await expect(carts.ready()).rejects.toThrow('The database lacks the migration 003');
  expect(await migrate(db)).toEqual(ALL);
  await carts.ready();
  expect(await migrate(db)).toEqual([]);
});

test('five instances at once: one migrates, all are ready', async () => {
  const pools = await openEmpty(5);
  const made = await Promise.all(pools.map(({ db }) => migrate(db)));
  expect(made.flat()).toEqual(ALL);
  for (const { db } of pools) await storeOn(db).commit([{ after: newCart(NOON) }]);
});

test('the limits for statements and locks do not bind it, and are back afterwards', async () => {
  const database = await createTestDatabase();
  databases.push(database);
  const options = { connectionString: database.url, onError: () => undefined, poolSize: 1 };
  const [other, own] = [
    openPostgres(options),
    openPostgres({ ...options, statementTimeout: 300, lockTimeout: 50 }),
  ];
  opened.push(other, own);
  await migrate(other.db);
  await sql`delete from kysely_migration`.execute(other.db);
  await sql`drop table cart_items, carts, products`.execute(other.db);
  // Kysely's lock for migrations, held by another instance for a while.
  const released = other.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(3853314791062309107)`.execute(connection);
    await sql`select pg_sleep(0.6)`.execute(connection);
    await sql`select pg_advisory_unlock(3853314791062309107)`.execute(connection);
  });
  expect(await migrate(own.db)).toEqual(ALL);
  await released;
  const { rows } = await sql`
    select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`.execute(
    own.db,
  );
  expect(rows).toEqual([{ statement: '300ms', lock: '50ms' }]);
});

test('says which migration failed and why, and leaves nothing half done', async () => {
  const db = await openOne();
  await sql`create table products (product_id integer)`.execute(db);
  await expect(migrate(db)).rejects.toThrow(
    'The migration 001-carts-and-products failed: relation "products" already exists',
  );
  const { rows } = await sql`select to_regclass('carts') as carts`.execute(db);
  expect(rows).toEqual([{ carts: null }]);
  await sql`drop table products`.execute(db);
  expect(await migrate(db)).toEqual(ALL);
});

test('two schemas of one database have tables of their own', async () => {
  const [{ db }] = (await openEmpty()) as [Postgres];
  const database = databases.at(-1)?.url ?? '';
  for (const schema of ['one', 'two']) {
    const url = new URL(database);
    url.searchParams.set('options', `-csearch_path=${schema}`);
    const own = openPostgres({ connectionString: url.href, onError: () => undefined });
    opened.push(own);
    await expect(migrate(own.db)).rejects.toThrow('The search path names no schema that is there');
    await sql`create schema ${sql.id(schema)}`.execute(db);
    expect(await migrate(own.db)).toEqual(ALL);
    expect(await migrate(own.db)).toEqual([]);
    await storeOn(own.db).commit([{ after: newCart(NOON) }]);
  }
  const { rows } = await sql`
    select schemaname, count(*)::integer as tables from pg_tables
    where schemaname in ('one', 'two', 'public') group by 1 order by 1`.execute(db);
  expect(rows).toEqual([
    { schemaname: 'one', tables: 5 },
    { schemaname: 'two', tables: 5 },
  ]);
});

test('an older program starts on newer tables', async () => {
  const db = await openOne();
  await migrate(db);
  await sql`insert into kysely_migration values ('999-later', '2026-01-01T00:00:00.000Z')`.execute(db);
  expect(await migrate(db)).toEqual([]);
  await storeOn(db).ready();
});

test('a store is not ready once a table is gone', async () => {
  const db = await openOne();
  await migrate(db);
  await sql`drop table products`.execute(db);
  await expect(storeOn(db).ready()).rejects.toThrow('run "npm run migrate"');
});

test.each([
  ['alter table carts rename column changes to log', 'column c.changes does not exist'],
  ['alter table cart_items rename column quantity to count', 'column "quantity" does not exist'],
  ['alter table products rename column brand to make', 'column "brand" does not exist'],
  [
    'alter table products alter column price type bigint',
    'The tables are not what the migrations made: products.price is bigint',
  ],
  ['alter table carts alter column version type numeric', 'carts.version is numeric'],
])('a store is not ready after: %s', async (change, reason) => {
  const db = await openOne();
  await migrate(db);
  await storeOn(db).commit([{ after: newCart(NOON) }]);
  await storeOn(db).ready();
  await sql.raw(change).execute(db);
  await expect(storeOn(db).ready()).rejects.toThrow(reason);
});

test('a store is ready with the types that it reads all the same', async () => {
  const db = await openOne();
  await migrate(db);
  await sql`alter table cart_items alter column quantity type bigint`.execute(db);
  await sql`alter table carts alter column status type varchar(20)`.execute(db);
  await storeOn(db).ready();
});
