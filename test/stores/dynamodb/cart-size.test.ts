/** That every cart within the limits fits into an item of DynamoDB: 400 KB, of which a cart may have 300. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAttributes } from '../../../src/cart/attributes.ts';
import { MAX_ITEMS, MAX_QUANTITY, type Cart, type CartItem } from '../../../src/cart/cart.ts';
import { MAX_PRICE } from '../../../src/cart/money.ts';
import { MAX_NAME } from '../../../src/cart/product.ts';
import { cartBytes, MAX_CART_BYTES } from '../../../src/cart/size.ts';
import { cartToRecord } from '../../../src/stores/dynamodb/cart-record.ts';
import { changed, newCart, NOON } from '../../support/carts.ts';
import { openRecords } from '../../support/dynamodb-records.ts';
import { itemSize, MAX_ITEM_SIZE } from '../../support/item-size.ts';

const records = openRecords();

/** As the document client writes it. */
function asAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' || value instanceof NumberValue) return { N: String(value) };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.map(asAttribute) };
  const entries =
    value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value as object);
  return { M: Object.fromEntries(entries.map(([name, entry]) => [name, asAttribute(entry)])) };
}

const trueSize = (cart: Cart) => itemSize(asAttribute(cartToRecord(cart)).M ?? {});

const text = (least: number, most: number) =>
  fc
    .string({ unit: 'binary', minLength: least, maxLength: most })
    .map((value) => value.replaceAll('\0', '0'));
const id = fc.oneof(
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String),
  fc.integer({ min: 1, max: 99 }).map(String),
  fc.stringMatching(/^[a-z|-]{1,128}$/),
);
const attributes = (owner: 'item' | 'cart', maxLength: number) =>
  fc
    .uniqueArray(fc.record({ key: fc.oneof(text(1, 64), fc.constant('__proto__')), value: text(0, 255) }), {
      maxLength,
      selector: ({ key }) => key,
    })
    .map((list) => toAttributes(list, owner, 'attributes'));
const cartItem: fc.Arbitrary<CartItem> = fc
  .record({
    productId: id,
    productName: text(0, 100),
    unitPrice: fc.integer({ min: 0, max: MAX_PRICE }),
    quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
    attributes: attributes('item', 20),
  })
  .map(({ attributes, ...item }) => ({ ...item, ...(attributes && { attributes }) }));
const cart = fc
  .record({
    customerId: fc.option(id, { nil: undefined }),
    currency: fc.constantFrom('JPY', 'USD', 'KWD'),
    items: fc.uniqueArray(cartItem, { maxLength: 30, selector: ({ productId }) => productId }),
    note: fc.option(text(1, 1000), { nil: undefined }),
    attributes: attributes('cart', 50),
    changes: fc.integer({ min: 0, max: 32 }).map((count) => new Uint8Array(28 * count)),
    status: fc.constantFrom('ACTIVE' as const, 'CHECKED_OUT' as const, 'MERGED' as const),
  })
  .map(({ customerId, note, attributes, status, ...others }): Cart => {
    const { expiresAt, ...base } = newCart(NOON);
    return {
      ...base,
      ...others,
      status,
      ...(customerId !== undefined && { customerId }),
      ...(note !== undefined && { note }),
      ...(attributes && { attributes }),
      ...(status === 'CHECKED_OUT' ? { orderId: base.id } : { expiresAt: expiresAt ?? 0 }),
      ...(status === 'MERGED' && { mergedIntoCartId: base.id }),
    };
  });

/** Bytes that the size has for what a cart may not have, beside items; and for each item: a long price and quantity, attributes. */
const SPARE = { cart: 1600, item: 40 };

describe('the size of a cart', () => {
  it('is never less than that of its item, and not much more', () => {
    fc.assert(
      fc.property(cart, (any) => {
        const [counted, real] = [cartBytes(any), trueSize(any)];
        expect(counted).toBeGreaterThanOrEqual(real);
        expect(counted - real).toBeLessThanOrEqual(SPARE.cart + SPARE.item * any.items.length);
      }),
      { numRuns: 500 },
    );
  });

  /** A cart with every fixed part at its longest, whose items have names of `bytes` bytes. */
  function longest(items: number, bytes: number): Cart {
    const list = Array.from({ length: items }, (_, index) => ({
      productId: String(Number.MAX_SAFE_INTEGER - index),
      productName: 'ж'.repeat(bytes / 2),
      unitPrice: MAX_PRICE - 1,
      quantity: MAX_QUANTITY,
    }));
    let full = newCart(NOON, { customerId: 'x'.repeat(128), items: list, version: 2 ** 31 - 100 });
    for (let change = 1; change < 33; change += 1) full = changed(full, NOON);
    return full;
  }

  it('leaves room for 500 items with the longest names', async () => {
    const full = longest(MAX_ITEMS, MAX_NAME.bytes);
    expect(full.changes).toHaveLength(32 * 28);
    expect(cartBytes(full)).toBeLessThan(MAX_CART_BYTES);
    const record = await records.stored(full);
    expect(itemSize(record)).toBeGreaterThan(MAX_ITEMS * MAX_NAME.bytes);
    expect(record['total_amount']).toEqual({ N: '4999499950005' });
    expect(await records.carts.load([full.id])).toEqual([full]);
  });

  it('of a cart of just under 300 KB fits, is put and read', async () => {
    const base = longest(MAX_ITEMS, 300);
    const value = '漢'.repeat(100);
    const items: CartItem[] = base.items.map((item) => ({ ...item }));
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at] as CartItem;
      items[at] = { ...item, attributes: [{ key: 'engraving', value }] };
      if (cartBytes({ ...base, items }) > MAX_CART_BYTES) {
        items[at] = item;
        break;
      }
    }
    const full = { ...base, items };
    expect(cartBytes(full)).toBeGreaterThan(MAX_CART_BYTES - 1000);
    const record = await records.stored(full);
    expect(itemSize(record)).toBeLessThanOrEqual(MAX_CART_BYTES);
    expect(itemSize(record)).toBeLessThan(0.76 * MAX_ITEM_SIZE);
    expect(await records.carts.load([full.id])).toEqual([full]);
  });
});
