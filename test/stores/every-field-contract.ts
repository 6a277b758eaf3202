/** Every field that a cart can have, as part of the contract. A field that is added to a cart or an item and not here does not compile. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createPointer, pointTo } from '../../src/cart/active-cart.ts';
import type { Cart, CartItem } from '../../src/cart/cart.ts';
import { markerOf } from '../../src/cart/moved.ts';
import { changed, newCart, NOON } from '../support/carts.ts';
import type { StoreTest } from '../support/store-test.ts';

/** What a version does not know is no field of every store: their own tests have it. */
type KnownItem = Omit<CartItem, 'unknown'>;
type KnownCart = Omit<Cart, 'unknown'>;

const everyItemField = {
  productId: 'SKU-7',
  attributes: [{ key: 'engraving', value: 'Ada' }],
  productName: 'Kettle',
  unitPrice: 2999,
  quantity: 3,
} as const satisfies Required<KnownItem>;

/** Another value for each field that a change can change: product and attributes say which item it is. */
const otherValues = {
  productName: 'Teapot',
  unitPrice: 3099,
  quantity: 4,
} as const satisfies Required<Omit<KnownItem, 'productId' | 'attributes'>>;

const changedFields = Object.entries(otherValues);

/** In which carts a field is set: no cart is both checked out and merged. */
const fields = {
  id: 'any',
  customerId: 'any',
  status: 'any',
  currency: 'any',
  items: 'any',
  note: 'any',
  attributes: 'any',
  version: 'any',
  createdAt: 'any',
  updatedAt: 'any',
  expiresAt: 'merged',
  orderId: 'checked out',
  mergedIntoCartId: 'merged',
  activeCartId: 'a pointer',
  moves: 'a marker',
  movedStatus: 'a marker',
  movedVersion: 'a marker',
  changes: 'any',
} as const satisfies Record<keyof KnownCart, 'any' | 'merged' | 'checked out' | 'a pointer' | 'a marker'>;

/** @throws Error when a field is set in none of them */
function fullCarts(): [string, Cart][] {
  const shared = {
    customerId: 'auth0|7',
    items: [everyItemField],
    note: 'Ring twice',
    attributes: [{ key: 'channel', value: 'app' }],
  };
  const carts = {
    merged: newCart(NOON, { ...shared, status: 'MERGED', mergedIntoCartId: randomUUID() }),
    'a pointer': changed(pointTo(createPointer('auth0|7', 'USD', NOON), randomUUID()), NOON),
    'checked out': newCart(NOON, { ...shared, status: 'CHECKED_OUT', orderId: randomUUID() }),
    'a marker': markerOf(newCart(NOON, shared), 3),
  };
  for (const [field, where] of Object.entries(fields)) {
    const cart: object = carts[where === 'any' ? 'merged' : where];
    if (!Object.hasOwn(cart, field)) throw new Error(`No cart of the contract has ${field}`);
  }
  return Object.entries(carts);
}

/** @param markers whether the store keeps them, rather than understands them */
export function testEveryField(test: StoreTest, markers: boolean): void {
  const carts = fullCarts().filter(([name]) => markers || name !== 'a marker');
  it.each(carts)('gives back every field of a cart that is %s', async (_, cart) => {
    await test.carts.commit([{ after: cart }]);
    expect(await test.loaded(cart.id)).toEqual(cart);
  });

  it.each(changedFields)('keeps a change of an item’s %s', async (field, value) => {
    const before = await test.created({ items: [everyItemField] });
    const after = changed(before, test.now, { items: [{ ...everyItemField, [field]: value }] });
    await test.carts.commit([{ before, after }]);
    expect(await test.loaded(after.id)).toEqual(after);
  });
}
