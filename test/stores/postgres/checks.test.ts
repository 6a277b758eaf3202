/** The tables themselves refuse what no cart can be. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { item, newCart, NOON } from '../../support/carts.ts';
import { product } from '../../support/memory-catalog.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await openTestPostgres();
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
  await carts.commit([{ after: newCart(NOON, { customerId: '5', items: [item(1)] }) }]);
  await createPostgresCatalog({ db: postgres.db, currency: 'USD' }).upsert([product(1)]);
});
afterAll(() => postgres.close());

const uuid = 'gen_random_uuid()';

/** Leaves nothing to the next test. @returns how many rows it changes */
function attempt(statement: string): Promise<bigint | undefined> {
  return postgres.db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection);
    try {
      return (await sql.raw(statement).execute(connection)).numAffectedRows;
    } finally {
      await sql`rollback`.execute(connection);
    }
  });
}

test.each([
  `update carts set customer_id = '0'`,
  `update carts set customer_id = '-7'`,
  `update carts set customer_id = ''`,
  `update carts set customer_id = 'a b'`,
  `update carts set customer_id = 'é'`,
  `update carts set customer_id = repeat('x', 129)`,
  `update carts set note = ''`,
  `update carts set note = repeat('x', 1001)`,
  `update carts set attributes = '[]'`,
  `update carts set attributes = (select json_agg(array[n::text, 'v']) from generate_series(1, 51) as n)`,
  `update carts set status = 'DELETED', customer_id = null, note = 'n'`,
  `update carts set status = 'DELETED', customer_id = null, attributes = '[["k","v"]]'`,
  `update carts set status = 'LOST'`,
  `update carts set currency = 'usd'`,
  `update carts set version = 0`,
  `update carts set updated_at = created_at - interval '1 ms'`,
  `update carts set expires_at = null`,
  `update carts set order_id = ${uuid}`,
  `update carts set status = 'CHECKED_OUT', expires_at = null`,
  `update carts set status = 'CHECKED_OUT', order_id = ${uuid}`,
  `update carts set status = 'MERGED'`,
  `update carts set merged_into_cart_id = ${uuid}`,
  `update carts set status = 'DELETED'`,
  `update carts set active_cart_id = ${uuid}`,
  `update carts set status = 'POINTER', customer_id = null, expires_at = null`,
  `update carts set changes = decode(repeat('00', 27), 'hex')`,
  `update carts set changes = decode(repeat('00', 924), 'hex')`,
  `update cart_items set quantity = 0`,
  `update cart_items set quantity = 10000`,
  `update cart_items set unit_price = -1`,
  `update cart_items set unit_price = 100000001`,
  `update cart_items set product_id = '0', item_key = '0'`,
  `update cart_items set product_id = 'a~b', item_key = 'a~b'`,
  `update cart_items set product_id = 'é', item_key = 'é'`,
  `update cart_items set product_id = '2'`,
  `update cart_items set item_key = '1~' || repeat('x', 43)`,
  `update cart_items set attributes = '[["k","v"]]'`,
  `update cart_items set attributes = '[["k","v"]]', item_key = '2~' || repeat('x', 43)`,
  `update cart_items set attributes = '[["k","v"]]', item_key = '1~' || repeat('x', 12)`,
  `update cart_items set attributes = '[]', item_key = '1~' || repeat('x', 43)`,
  `update cart_items set item_key = '1~' || repeat('x', 43),
    attributes = (select json_agg(array[n::text, 'v']) from generate_series(1, 21) as n)`,
  `update cart_items set product_name = repeat('x', 256)`,
  `update cart_items set product_name = repeat('漢', 134)`,
  `update products set product_id = '0'`,
  `update products set product_id = 'a~b'`,
  `update products set currency = 'usd'`,
  `update products set price = 100000001`,
  `update products set name = repeat('漢', 134)`,
])('refused: %s', async (statement) => {
  const CHECK_VIOLATION = '23514';
  await expect(attempt(statement)).rejects.toMatchObject({ code: CHECK_VIOLATION });
});

test.each([
  `update carts set customer_id = null`,
  `update carts set status = 'DELETED', customer_id = null`,
  `update carts set status = 'CHECKED_OUT', order_id = ${uuid}, expires_at = null`,
  `update carts set customer_id = 'auth0|65f1'`,
  `update carts set customer_id = '007', note = repeat('漢', 1000), attributes = '[["k","v"]]'`,
  `update cart_items set product_id = '%_"{}', item_key = '%_"{}'`,
  `update cart_items set attributes = '[["k","v"]]', item_key = product_id || '~' || repeat('x', 43)`,
  `update cart_items set quantity = 9999, unit_price = 100000000, product_name = repeat('漢', 133)`,
  `update products set name = repeat('x', 255), price = 0`,
])('accepted: %s', async (statement) => {
  expect(await attempt(statement)).toBe(1n);
});

test('items need their cart and go with it', async () => {
  const FOREIGN_KEY_VIOLATION = '23503';
  const orphan = sql`insert into cart_items (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
    values (gen_random_uuid(), '1', '1', 1, 'Widget', 1, 1)`;
  await expect(orphan.execute(postgres.db)).rejects.toMatchObject({ code: FOREIGN_KEY_VIOLATION });
  const cart = newCart(NOON, { items: [item(1)] });
  await createPostgresCartStore({ db: postgres.db, clock: () => NOON }).commit([{ after: cart }]);
  const items = sql`select product_id from cart_items where cart_id = ${cart.id}`;
  expect((await items.execute(postgres.db)).rows).toEqual([{ product_id: '1' }]);
  await sql`delete from carts where cart_id = ${cart.id}`.execute(postgres.db);
  expect((await items.execute(postgres.db)).rows).toEqual([]);
});
