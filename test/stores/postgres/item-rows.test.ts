/** Items that differ never share a row, and one that is the same is found again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toAttributes } from '../../../src/cart/attributes.ts';
import type { CartItem } from '../../../src/cart/cart.ts';
import { itemKey } from '../../../src/cart/item-key.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { itemRowKey } from '../../../src/stores/postgres/item-row-key.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openTestPostgres();
});
afterAll(() => postgres.close());

const said = (value: string, key = 'k') => toAttributes([{ key, value }], 'item', 'attributes');

test('a row’s key begins with the item’s own, and has the whole digest', () => {
  expect(itemRowKey(item('7'))).toBe('7');
  const engraved = item('7', 1, said('for Ada'));
  expect(itemRowKey(engraved).startsWith(itemKey(engraved))).toBe(true);
  expect(itemRowKey(engraved)).toMatch(/^7~[\w-]{43}$/);
});

test('items of one product with other attributes are kept, changed and removed by themselves', async () => {
  const carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
  const values = ['', 'a', 'A', 'é', 'e\u0301', '%_\'"\\{},', 'NULL', '["k","v"]', '\u2028 🛒'];
  const many = values.map((value, at) => item('7', at + 1, said(value)));
  const twisted = [item('007'), item('7'), item('7', 2, said('k', 'a')), item('7', 3, said('a', 'k"'))];
  let cart = newCart(NOON, { items: [...many, ...twisted] });
  await carts.commit([{ after: cart }]);
  const steps: CartItem[][] = [
    cart.items.map((one) => ({ ...one, quantity: one.quantity + 10 })),
    cart.items.filter((_, at) => at % 2 === 0),
    // Lists of their own, as another load would make them.
    cart.items.map(({ attributes, ...one }) => ({
      ...one,
      ...(attributes && { attributes: [...attributes] }),
    })),
    [],
  ];
  for (const items of steps) {
    const after = changed(cart, NOON, { items });
    await carts.commit([{ before: cart, after }]);
    expect(await carts.load([cart.id])).toEqual([after]);
    cart = after;
  }
});
