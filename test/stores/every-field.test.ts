/** That a field which is added to a cart or an item and forgotten in a store does not compile. `npm run types` is the test. */
import { expect, test } from 'vitest';
import type { Cart, CartItem } from '../../src/cart/cart.ts';
import {
  cartAttributes,
  itemAttributes,
  type Lines as Attributes,
} from '../../src/stores/dynamodb/attributes.ts';
import { cartColumns, itemColumns, type Lines as Columns } from '../../src/stores/postgres/columns.ts';

type WrappedItem = CartItem & { readonly giftWrap?: boolean };
type NotedCart = Omit<Cart, 'items'> & { readonly note?: string };

// @ts-expect-error giftWrap has no column
itemColumns satisfies Columns<WrappedItem>;
// @ts-expect-error note has no column
cartColumns satisfies Columns<NotedCart>;
// @ts-expect-error giftWrap has no attribute
itemAttributes satisfies Attributes<WrappedItem>;
// @ts-expect-error note has no attribute
cartAttributes satisfies Attributes<NotedCart & Pick<Cart, 'items'>>;

const giftWrap = { name: 'gift_wrap', kind: 'flag', optional: true } as const;
({ ...itemColumns, giftWrap }) satisfies Columns<WrappedItem>;
// @ts-expect-error a column that may be null is not one of a field that is always there
({ ...itemColumns, giftWrap }) satisfies Columns<CartItem & { readonly giftWrap: boolean }>;
// @ts-expect-error a flag is no text
({ ...itemColumns, giftWrap }) satisfies Columns<CartItem & { readonly giftWrap?: string }>;

test('stores have a line for the same fields', () => {
  expect(Object.keys(itemColumns).sort()).toEqual(Object.keys(itemAttributes).sort());
  expect([...Object.keys(cartColumns), 'items'].sort()).toEqual(Object.keys(cartAttributes).sort());
});
