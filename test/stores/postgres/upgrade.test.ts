/** Tables of 0.1.0 become today's, with everything in them, while others go on reading. */
import { randomBytes } from 'node:crypto';
import { Migrator, sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { cartIdFromKey } from '../../../src/cart/ids.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { migrations } from '../../../src/stores/postgres/migrations/migrations.ts';
import { openPostgres, type Postgres } from '../../../src/stores/postgres/postgres.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { createTestDatabase } from '../../support/test-database.ts';

type Database = Postgres['db'];

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
});

/** A database as 0.1.0 has made it, and so many further pools on it. */
async function openOld(count: number): Promise<Database[]> {
  const database = await createTestDatabase();
  undo.push(database.drop);
  const pools = Array.from({ length: count }, () =>
    openPostgres({ connectionString: database.url, statementTimeout: 20_000, onError: () => undefined }),
  );
  for (const { close } of pools) undo.push(close);
  const [first] = pools as [Postgres];
  const name = '001-carts-and-products' as const;
  const migrator = new Migrator({
    db: first.db,
    provider: { getMigrations: () => Promise.resolve({ [name]: migrations[name] as never }) },
  });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  return pools.map(({ db }) => db);
}

/** A cart as 0.1.0 writes it. */
async function insertOld(db: Database, cart: ReturnType<typeof newCart>): Promise<void> {
  const time = (at?: number) => (at === undefined ? null : new Date(at).toISOString());
  await sql`
    insert into carts (cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, order_id,
      merged_into_cart_id, changes)
    values (${cart.id}, ${cart.customerId ?? null}, ${cart.status}, ${cart.currency}, ${cart.version}, ${time(cart.createdAt)},
      ${time(cart.updatedAt)}, ${time(cart.expiresAt)}, ${cart.orderId ?? null}, ${cart.mergedIntoCartId ?? null}, ${cart.changes})`.execute(
    db,
  );
  for (const [at, { productId, productName, unitPrice, quantity }] of cart.items.entries()) {
    await sql`
      insert into cart_items (cart_id, product_id, position, product_name, unit_price, quantity)
      values (${cart.id}, ${productId}, ${512 + at}, ${productName}, ${unitPrice}, ${quantity})`.execute(db);
  }
}

/** All that a schema consists of, with names. */
async function schemaOf(db: Database): Promise<unknown> {
  const queries = [
    sql`select table_name, column_name, ordinal_position, data_type, datetime_precision, collation_name, is_nullable, column_default,
        generation_expression
      from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`,
    sql`select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname`,
    sql`select conrelid::regclass::text as of, conname, contype, convalidated, pg_get_constraintdef(oid) as def
      from pg_constraint where connamespace = 'public'::regnamespace order by 1, conname`,
    sql`select relname, relkind, relpersistence from pg_class where relnamespace = 'public'::regnamespace order by relname`,
    sql`select count(*)::integer as triggers from pg_trigger`,
  ];
  const results = [];
  for (const query of queries) results.push((await query.execute(db)).rows);
  return results;
}

test('an upgraded database has the schema of a new one', async () => {
  const [old] = (await openOld(1)) as [Database];
  const empty = await createTestDatabase();
  undo.push(empty.drop);
  const fresh = openPostgres({ connectionString: empty.url, onError: () => undefined });
  undo.push(fresh.close);
  await insertOld(old, newCart(NOON, { customerId: '5', items: [item(1)] }));
  expect(await migrate(old)).toEqual(['002-text-ids', '003-moves']);
  await migrate(fresh.db);
  const schema = await schemaOf(old);
  expect(schema).toEqual(await schemaOf(fresh.db));
  expect(JSON.stringify(schema)).not.toContain('new_');
});

test('carts, products and remembered changes are what they were', async () => {
  const [db] = (await openOld(1)) as [Database];
  const carts = createPostgresCartStore({ db, clock: () => NOON });
  const items = [item(50, 9999), item(2_147_483_647), item(3)];
  const keyed = newCart(NOON, { id: cartIdFromKey('key', '7', 'key'), customerId: '7', items });
  const all = [
    keyed,
    newCart(NOON),
    newCart(NOON, { customerId: '2147483647', status: 'CHECKED_OUT', orderId: keyed.id, items }),
    newCart(NOON, { customerId: '7', status: 'MERGED', mergedIntoCartId: keyed.id }),
    newCart(NOON, { status: 'DELETED' }),
    changed(changed(newCart(NOON - 1, { customerId: '7', items: [item(9)] }), NOON - 1), NOON),
  ];
  for (const cart of all) await insertOld(db, cart);
  await sql`insert into products values (9, 'Kettle', 2999, null, null, null), (10, 'Pot', 1, 'c', 'b', 'd')`.execute(
    db,
  );
  await expect(carts.ready()).rejects.toThrow('The database lacks the migration 003-moves');
  await migrate(db);
  await carts.ready();
  expect(await carts.load(all.map(({ id }) => id))).toEqual(all);
  expect((await carts.listByCustomer('7', { first: 10 })).entries).toHaveLength(3);
  const next = changed(keyed, NOON, { items: [...keyed.items.slice(1), item('a', 2)] });
  await carts.commit([{ before: keyed, after: next }]);
  expect(await carts.load([keyed.id])).toEqual([next]);
  const price = { amount: 2999, currency: 'JPY' };
  expect(await createPostgresCatalog({ db, currency: 'JPY' }).list({ first: 1 })).toEqual({
    entries: [{ id: '9', name: 'Kettle', price }],
    hasNextPage: true,
  });
});

test('owner and rights of the tables stay', async () => {
  const [db] = (await openOld(1)) as [Database];
  const [owner, reader] = ['owner', 'reader'].map((name) => `${name}_${randomBytes(6).toString('hex')}`) as [
    string,
    string,
  ];
  await sql`create role ${sql.id(owner)}`.execute(db);
  await sql`create role ${sql.id(reader)}`.execute(db);
  undo.push(async () => {
    await sql`drop owned by ${sql.id(reader)}, ${sql.id(owner)} cascade`.execute(db);
    await sql`drop role ${sql.id(reader)}, ${sql.id(owner)}`.execute(db);
  });
  await sql`alter table carts owner to ${sql.id(owner)}`.execute(db);
  await sql`grant select, update on carts to ${sql.id(reader)} with grant option`.execute(db);
  await sql`grant select (quantity) on cart_items to ${sql.id(reader)}`.execute(db);
  await sql`grant select on products to public`.execute(db);
  const rights = async () => {
    const { rows } = await sql`
      select relname, pg_get_userbyid(relowner) as owner, attname, acl.privilege_type as right, is_grantable,
        case grantee when 0 then 'public' else pg_get_userbyid(grantee) end as grantee
      from pg_class left join pg_attribute on attrelid = pg_class.oid and attacl is not null,
        aclexplode(coalesce(attacl, relacl)) as acl
      where relname in ('carts', 'cart_items', 'products') and grantee <> relowner
      order by relname, attname, acl.privilege_type, grantee`.execute(db);
    return rows;
  };
  const before = await rights();
  expect(before).toHaveLength(4);
  await migrate(db);
  expect(await rights()).toEqual(before);
});

test('others read all the while, also behind somebody who reads for long; a writer waits', async () => {
  const [db, stranger, reader] = (await openOld(3)) as [Database, Database, Database];
  const cart = newCart(NOON, { items: [item(1)] });
  await insertOld(db, cart);
  const read = async () =>
    (
      await sql<{ version: number }>`
        select version, (select count(*) from cart_items) from carts where cart_id = ${cart.id}`.execute(
        reader,
      )
    ).rows;
  const locks = async () =>
    (
      await sql<{ mode: string }>`
        select mode from pg_locks join pg_class on pg_class.oid = relation
        where relname = 'carts' and mode like '%Exclusive%' and database = (select oid from pg_database where datname = current_database())`.execute(
        reader,
      )
    ).rows.map(({ mode }) => mode);
  let migration: Promise<unknown> = Promise.resolve();
  await stranger.transaction().execute(async (backup) => {
    await sql`select from carts`.execute(backup);
    migration = migrate(db);
    // Until everything is there but the exchange, for which the backup would have to end; and until it has given up for a while.
    while (!(await locks()).includes('AccessExclusiveLock')) expect(await read()).toHaveLength(1);
    while ((await locks()).includes('AccessExclusiveLock')) expect(await read()).toHaveLength(1);
    expect(await locks()).toContain('ShareRowExclusiveLock');
    expect(await read()).toEqual([{ version: 1, count: '1' }]);
    await sql`set local lock_timeout = 20`.execute(backup);
    const LOCK_NOT_AVAILABLE = '55P03';
    await expect(sql`update carts set version = 2`.execute(backup)).rejects.toMatchObject({
      code: LOCK_NOT_AVAILABLE,
    });
  });
  expect(await migration).toEqual(['002-text-ids', '003-moves']);
  expect(await createPostgresCartStore({ db: reader, clock: () => NOON }).load([cart.id])).toEqual([cart]);
});

test('what depends on a table makes it fail, and everything is as it was', async () => {
  const [db] = (await openOld(1)) as [Database];
  await sql`create view names as select product_name from cart_items`.execute(db);
  const before = await schemaOf(db);
  await expect(migrate(db)).rejects.toThrow('The migration 002-text-ids failed: cannot drop');
  expect(await schemaOf(db)).toEqual(before);
  await sql`drop view names`.execute(db);
  expect(await migrate(db)).toEqual(['002-text-ids', '003-moves']);
});
