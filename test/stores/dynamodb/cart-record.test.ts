import { NumberValue } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ITEMS, MAX_QUANTITY, type Cart } from '../../../src/cart/cart.ts';
import { formatAmount, MAX_PRICE } from '../../../src/cart/money.ts';
import { LATEST } from '../../../src/cart/page.ts';
import { decimal } from '../../../src/stores/dynamodb/attribute-kinds.ts';
import { isoTime } from '../../../src/cart/iso-time.ts';
import { readPrice } from '../../../src/stores/dynamodb/record-reader.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { openRecords } from '../../support/dynamodb-records.ts';

const records = openRecords();

describe('a stored cart', () => {
  it('has exactly the attributes and types of the table’s description', async () => {
    const cart = newCart(NOON, {
      customerId: '7',
      items: [{ productId: '1', productName: 'Widget Alpha', unitPrice: 2999, quantity: 2 }, item(50)],
    });
    expect(await records.stored(cart)).toEqual({
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
    const orderId = newCart(NOON).id;
    const record = await records.stored(newCart(NOON, { status: 'CHECKED_OUT', orderId }));
    expect(record).toMatchObject({ status: { S: 'CHECKED_OUT' }, order_id: { S: orderId } });
    expect(record).not.toHaveProperty('customer_id');
    expect(record).not.toHaveProperty('created_at_cart_id');
    expect(record).not.toHaveProperty('expiration_time');
  });

  it('has note and attributes, ids that are no numbers as text, and such a customer twice', async () => {
    const cart = newCart(NOON, {
      customerId: 'auth0|65f1',
      items: [item('SKU-7', 2, [{ key: 'engraving', value: 'Für Ada' }]), item('007')],
      note: 'Ring twice',
      attributes: [
        { key: 'campaign', value: 'may' },
        { key: 'source', value: '' },
      ],
    });
    const record = await records.stored(cart);
    expect(record).toMatchObject({
      customer_ref: { S: 'auth0|65f1' },
      note: { S: 'Ring twice' },
      attributes: { M: { campaign: { S: 'may' }, source: { S: '' } } },
      items: {
        L: [
          { M: { product_id: { S: 'SKU-7' }, attributes: { M: { engraving: { S: 'Für Ada' } } } } },
          { M: { product_id: { S: '007' } } },
        ],
      },
    });
    expect(record['customer_id']?.N).toMatch(/^[4-8]\d{37}$/);
    expect(await records.carts.load([cart.id])).toEqual([cart]);
  });

  it('keeps numbers up to 2^53 - 1 as numbers', async () => {
    const most = String(Number.MAX_SAFE_INTEGER);
    const cart = newCart(NOON, {
      customerId: most,
      items: [{ ...item(most), unitPrice: 1 }, item('9007199254740992')],
    });
    const record = await records.stored(cart);
    expect(record).toMatchObject({
      customer_id: { N: most },
      items: { L: [{ M: { product_id: { N: most } } }, { M: { product_id: { S: '9007199254740992' } } }] },
    });
    expect(record).not.toHaveProperty('customer_ref');
    expect(await records.carts.load([cart.id])).toEqual([cart]);
  });

  it('keeps attributes with names that JavaScript’s objects have, in their order', async () => {
    const names = ['__proto__', 'constructor', 'toString', '~__proto__', '~~__proto__', '10', '9', 'ж', '😀'];
    const attributes = names.sort().map((key) => ({ key, value: `of ${key}` }));
    const cart = newCart(NOON, { items: [item(1, 1, attributes)], attributes });
    await records.carts.commit([{ after: cart }]);
    expect(await records.carts.load([cart.id])).toEqual([cart]);
    const next = changed(cart, NOON, { note: 'changed' });
    await records.carts.commit([{ before: cart, after: next }]);
    expect(await records.carts.load([cart.id])).toEqual([next]);
  });
});

describe('an older version’s item', () => {
  it('does without what came later', async () => {
    const cart = newCart(NOON, { items: [item(1)] });
    const { schema_version: _schema, changes: _changes, ...record } = await records.stored(cart);
    await records.put(record);
    const { changes: _own, ...rest } = cart;
    expect(await records.carts.load([cart.id])).toEqual([{ ...rest, changes: new Uint8Array(0) }]);
  });
});

describe('money', () => {
  const digits = { JPY: 0, USD: 2, KWD: 3 } as const;
  const currencies = Object.keys(digits) as (keyof typeof digits)[];
  const read = (price: NumberValue, currency: string) =>
    readPrice({ record: { price }, what: 'The test', currency }, 'price');
  /** As DynamoDB gives numbers back: without zeros at the end of the fraction. */
  const short = (number: NumberValue) =>
    NumberValue.from(
      number
        .toString()
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    );

  it.each(currencies)('is exact for all prices up to 100,000 minor units of %s', (currency) => {
    for (let amount = 0; amount <= 100_000; amount += 1) {
      const back = read(decimal(amount, currency), currency);
      if (back !== amount) expect.fail(`${amount} came back as ${back}`);
    }
  });

  it('is exact over the range of prices and totals, as written and as DynamoDB shortens it', () => {
    const price = fc.integer({ min: 0, max: MAX_PRICE });
    const total = fc.integer({ min: 0, max: MAX_ITEMS * MAX_QUANTITY * MAX_PRICE });
    fc.assert(
      fc.property(price, total, fc.constantFrom(...currencies), (amount, sum, currency) => {
        expect(read(decimal(amount, currency), currency)).toBe(amount);
        expect(read(short(decimal(amount, currency)), currency)).toBe(amount);
        const [units = '', fraction = ''] = decimal(sum, currency).toString().split('.');
        expect(fraction).toHaveLength(digits[currency]);
        expect(BigInt(units + fraction)).toBe(BigInt(sum));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(currencies)('is exact through the engine in %s', async (currency) => {
    const prices = fc.sample(fc.integer({ min: 0, max: MAX_PRICE }), { numRuns: 490, seed: 29 });
    const edges = [0, 1, 9, 10, 99, 100, 2999, MAX_PRICE - 1, MAX_PRICE];
    const items = [...edges, ...prices].map((unitPrice, index) => ({ ...item(index + 1), unitPrice }));
    const cart: Cart = newCart(NOON, { currency, items });
    const record = await records.stored(cart);
    const numbers = record['items']?.L?.map((entry) => entry.M?.['product_price']?.N);
    expect(numbers).toEqual(items.map(({ unitPrice }) => String(Number(formatAmount(unitPrice, currency)))));
    expect(await records.carts.load([cart.id])).toEqual([cart]);
  });

  it('is 2999 of JPY, 29.99 of USD and 2.999 of KWD', () => {
    expect(currencies.map((currency) => decimal(2999, currency).toString())).toEqual([
      '2999',
      '29.99',
      '2.999',
    ]);
  });
});

describe('times', () => {
  it('are written as Date writes them', () => {
    const instant = fc.integer({ min: -62_135_596_800_000, max: LATEST });
    fc.assert(
      fc.property(instant, (timestamp) => {
        expect(isoTime(timestamp)).toBe(new Date(timestamp).toISOString());
      }),
      { numRuns: 5000, examples: [[0], [-1], [LATEST], [Date.UTC(2028, 1, 29)]] },
    );
  });
});
