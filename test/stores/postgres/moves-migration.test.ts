/** The tables get what a move needs without a look at a row, and the version before goes on working. */
import { Migrator, sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { markerOf } from '../../../src/cart/moved.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { migrations } from '../../../src/stores/postgres/migrations/migrations.ts';
import { openPostgres } from '../../../src/stores/postgres/postgres.ts';
import { newCart, NOON } from '../../support/carts.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
});

async function openBefore() {
  const database = await createTestDatabase();
  undo.push(database.drop);
  const { db, close } = openPostgres({ connectionString: database.url, onError: () => undefined });
  undo.push(close);
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '003'));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(before) },
  });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  return db;
}

/** What the version before sends for a cart that is made. */
const insertAsBefore = (id: string) => sql`
  insert into carts (cart_id, status, currency, version, created_at, updated_at, expires_at, changes)
  values (${id}, 'ACTIVE', 'USD', 1, now(), now(), now() + interval '1 day', '')`;

test('no row is written anew or looked at, and older programs can write', async () => {
  const db = await openBefore();
  for (let n = 0; n < 3; n += 1) await insertAsBefore(newCart(NOON).id).execute(db);
  // A row that no check would let in: whoever looks at rows is found out.
  await sql`alter table carts drop constraint carts_version_check`.execute(db);
  await sql`update carts set version = 0 where cart_id = (select cart_id from carts limit 1)`.execute(db);
  const file = sql<{ node: number }>`select pg_relation_filenode('carts')::integer as node`;
  const before = (await file.execute(db)).rows;
  expect(await migrate(db)).toEqual(['003-moves']);
  expect((await file.execute(db)).rows).toEqual(before);
  await insertAsBefore(newCart(NOON).id).execute(db);
});

test('what is no cart, and no marker, is refused by the table', async () => {
  const db = await openBefore();
  await migrate(db);
  const carts = createPostgresCartStore({ db, clock: () => NOON });
  const order = newCart(NOON, { status: 'CHECKED_OUT', orderId: newCart(NOON).id });
  await carts.commit([{ after: order }, { after: markerOf(newCart(NOON), 1) }]);
  await carts.commit([{ before: order, after: markerOf(order, 2) }]);
  const wrong = [
    { ...newCart(NOON), version: -1 },
    { ...newCart(NOON), version: 0 },
    { ...markerOf(newCart(NOON), 1), version: 2 },
    { ...newCart(NOON), moves: 0 },
    { ...newCart(NOON), movedStatus: 'ACTIVE' as const, movedVersion: 1 },
    { ...markerOf(newCart(NOON), 1), movedStatus: 'MOVED' as const },
    { ...markerOf(newCart(NOON), 1), movedStatus: 'CHECKED_OUT' as const },
    { ...markerOf(newCart(NOON), 1), movedVersion: 0 },
    { ...markerOf(newCart(NOON, { customerId: '7' }), 1), movedStatus: 'DELETED' as const },
  ];
  for (const after of wrong)
    await expect(carts.commit([{ after }])).rejects.toThrow(/violates check constraint/);
});
