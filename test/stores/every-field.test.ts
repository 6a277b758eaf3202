/** That a field which is added to a cart or an item and forgotten in a store does not compile. `npm run types` is the test. */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { Cart, CartItem } from '../../src/cart/cart.ts';
import { flag, optional } from '../../src/stores/dynamodb/attribute-kinds.ts';
import {
  cartAttributes,
  itemAttributes,
  type Lines as Attributes,
} from '../../src/stores/dynamodb/attributes.ts';
import { cartColumns, itemColumns, type Lines as Columns } from '../../src/stores/postgres/columns.ts';

type KnownItem = Omit<CartItem, 'unknown'>;
type ScentedItem = KnownItem & { readonly scent?: boolean };
type CountedCart = Omit<Cart, 'items' | 'unknown'> & { readonly visits?: number };

// @ts-expect-error scent has no column
itemColumns satisfies Columns<ScentedItem>;
// @ts-expect-error visits has no column
cartColumns satisfies Columns<CountedCart>;
// @ts-expect-error scent has no attribute
itemAttributes satisfies Attributes<ScentedItem>;
// @ts-expect-error visits has no attribute
cartAttributes satisfies Attributes<CountedCart & Pick<Cart, 'items'>>;

const scent = { name: 'scent', kind: 'flag', optional: true } as const;
({ ...itemColumns, scent }) satisfies Columns<ScentedItem>;
// @ts-expect-error a column that may be null is not one of a field that is always there
({ ...itemColumns, scent }) satisfies Columns<KnownItem & { readonly scent: boolean }>;
// @ts-expect-error a flag is no text
({ ...itemColumns, scent }) satisfies Columns<KnownItem & { readonly scent?: string }>;

({ ...itemAttributes, scent: optional(flag('scent')) }) satisfies Attributes<ScentedItem>;
// @ts-expect-error an attribute that may be absent is not one of a field that is always there
({ ...itemAttributes, scent: flag('scent') }) satisfies Attributes<ScentedItem>;
// @ts-expect-error a flag is no text
({ ...itemAttributes, scent: optional(flag('scent')) }) satisfies Attributes<
  KnownItem & { readonly scent?: string }
>;

test('stores have a line for the same fields', () => {
  expect(Object.keys(itemColumns).sort()).toEqual(Object.keys(itemAttributes).sort());
  expect([...Object.keys(cartColumns), 'items'].sort()).toEqual(Object.keys(cartAttributes).sort());
});

test('a flag of DynamoDB is true or false, and nothing else', () => {
  const { name, write, read } = flag('scent');
  const source = (value: unknown) => ({ record: { scent: value }, what: 'The cart', currency: 'USD' });
  expect([true, false].map((value) => read(source(write(value, 'USD')), name))).toEqual([true, false]);
  for (const value of ['true', null, new NumberValue('1'), undefined]) {
    expect(() => read(source(value), name)).toThrow(
      'The cart cannot be read: scent must be true or false, but',
    );
  }
});
