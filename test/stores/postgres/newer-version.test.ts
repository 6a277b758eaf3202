/** Columns of a newer version of the service, which this one does not know, stay as they are whatever it changes. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cart, CartItem } from '../../../src/cart/cart.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { product } from '../../support/memory-catalog.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
let carts: CartStore;

beforeAll(async () => {
  postgres = await openTestPostgres();
  carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
  await sql`alter table carts add column coupon text`.execute(postgres.db);
  await sql`alter table cart_items add column ribbon json`.execute(postgres.db);
  await sql`alter table products add column weight integer`.execute(postgres.db);
});
afterAll(() => postgres.close());

const engraved = [{ key: 'engraving', value: 'for Ada' }];

async function commit(before: Cart, ...steps: CartItem[][]): Promise<Cart> {
  const after = steps.reduce((cart, items) => changed(cart, NOON, { items, note: 'changed' }), before);
  await carts.commit([{ before, after }]);
  expect(await carts.load([after.id])).toEqual([after]);
  return after;
}

test('of carts, and of items that change, move or are let be', async () => {
  const all = [item('a'), item('b', 1, engraved), item('c'), item('b')];
  const cart = newCart(NOON, { customerId: 'ada', items: all });
  await carts.commit([{ after: cart }]);
  await sql`update carts set coupon = 'SPRING' where cart_id = ${cart.id}`.execute(postgres.db);
  await sql`update cart_items set ribbon = to_json(item_key) where cart_id = ${cart.id}`.execute(postgres.db);
  const more = await commit(cart, [item('a', 5), item('b', 6, engraved), item('c'), item('b', 7)]);
  // A merge of changes that takes items out and appends them again, and one that stays away.
  await commit(more, [item('c')], [item('c'), item('b', 9, engraved), item('a'), item('d')]);
  const { rows } = await sql`
    select coupon, product_id, (ribbon #>> '{}' = item_key) as kept
    from carts join cart_items using (cart_id) where cart_id = ${cart.id} order by position`.execute(
    postgres.db,
  );
  expect(rows).toEqual([
    { coupon: 'SPRING', product_id: 'c', kept: true },
    { coupon: 'SPRING', product_id: 'b', kept: true },
    { coupon: 'SPRING', product_id: 'a', kept: true },
    { coupon: 'SPRING', product_id: 'd', kept: null },
  ]);
});

test('of products that are put in again', async () => {
  const catalog = createPostgresCatalog({ db: postgres.db, currency: 'USD' });
  await catalog.upsert([product('sku-1')]);
  await sql`update products set weight = 7`.execute(postgres.db);
  await catalog.upsert([product('sku-1', 5, 'Renamed')]);
  expect((await sql`select name, weight from products`.execute(postgres.db)).rows).toEqual([
    { name: 'Renamed', weight: 7 },
  ]);
});
