/** Products of one's own: put in, replaced, withdrawn, listed. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Product } from '../../../src/cart/product.ts';
import { catalogueKey } from '../../../src/stores/catalogue-key.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { product } from '../../support/memory-catalog.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { statementsDuring } from '../../support/statements.ts';

let postgres: TestPostgres;
const open = (currency = 'USD') => createPostgresCatalog({ db: postgres.db, currency });

beforeAll(async () => {
  postgres = await openTestPostgres();
});
afterAll(() => postgres.close());
beforeEach(() => sql`delete from products`.execute(postgres.db));

const IDS = [
  '1',
  '9',
  '10',
  '9007199254740991',
  '%_\'"\\{},',
  '007',
  '9007199254740992',
  '99999999999999999',
  'A-1',
  'B',
  'NULL',
  'a',
];

async function listed(pageSize: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined, more = true; more; after = ids.at(-1)) {
    const page = await open().list({ first: pageSize, ...(after !== undefined && { after }) });
    ids.push(...page.entries.map(({ id }) => id));
    more = page.hasNextPage;
  }
  return ids;
}

test('ids of any form are found by themselves and listed in the catalogue’s order', async () => {
  await open().upsert([...IDS].reverse().map((id) => product(id)));
  expect(await open().findMany([...IDS, '7', '01', 'b'])).toEqual([
    ...IDS.map((id) => product(id)),
    undefined,
    undefined,
    undefined,
  ]);
  expect(await listed(5)).toEqual(IDS);
  // A position whose product is not there any more, or never was.
  expect((await open().list({ first: 1, after: '007' })).entries).toEqual([product('9007199254740992')]);
  expect((await open().list({ first: 1, after: '2' })).entries).toEqual([product('9')]);
});

test('the table’s key is catalogueKey', async () => {
  const id = fc.oneof(
    fc.stringMatching(/^[!-}]{1,128}$/),
    fc.stringMatching(/^\d{1,18}$/),
    fc.constantFrom('9007199254740991', '9007199254740992', '9007199254740990', '10000000000000000'),
  );
  const seed = Math.floor(Math.random() * 2 ** 31);
  const ids = [...new Set(fc.sample(id, { numRuns: 500, seed }))].filter(
    (one) => one !== '0' && !/^-\d+$/.test(one),
  );
  await open().upsert(ids.map((one) => product(one)));
  const { rows } = await sql<{ product_id: string; product_key: string }>`
    select product_id, product_key from products`.execute(postgres.db);
  const keys = rows.map((row) => catalogueKey(row.product_id));
  expect(
    rows.map((row) => row.product_key),
    `seed ${seed}`,
  ).toEqual(keys);
  expect(rows).toHaveLength(ids.length);
});

test('every field comes back, and one that is left out goes', async () => {
  const full: Required<Product> = {
    ...product('sku-1'),
    category: 'Kitchen',
    brand: 'Ö & Co',
    description: 'two\nlines, "quoted"',
    imageUrl: 'https://shop.example/1.png',
    url: '/kettles/1',
  };
  await open().upsert([full]);
  expect(await open().findMany(['sku-1'])).toEqual([full]);
  await open().upsert([product('sku-1')]);
  expect(await open().findMany(['sku-1'])).toEqual([product('sku-1')]);
});

test('a product has its own currency, and one without is in the deployment’s', async () => {
  await open('JPY').upsert([{ ...product('yen'), price: { amount: 5, currency: 'JPY' } }]);
  await sql`insert into products (product_id, name, price) values ('old', 'Old', 7)`.execute(postgres.db);
  const [yen, old] = await open('USD').findMany(['yen', 'old']);
  expect([yen?.price, old?.price]).toEqual([
    { amount: 5, currency: 'JPY' },
    { amount: 7, currency: 'USD' },
  ]);
  await expect(open('JPY').upsert([product('dollars')])).rejects.toThrow(
    'products[0].price.currency must be JPY',
  );
});

test('up to 100 are one statement, all or none; more are sent in parts', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => product(`sku-${at}`));
  expect(await statementsDuring(() => open().upsert(many(100)))).toHaveLength(1);
  expect(await statementsDuring(() => open().upsert([]))).toEqual([]);
  const inserts = (await statementsDuring(() => open().upsert(many(2001)))).filter((text) =>
    text.includes('insert into products'),
  );
  expect(inserts).toHaveLength(3);
  expect(await listed(100)).toHaveLength(2001);
  await expect(open().upsert([product('new'), product('a~b')])).rejects.toThrow('products[1].id');
  await expect(open().upsert([product('new'), product('1', 1, 'a\0b')])).rejects.toThrow('U+0000');
  expect(await open().findMany(['new'])).toEqual([undefined]);
});

test('of two with one id the later one counts', async () => {
  await open().upsert([product('a', 1), product('b'), product('a', 2)]);
  expect(await open().findMany(['a'])).toEqual([product('a', 2)]);
});

test('withdrawn are those that were sold, in the order asked for', async () => {
  await open().upsert(['a', 'b', 'c', '7'].map((id) => product(id)));
  expect(await open().withdraw(['c', '007', '7', 'x', 'a', 'c'])).toEqual(['c', '7', 'a']);
  expect(await open().withdraw(['c', 'a'])).toEqual([]);
  expect(await listed(100)).toEqual(['b']);
});

test('opposite changes of the same products do not stop each other', async () => {
  const all = Array.from({ length: 100 }, (_, at) => product(`sku-${at}`));
  await open().upsert(all);
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const some = all.map((one) => ({ ...one, name: `Round ${at}` }));
      return open().upsert(at % 2 ? some : some.reverse());
    }),
  );
  const names = new Set((await open().findMany(all.map(({ id }) => id))).map((one) => one?.name));
  expect(names.size).toBe(1);
});

test.each([1, 2001])('a duplicate that is found too late is no error, of %i products', async (count) => {
  const many = Array.from({ length: count }, (_, at) => product(`sku-${at}`));
  await refuseAsDuplicate(4);
  onTestFinished(async () => {
    await sql`drop trigger refuse on products`.execute(postgres.db);
  });
  await open().upsert(many);
  expect(await listed(100)).toHaveLength(count);
  await refuseAsDuplicate(5);
  await expect(open().upsert([product('sku-0', 2)])).rejects.toThrow('found twice');
  expect(await open().findMany(['sku-0'])).toEqual([product('sku-0')]);
});

/** The next statements of products, as PostgreSQL does where another changes the same row in that moment. A sequence is not rolled back. */
async function refuseAsDuplicate(times: number): Promise<void> {
  await sql
    .raw(
      `drop sequence if exists refused;
      create sequence refused;
      create or replace function refuse() returns trigger language plpgsql as $$ begin
        if nextval('refused') <= ${times} then raise unique_violation using message = 'found twice'; end if;
        return null;
      end $$;
      create or replace trigger refuse before insert on products for each statement execute function refuse()`,
    )
    .execute(postgres.db);
}

test('fails with the signal’s reason when the time is over', async () => {
  const reason = new Error('time is over');
  const signal = AbortSignal.abort(reason);
  await expect(open().upsert([product('a')], { signal })).rejects.toBe(reason);
  await expect(open().withdraw(['a'], { signal })).rejects.toBe(reason);
});

test('a page reads the index', async () => {
  await open().upsert(Array.from({ length: 5000 }, (_, at) => product(`sku-${at}`)));
  await sql`analyze products`.execute(postgres.db);
  const [text = ''] = await statementsDuring(() => open().list({ first: 20, after: 'sku-3' }));
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain ${sql.raw(text.replace('$1', `'tsku-3'`).replace('$2', '21'))}`.execute(postgres.db);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Scan using products_order');
});

test('a withdrawal takes its products in the order of their ids, as an upsert does', async () => {
  const ids = Array.from({ length: 200 }, (_, at) => `p-${String(at).padStart(3, '0')}`);
  const others = ids.map((id) => product(id, 1));
  // In the table they stand in another order.
  for (const one of [...others].reverse()) await open().upsert([one]);
  // Then it is read from its beginning to its end, and not by the index.
  await sql`analyze products`.execute(postgres.db);
  const first = ids[0] as string;
  let withdrawn: Promise<string[]> | undefined;
  await postgres.db.transaction().execute(async (transaction) => {
    await sql`select from products where product_id = ${first} for update`.execute(transaction);
    withdrawn = open().withdraw([...ids].reverse());
    await expect
      .poll(
        async () => {
          const waiting = sql<{ count: string }>`
          select count(*) as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
          return Number((await waiting.execute(postgres.db)).rows[0]?.count);
        },
        { timeout: 10_000 },
      )
      .toBe(1);
    // Nothing else is locked while it waits for the first.
    const { rows } = await sql`select from products where product_id <> ${first} for update nowait`.execute(
      transaction,
    );
    expect(rows).toHaveLength(ids.length - 1);
  });
  expect(await withdrawn).toEqual([...ids].reverse());
});
