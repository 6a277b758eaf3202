import { randomBytes, randomUUID } from 'node:crypto';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { listCarts } from '../../../src/stores/postgres/cart-statements.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { sweepExpired } from '../../../src/stores/postgres/sweeper.ts';
import { changed, item, newCart, NOON, TTL } from '../../support/carts.ts';
import { createMemoryCatalog, product } from '../../support/memory-catalog.ts';
import { madeCart, terms } from '../../support/open-operations.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { statementsDuring } from '../../support/statements.ts';

let postgres: TestPostgres;
const open = () => createPostgresCartStore({ db: postgres.db, clock: () => NOON });

beforeAll(async () => {
  postgres = await openTestPostgres();
});
afterAll(() => postgres.close());

test('a commit of one cart is one statement', async () => {
  const carts = open();
  const cart = newCart(NOON, { items: [item(1), item(2), item(3)] });
  const after = changed(cart, NOON, { items: [item(2, 5), item(3), item(4)] });
  expect(await statementsDuring(() => carts.commit([{ after: cart }]))).toHaveLength(1);
  expect(await statementsDuring(() => carts.commit([{ before: cart, after }]))).toHaveLength(1);
});

test('a commit of two carts is one transaction with one statement for each', async () => {
  const [a, b] = [newCart(NOON), newCart(NOON)];
  const statements = await statementsDuring(() => open().commit([{ after: a }, { after: b }]));
  expect(statements).toEqual([
    'begin',
    expect.stringContaining('insert into carts'),
    expect.stringContaining('insert into carts'),
    'commit',
  ]);
});

test('64 changes of one cart at once are four loads and four commits, 16 changes each', async () => {
  const operations = createCartOperations({
    carts: open(),
    catalog: createMemoryCatalog(new Map([['1', product(1)]])),
    queue: createCartQueue(),
    clock: () => NOON,
    newId: randomUUID,
    newChangeId: () => randomBytes(16),
    jitter: () => 0,
    ttl: TTL,
    currency: 'USD',
  });
  const { id } = madeCart(await operations.createCart({}, terms()));
  const add = () => operations.addItems(id, [{ productId: '1', quantity: 1 }], terms());
  const statements = await statementsDuring(() => Promise.all(Array.from({ length: 64 }, add)));
  expect(statements).toEqual(
    Array.from({ length: 4 }, () => [
      expect.stringContaining('from carts') as string,
      expect.stringContaining('update carts') as string,
    ]).flat(),
  );
  expect((await open().load([id]))[0]).toMatchObject({ version: 65, items: [item(1, 64)] });
});

test('100 carts, a page of carts and 100 products are one statement each; nothing asked for is none', async () => {
  const carts = open();
  const catalog = createPostgresCatalog({ db: postgres.db, currency: 'USD' });
  const cart = newCart(NOON, { items: [item(1)] });
  await carts.commit([{ after: cart }]);
  const ids = [cart.id, ...Array.from({ length: 99 }, () => randomUUID())];
  expect(await statementsDuring(() => carts.load(ids))).toHaveLength(1);
  expect(await statementsDuring(() => carts.listByCustomer('1', { first: 100 }))).toHaveLength(1);
  expect(
    await statementsDuring(() => catalog.findMany(ids.map((_, index) => String(index + 1)))),
  ).toHaveLength(1);
  expect(await statementsDuring(() => carts.load([]))).toEqual([]);
  expect(await statementsDuring(() => catalog.findMany([]))).toEqual([]);
});

test('only changed items are written', async () => {
  const carts = open();
  const cart = newCart(NOON, { items: [item(1), item(2), item(3)] });
  await carts.commit([{ after: cart }]);
  const rows = () =>
    sql<{ product_id: string; xmin: string }>`
      select product_id, xmin::text from cart_items where cart_id = ${cart.id} order by position`.execute(
      postgres.db,
    );
  const before = (await rows()).rows;
  await carts.commit([
    { before: cart, after: changed(cart, NOON, { items: [item(1), { ...item(2, 2) }, { ...item(3) }] }) },
  ]);
  const after = (await rows()).rows;
  expect(after.map((row, index) => row.xmin === before[index]?.xmin)).toEqual([true, false, true]);
});

test('the connection keeps the hot statements prepared under their names', async () => {
  const { db } = postgres.another({ poolSize: 1 });
  const carts = createPostgresCartStore({ db, clock: () => NOON });
  const cart = newCart(NOON);
  await carts.commit([{ after: cart }]);
  await carts.commit([{ before: cart, after: changed(cart, NOON) }]);
  await carts.load([cart.id]);
  await carts.load([cart.id]);
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements order by name`.execute(
    db,
  );
  expect(rows.map(({ name }) => name.replace(/_[0-9a-f]{8}$/, ''))).toEqual([
    'insert_cart',
    'load_carts',
    'update_carts',
  ]);
});

test('a customer page and the sweep read their index, however many carts there are', async () => {
  await sql`
    insert into carts (cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, changes)
    select gen_random_uuid(), (1 + n % 20)::text, 'ACTIVE', 'USD', 1, at, at, at + interval '7 days', ''
    from generate_series(1, 20000) as n, lateral (select timestamptz '2025-06-01Z' + n * interval '1 minute' as at) as t
  `.execute(postgres.db);
  await sql`analyze carts`.execute(postgres.db);
  const page = {
    customerId: '7',
    statuses: ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'] as const,
    createdAt: Date.UTC(2025, 5, 8),
    cartId: randomUUID(),
    now: Date.UTC(2025, 5, 5),
    limit: 21,
  };
  for (const createdAt of [page.createdAt, Infinity]) {
    const { sql: text, parameters } = listCarts.bind({ ...page, createdAt });
    const { rows } = await postgres.db.executeQuery<{ 'QUERY PLAN': string }>(
      CompiledQuery.raw(`explain ${text}`, [...parameters]),
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index Scan using carts_customer_page');
    expect(plan).not.toContain('Sort Key: c.created_at');
  }
  const [sweep] = (await statementsDuring(() => sweepExpired(postgres.db, () => 0))).filter((text) =>
    text.includes('delete from carts'),
  );
  const { rows } = await postgres.db.executeQuery<{ 'QUERY PLAN': string }>(
    CompiledQuery.raw(`explain ${sweep ?? ''}`, [new Date(page.now), 500]),
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('using carts_expiry');
});
