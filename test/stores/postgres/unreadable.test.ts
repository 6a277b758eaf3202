/** A record that cannot be read is its own fault only. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cartCursor, parseCartCursor, type CartPageRequest } from '../../../src/cart/page.ts';
import { UnreadableCart } from '../../../src/stores/unreadable-record.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { item, newCart, NOON } from '../../support/carts.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openTestPostgres();
  // As if somebody had taken the checks away.
  const { rows } = await sql<{ change: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as change
    from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`.execute(postgres.db);
  for (const { change } of rows) await sql.raw(change).execute(postgres.db);
  await sql`alter table cart_items alter column product_name drop not null`.execute(postgres.db);
});
afterAll(() => postgres.close());

const pick = ({ createdAt, id }: { createdAt: number; id: string }) => ({ createdAt, id });

test('a cart is left out of its customer’s list and named, and the page goes on behind it', async () => {
  const report = vi.fn<(error: Error) => void>();
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON, report });
  const all = [0, 1, 2].map((at) => newCart(NOON + at, { customerId: '7', items: [item(1)] }));
  for (const after of all) await carts.commit([{ after }]);
  const [oldest, middle, newest] = all;
  await sql`update cart_items set product_name = null where cart_id = ${middle?.id}`.execute(postgres.db);
  expect(await carts.listByCustomer('7', { first: 10 })).toMatchObject({ entries: [newest, oldest] });
  const page = await carts.listByCustomer('7', { first: 2 });
  expect(page).toEqual({
    entries: [newest],
    hasNextPage: true,
    resumeAfter: { createdAt: middle?.createdAt, id: middle?.id },
  });
  expect(
    await carts.listByCustomer('7', { first: 2, ...(page.resumeAfter && { after: page.resumeAfter }) }),
  ).toEqual({
    entries: [oldest],
    hasNextPage: false,
  });
  const error = report.mock.calls[0]?.[0];
  expect(error).toBeInstanceOf(UnreadableCart);
  expect(error?.message).toMatch(
    /^The cart sha256:[0-9a-f]{16} of customer 7 cannot be read: product_name of product 1$/,
  );
});

test.each([
  ['quantity of product 1', `update cart_items set quantity = 0`],
  ['quantity of product 1', `update cart_items set quantity = 10000`],
  ['product_id of an item', `update cart_items set product_id = repeat('x', 129)`],
  ['attributes of product 1', `update cart_items set attributes = '{"k":"v"}'`],
  ['attributes of product 1', `update cart_items set attributes = '[]'`],
  ['attributes of product 1', `update cart_items set attributes = '[["k",7]]'`],
  ['attributes of product 1', `update cart_items set attributes = '[["k","v","w"]]'`],
  ['attributes of product 1', `update cart_items set attributes = '[["k","v"],["k","v"]]'`],
  ['attributes of product 1', `update cart_items set attributes = '[["l","v"],["k","v"]]'`],
  ['attributes of product 1', `update cart_items set attributes = '[["k","\\u0000"]]'`],
  [
    'attributes of product 1',
    `update cart_items set attributes = (select json_agg(array[chr(64 + n), 'v']) from generate_series(1, 21) as n)`,
  ],
  ['attributes', `update carts set attributes = '[["k","v"],["",""]]'`],
  ['version', `update carts set version = 0`],
  ['customer_id', `update carts set customer_id = '' where customer_id is not null`],
  ['expires_at', `update carts set expires_at = 'infinity'`],
  ['updated_at', `update carts set updated_at = '10000-01-01Z'`],
  ['created_at', `update carts set created_at = '1969-12-31Z'`],
  ['created_at', `update carts set created_at = '-infinity'`],
])('a cart is not read that breaks a rule: %s, %s', async (column, change) => {
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
  const cart = newCart(NOON, { customerId: '8', items: [item(1)] });
  await carts.commit([{ after: cart }]);
  await sql
    .raw(`${change}${change.includes('where') ? ' and' : ' where'} cart_id = '${cart.id}'`)
    .execute(postgres.db);
  await expect(carts.load([cart.id])).rejects.toThrow(new RegExp(`cannot be read: ${column}$`));
});

test('a page goes on behind carts of a time that no cursor can have', async () => {
  const report = vi.fn<(error: Error) => void>();
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON, report });
  const all = [0, 1, 2, 3, 4, 5].map((at) => newCart(NOON + at, { customerId: '9' }));
  for (const after of all) await carts.commit([{ after }]);
  for (const [at, time] of [
    '-infinity',
    '1969-12-31Z',
    undefined,
    undefined,
    '10000-01-01Z',
    'infinity',
  ].entries()) {
    if (time === undefined) continue;
    await sql`update carts set created_at = ${time} where cart_id = ${all[at]?.id}`.execute(postgres.db);
  }
  const seen: unknown[] = [];
  let after: CartPageRequest['after'];
  for (let pages = 0, more = true; more; pages += 1) {
    expect(pages).toBeLessThan(7);
    const page = await carts.listByCustomer('9', { first: 1, ...(after && { after }) });
    seen.push(...page.entries);
    after = page.resumeAfter ?? page.entries.at(-1);
    more = page.hasNextPage;
    if (more && after) expect(parseCartCursor(cartCursor(after), 'after')).toEqual(pick(after));
  }
  expect(seen).toEqual([all[3], all[2]]);
  expect(report).toHaveBeenCalled();
});

test('a cart fails to load, and no other', async () => {
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
  const [bad, good] = [newCart(NOON, { items: [item(1)] }), newCart(NOON)];
  for (const after of [bad, good]) await carts.commit([{ after }]);
  await sql`update cart_items set unit_price = 999999999 where cart_id = ${bad.id}`.execute(postgres.db);
  await expect(carts.load([bad.id])).rejects.toThrow(UnreadableCart);
  await expect(carts.load([bad.id])).rejects.not.toThrow(bad.id);
  expect(await carts.load([good.id])).toEqual([good]);
});

test('a product beyond its limits is not sold, and reported', async () => {
  const report = vi.fn<(error: Error) => void>();
  const catalog = createPostgresCatalog({ db: postgres.db, currency: 'USD', report });
  await sql`insert into products (product_id, name, price)
    values ('1', 'Gold', 999999999), ('2', 'Kettle', 2999)`.execute(postgres.db);
  const kettle = { id: '2', name: 'Kettle', price: { amount: 2999, currency: 'USD' } };
  expect(await catalog.findMany(['1', '2'])).toEqual([undefined, kettle]);
  expect(await catalog.list({ first: 10 })).toEqual({ entries: [kettle], hasNextPage: false });
  expect(report.mock.calls[0]?.[0].message).toContain('product 1.price must be from 0 to 100000000');
});

test('a page of products of which none can be read says where the next one begins', async () => {
  const catalog = createPostgresCatalog({ db: postgres.db, currency: 'USD' });
  await sql`delete from products`.execute(postgres.db);
  await sql`
    insert into products (product_id, name, price)
    values ('1', 'Gold', 999999999), ('2', 'Kettle', 2999), ('3', 'Gold', 999999999)`.execute(postgres.db);
  const kettle = { id: '2', name: 'Kettle', price: { amount: 2999, currency: 'USD' } };
  expect(await catalog.list({ first: 1 })).toEqual({ entries: [], hasNextPage: true, resumeAfter: '1' });
  expect(await catalog.list({ first: 1, after: '1' })).toEqual({ entries: [kettle], hasNextPage: true });
  expect(await catalog.list({ first: 1, after: '2' })).toEqual({ entries: [], hasNextPage: false });
});
