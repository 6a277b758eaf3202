import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Product } from '../../../src/cart/product.ts';
import { product } from '../../support/memory-catalog.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
const COUNT = 10_000;
const products = Array.from({ length: COUNT }, (_, at) => product(at + 1));
const open = () => createPostgresCatalog({ db: postgres.db, currency: 'USD' });
const ids = (...numbers: number[]) => numbers.map(String);

beforeAll(async () => {
  postgres = await openTestPostgres();
  await open().upsert(products);
});
afterAll(() => postgres.close());

test('finds products by position: repeated, unknown and known ids', async () => {
  expect(await open().findMany(ids(50, 999_999, 1, 50))).toEqual([
    product(50),
    undefined,
    product(1),
    product(50),
  ]);
});

test('lists the products in the order of their ids, page by page', async () => {
  const catalog = open();
  const first = await catalog.list({ first: 3 });
  expect(first).toEqual({ entries: products.slice(0, 3), hasNextPage: true });
  const last = await catalog.list({ first: 100, after: String(COUNT - 100) });
  expect(last).toEqual({ entries: products.slice(-100), hasNextPage: false });
  expect(await catalog.list({ first: 1, after: String(COUNT) })).toEqual({
    entries: [],
    hasNextPage: false,
  });
});

test('loading again writes changed products only', async () => {
  const count = () => sql`select count(*)::integer as n from products`.execute(postgres.db);
  const versions = async () =>
    (await sql<{ v: string }>`select distinct xmin::text as v from products`.execute(postgres.db)).rows
      .length;
  await open().upsert(products);
  expect((await count()).rows).toEqual([{ n: COUNT }]);
  // One for each transaction of the load.
  expect(await versions()).toBe(10);

  const plain: Product = { id: '2', name: `漢 "{}" \\ '`, price: { amount: 0, currency: 'USD' } };
  await open().upsert([plain]);
  expect(await open().findMany(ids(2, 3))).toEqual([plain, product(3)]);
  expect(await versions()).toBe(11);
});

test('puts all products in or none', async () => {
  const good: Product = { id: '1', name: 'Renamed', price: { amount: 1, currency: 'USD' } };
  const bad: Product = { id: '20000', name: 'x'.repeat(300), price: { amount: 1, currency: 'USD' } };
  await expect(open().upsert([good, bad])).rejects.toThrow(
    'products[1].name must have at most 255 characters',
  );
  expect(await open().findMany(ids(1))).toEqual([product(1)]);
});

test('fails with the signal’s reason when the time is over', async () => {
  const reason = new Error('time is over');
  const signal = AbortSignal.abort(reason);
  await expect(open().findMany(['1'], { signal })).rejects.toBe(reason);
  await expect(open().list({ first: 1 }, { signal })).rejects.toBe(reason);
});
