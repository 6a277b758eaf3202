import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ITEMS, MAX_QUANTITY, type Cart } from '../../../src/cart/cart.ts';
import { MAX_NAME } from '../../../src/cart/product.ts';
import { formatAmount, MAX_PRICE } from '../../../src/cart/money.ts';
import { decimal } from '../../../src/stores/dynamodb/attributes.ts';
import { cartFromRecord, cartToRecord } from '../../../src/stores/dynamodb/cart-record.ts';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { readAmount, UnreadableItem } from '../../../src/stores/dynamodb/record-reader.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import { itemSize, MAX_ITEM_SIZE } from '../../support/item-size.ts';

let tables: TestTables;
/** Without document client: attribute values as they are. */
let bare: DynamoDBClient;

beforeAll(async () => {
  tables = await createTestTables();
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  bare = new DynamoDBClient({ region: 'local', endpoint: tables.endpoint, credentials });
});
afterAll(async () => {
  bare.destroy();
  await tables.drop();
});

function store() {
  const { client, names } = tables;
  const clock = () => NOON;
  return createDynamoDBCartStore({ client, tableName: names.carts, clock, readConsistency: 'eventual' });
}

async function stored(cart: Cart): Promise<Record<string, AttributeValue>> {
  await store().commit([{ after: cart }]);
  const key = { TableName: tables.names.carts, Key: { cart_id: { S: cart.id } } };
  return (await bare.send(new GetItemCommand(key))).Item ?? {};
}

async function put(record: Record<string, AttributeValue>): Promise<void> {
  await bare.send(new PutItemCommand({ TableName: tables.names.carts, Item: record }));
}

describe('a stored cart', () => {
  it('has exactly the attributes and types of the table’s description', async () => {
    const cart = newCart(NOON, {
      customerId: 7,
      items: [{ productId: 1, productName: 'Widget Alpha', unitPrice: 2999, quantity: 2 }, item(50)],
    });
    expect(await stored(cart)).toEqual({
      cart_id: { S: cart.id },
      customer_id: { N: '7' },
      created_at_cart_id: { S: `2026-01-19T22:15:00.123Z#${cart.id}` },
      status: { S: 'ACTIVE' },
      currency: { S: 'USD' },
      version: { N: '1' },
      items: {
        L: [
          {
            M: {
              product_id: { N: '1' },
              quantity: { N: '2' },
              product_name: { S: 'Widget Alpha' },
              product_price: { N: '29.99' },
            },
          },
          {
            M: {
              product_id: { N: '50' },
              quantity: { N: '1' },
              product_name: { S: 'Product 50' },
              product_price: { N: '1.5' },
            },
          },
        ],
      },
      item_count: { N: '3' },
      total_amount: { N: '61.48' },
      created_at: { S: '2026-01-19T22:15:00.123Z' },
      updated_at: { S: '2026-01-19T22:15:00.123Z' },
      expiration_time: { N: String(Date.UTC(2026, 0, 26, 22, 15) / 1000) },
      changes: { B: cart.changes },
      schema_version: { N: '1' },
    });
  });

  it('has neither customer nor sort key of the index for a guest, nor expiry once checked out', async () => {
    const record = await stored(newCart(NOON, { status: 'CHECKED_OUT', orderId: 'an order' }));
    expect(record).toMatchObject({ status: { S: 'CHECKED_OUT' }, order_id: { S: 'an order' } });
    expect(record).not.toHaveProperty('customer_id');
    expect(record).not.toHaveProperty('created_at_cart_id');
    expect(record).not.toHaveProperty('expiration_time');
  });

  it('fits into an item with 500 items, the longest names, the highest prices and 32 changes', async () => {
    const items = Array.from({ length: MAX_ITEMS }, (_, index) => ({
      productId: 2_147_483_647 - index,
      // 200 characters of two bytes: the most bytes a name may have.
      productName: 'ж'.repeat(MAX_NAME.bytes / 2),
      unitPrice: MAX_PRICE - 1,
      quantity: MAX_QUANTITY,
    }));
    let cart = newCart(NOON, { customerId: 2_147_483_647, items, mergedIntoCartId: newCart(NOON).id });
    for (let version = 1; version < 33; version += 1) cart = changed(cart, NOON);
    expect(cart.changes).toHaveLength(32 * 28);
    const record = await stored(cart);
    const size = itemSize(record);
    expect(size).toBeGreaterThan(MAX_ITEMS * MAX_NAME.bytes);
    expect(size).toBeLessThan(0.65 * MAX_ITEM_SIZE);
    expect(record['total_amount']).toEqual({ N: '4999499950005' });
    expect(await store().load([cart.id])).toEqual([cart]);
  });
});

describe('money', () => {
  const readPrice = (price: NumberValue) => readAmount({ record: { price }, what: 'The test' }, 'price');
  /** To the client's wire format and back. */
  const roundTrip = (amount: number) => {
    const { N } = decimal(amount).toAttributeValue();
    return readPrice(NumberValue.from(N));
  };
  /** As DynamoDB gives numbers back: without zeros at the end of the fraction. */
  const trimmed = (text: string) => text.replace(/\.?0+$/, '');

  it('is exact for every cent up to 1,000', () => {
    for (let amount = 0; amount <= 100_000; amount += 1) {
      if (roundTrip(amount) !== amount) expect.fail(`${amount} came back as ${roundTrip(amount)}`);
    }
  });

  it('is exact over the range of prices and totals, as written and as DynamoDB shortens it', () => {
    const price = fc.integer({ min: 0, max: MAX_PRICE });
    const total = fc.integer({ min: 0, max: MAX_ITEMS * MAX_QUANTITY * MAX_PRICE });
    fc.assert(
      fc.property(fc.oneof(price, total), (amount) => {
        expect(roundTrip(amount)).toBe(amount);
        const [units = '', cents = ''] = decimal(amount).toString().split('.');
        expect(BigInt(units) * 100n + BigInt(cents)).toBe(BigInt(amount));
        const short = NumberValue.from(cents === '00' ? units : `${units}.${trimmed(cents)}`);
        expect(readPrice(short)).toBe(amount);
      }),
      { numRuns: 5000 },
    );
  });

  it('is exact through the engine', async () => {
    const prices = fc.sample(fc.integer({ min: 0, max: MAX_PRICE }), { numRuns: 490, seed: 29 });
    const edges = [0, 1, 9, 10, 99, 100, 2999, MAX_PRICE - 1, MAX_PRICE];
    const items = [...edges, ...prices].map((unitPrice, index) => ({ ...item(index + 1), unitPrice }));
    const cart = newCart(NOON, { items });
    const record = await stored(cart);
    const numbers = record['items']?.L?.map((entry) => entry.M?.['product_price']?.N);
    expect(numbers).toEqual(items.map(({ unitPrice }) => String(Number(formatAmount(unitPrice)))));
    expect(await store().load([cart.id])).toEqual([cart]);
  });
});

describe('an item of another version', () => {
  it('newer: what is unknown is ignored, and the cart can be changed', async () => {
    const cart = newCart(NOON, { customerId: 3, items: [item(1)] });
    const record = await stored(cart);
    const [first] = record['items']?.L ?? [];
    await put({
      ...record,
      schema_version: { N: '2' },
      gift_wrapping: { M: { paper: { S: 'blue' }, layers: { N: '1.5' }, tags: { SS: ['a'] } } },
      items: { L: [{ M: { ...first?.M, note: { NULL: true } } }] },
    });
    expect(await store().load([cart.id])).toEqual([cart]);
    const next = changed(cart, NOON, { items: [item(1, 2)] });
    await store().commit([{ before: cart, after: next }]);
    expect(await store().load([cart.id])).toEqual([next]);
  });

  it('older: what came later is done without', async () => {
    const cart = newCart(NOON, { items: [item(1)] });
    const { schema_version: _schema, changes: _changes, ...record } = await stored(cart);
    await put(record);
    const { changes: _own, ...rest } = cart;
    expect(await store().load([cart.id])).toEqual([{ ...rest, changes: new Uint8Array(0) }]);
  });
});

describe('an item that is no cart', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a version in words',
      { version: 'one' },
      'version must be a whole number from 0 on, but was the string "one"',
    ],
    [
      'half a version',
      { version: NumberValue.from('1.5') },
      'version must be a whole number from 0 on, but was the number 1.5',
    ],
    ['no currency', { currency: undefined }, 'currency must be a string, but is absent'],
    [
      'a status of its own',
      { status: 'LOST' },
      'status must be one of ACTIVE, CHECKED_OUT, MERGED, DELETED, but was the string "LOST"',
    ],
    [
      'no date',
      { created_at: 'yesterday' },
      'created_at must be a date and time of ISO 8601, but was the string "yesterday"',
    ],
    ['items in a map', { items: { a: 1 } }, 'items must be a list, but was of type object'],
    ['items in words', { items: ['two'] }, 'items must be a list of maps, but was a list'],
    ['changes in words', { changes: 'none' }, 'changes must be binary, but was the string "none"'],
    [
      'an item without price',
      { items: [{ product_id: NumberValue.from(1), product_name: 'x' }] },
      'items[0].product_price must be a number from 0 on with at most two fraction digits, but is absent',
    ],
    [
      'a third fraction digit',
      {
        items: [
          { product_id: NumberValue.from(1), product_name: 'x', product_price: NumberValue.from('0.125') },
        ],
      },
      'items[0].product_price must be a number from 0 on with at most two fraction digits, but was the number 0.125',
    ],
  ])('is refused with a clear error: %s', (_, partial, message) => {
    const cart = newCart(NOON);
    const record = numbersWrapped({ ...cartToRecord(cart) });
    expect(cartFromRecord(record)).toEqual(cart);
    const read = () => cartFromRecord({ ...record, ...partial });
    expect(read).toThrow(UnreadableItem);
    expect(read).toThrow(`The cart ${cart.id} cannot be read: ${message}`);
  });
});

/** As the client returns numbers. */
function numbersWrapped(record: Record<string, unknown>): Record<string, unknown> {
  const wrap = (value: unknown) => (typeof value === 'number' ? NumberValue.from(value) : value);
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, wrap(value)]));
}
