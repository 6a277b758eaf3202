/** Records that somebody else has written: errors of their own, and no other cart's fault. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { MAX_PRICE } from '../../../src/cart/money.ts';
import { UnreadableCart } from '../../../src/stores/unreadable-record.ts';
import { item, newCart, NOON } from '../../support/carts.ts';
import { openRecords, type CartItemRecord } from '../../support/dynamodb-records.ts';

const records = openRecords();

const N = (number: number | string): AttributeValue => ({ N: String(number) });
const S = (text: string): AttributeValue => ({ S: text });
const ABSENT = undefined;

type Change = Record<string, AttributeValue | undefined>;

const ofCart: [string, Change, string][] = [
  [
    'a version in words',
    { version: S('one') },
    'version must be a whole number from 1 to 2147483647, but was the string "one"',
  ],
  ['half a version', { version: N('1.5') }, 'but was the number 1.5'],
  [
    'version 0',
    { version: N(0) },
    'version must be a whole number from 1 to 2147483647, but was the number 0',
  ],
  ['a version beyond 32 bits', { version: N(2 ** 31) }, 'but was the number 2147483648'],
  ['no currency', { currency: ABSENT }, 'currency must be a string, but is absent'],
  ['no code of a currency', { currency: S('usd') }, 'currency must be within the limits'],
  [
    'a status of its own',
    { status: S('LOST') },
    'status must be one of ACTIVE, CHECKED_OUT, MERGED, DELETED',
  ],
  ['no date', { created_at: S('yesterday') }, 'created_at must be a date and time of ISO 8601'],
  ['a time without milliseconds', { updated_at: S('2026-01-19T22:15:00Z') }, 'updated_at must be'],
  ['a time of another zone', { updated_at: S('2026-01-19T22:15:00.123+01:00') }, 'updated_at must be'],
  ['a day that does not exist', { updated_at: S('2027-02-30T22:15:00.123Z') }, 'updated_at must be'],
  ['the year 10000', { updated_at: S('+010000-01-01T00:00:00.000Z') }, 'updated_at must be'],
  ['a time before 1970', { updated_at: S('1969-12-31T23:59:59.999Z') }, 'updated_at must be'],
  [
    'an update before the creation',
    { updated_at: S('2026-01-19T22:15:00.121Z') },
    'updated_at must be no earlier',
  ],
  [
    'an expiry beyond the year 9999',
    { expiration_time: N('253402300800') },
    'expiration_time must be a whole number',
  ],
  [
    'no expiry',
    { expiration_time: ABSENT },
    'expiration_time must be there in a cart that is ACTIVE, but is absent',
  ],
  [
    'an order that was not checked out',
    { order_id: S(newCart(NOON).id) },
    'order_id must be there if and only if',
  ],
  [
    'a merge of an active cart',
    { merged_into_cart_id: S(newCart(NOON).id) },
    'merged_into_cart_id must be there if',
  ],
  ['an order id that is no UUID', { order_id: S('17') }, 'order_id must be within the limits'],
  [
    'a tombstone with a customer',
    { status: S('DELETED') },
    'customer_id must be absent in a cart that is DELETED',
  ],
  ['a customer 0', { customer_id: N(0) }, 'customer_id must be a whole number from 1 to 9007199254740991'],
  [
    'a number of a text without it',
    { customer_id: N('42535295865117307932921825928971026432') },
    'customer_id must be',
  ],
  ['a text that is no id', { customer_ref: S('a b') }, 'customer_ref must be within the limits'],
  ['a number as text', { customer_ref: S('7') }, 'customer_ref must be a number where it is one'],
  [
    'a text without its number',
    { customer_id: ABSENT, customer_ref: S('auth0|a') },
    'customer_ref must be absent without',
  ],
  [
    'another place in the index',
    { created_at_cart_id: S('2026-01-20#x') },
    'created_at_cart_id must be created_at, #, and',
  ],
  ['changes in words', { changes: S('none') }, 'changes must be binary'],
  [
    'half a change',
    { changes: { B: new Uint8Array(14) } },
    'changes must be binary of 28 bytes for each change',
  ],
  ['33 changes', { changes: { B: new Uint8Array(33 * 28) } }, 'at most 896, but was binary of 924 bytes'],
  ['a note that is too long', { note: S('x'.repeat(1001)) }, 'note must be within the limits'],
  [
    'attributes in a list',
    { attributes: { L: [] } },
    'attributes must be a map of strings, but was a list of 0',
  ],
  [
    'an attribute that is a number',
    { attributes: { M: { a: N(1) } } },
    'attributes must be a map of strings',
  ],
  [
    'a key that is too long',
    { attributes: { M: { ['k'.repeat(65)]: S('') } } },
    'attributes must be within the limits',
  ],
  ['items in a map', { items: { M: {} } }, 'items must be a list, but was a map'],
  ['items in words', { items: { L: [S('two')] } }, 'items must be a list of maps, but was a list of 1'],
];

const ofItem: [string, Change, string][] = [
  [
    'without price',
    { product_price: ABSENT },
    'items[0].product_price must be a price in USD, from 0 to 1000000.00, but is absent',
  ],
  ['with a third fraction digit', { product_price: N('0.125') }, 'but was the number 0.125'],
  ['with a price in words', { product_price: S('1.00') }, 'but was the string "1.00"'],
  ['with a price below 0', { product_price: N('-0.01') }, 'but was the number -0.01'],
  ['with a price beyond the highest', { product_price: N('1000000.01') }, 'but was the number 1000000.01'],
  [
    'with a price of 20 digits',
    { product_price: N('29.990000000000000001') },
    'items[0].product_price must be',
  ],
  ['of which there are none', { quantity: N(0) }, 'items[0].quantity must be a whole number from 1 to 9999'],
  ['of which there are too many', { quantity: N(10_000) }, 'items[0].quantity must be'],
  ['of product 0', { product_id: N(0) }, 'items[0].product_id must be a whole number from 1 to'],
  ['of product 2^53', { product_id: N('9007199254740992') }, 'items[0].product_id must be'],
  ['of a number as text', { product_id: S('7') }, 'items[0].product_id must be a number where it is one'],
  ['of a product with ~', { product_id: S('a~b') }, 'items[0].product_id must be within the limits'],
  [
    'with a name that is too long',
    { product_name: S('ж'.repeat(201)) },
    'items[0].product_name must be within',
  ],
  ['with a U+0000', { product_name: S('a\0b') }, 'items[0].product_name must be within the limits'],
  [
    'with too many attributes',
    { attributes: manyAttributes(21) },
    'items[0].attributes must be within the limits',
  ],
];

function manyAttributes(count: number): AttributeValue {
  return { M: Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, S('v')])) };
}

function changedBy(record: CartItemRecord, change: Change): CartItemRecord {
  const all = Object.entries({ ...record, ...change });
  return Object.fromEntries(all.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined));
}

const lists: [string, (first: CartItemRecord) => CartItemRecord[], string][] = [
  [
    '501 items',
    (first) => Array.from({ length: 501 }, (_, index) => ({ ...first, product_id: N(index + 1) })),
    'items must be a list of at most 500 maps',
  ],
  ['an item twice', (first) => [first, first], 'items must be a list of different items'],
];

const cases: [string, (record: CartItemRecord) => CartItemRecord, string][] = [
  ...ofCart.map(([what, change, message]): (typeof cases)[number] => [
    what,
    (record) => changedBy(record, change),
    message,
  ]),
  ...ofItem.map(([what, change, message]): (typeof cases)[number] => [
    `an item ${what}`,
    (record) => ({ ...record, items: { L: [{ M: changedBy(record['items']?.L?.[0]?.M ?? {}, change) }] } }),
    message,
  ]),
  ...lists.map(([what, list, message]): (typeof cases)[number] => [
    what,
    (record) => ({ ...record, items: { L: list(record['items']?.L?.[0]?.M ?? {}).map((M) => ({ M })) } }),
    message,
  ]),
];

let lastCustomer = 100;

describe('a record that is no cart', () => {
  it.each(cases)('is an error in its own place, and left out of pages: %s', async (_, altered, message) => {
    const customerId = String((lastCustomer += 1));
    const [bad, good] = [1, 2].map((age) =>
      newCart(NOON, { customerId, createdAt: NOON - age, items: [{ ...item(7), unitPrice: MAX_PRICE }] }),
    ) as [ReturnType<typeof newCart>, ReturnType<typeof newCart>];
    await records.carts.commit([{ after: good }]);
    const record = altered(await records.stored(bad));
    await records.put(record);

    const load = records.carts.load([bad.id]);
    await expect(load).rejects.toThrow(UnreadableCart);
    await expect(load).rejects.toThrow(message);
    expect(await records.carts.load([good.id])).toEqual([good]);

    records.reported.length = 0;
    const page = await records.carts.listByCustomer(customerId, { first: 5 });
    expect(page.entries).toEqual([good]);
    const listed = record['customer_id']?.N === customerId && record['expiration_time'] !== undefined;
    if (listed) expect(records.reported).toEqual([expect.stringContaining(message) as string]);
  });

  it('leads pages past places in the index that no cursor can name', async () => {
    const customerId = String((lastCustomer += 1));
    const cart = newCart(NOON, { customerId });
    const record = await records.stored(cart);
    for (const [index, key] of ['zzz', '2026-13-01', '9999-99', '3000-01-01T00:00:00.000Z#x'].entries()) {
      const cart_id = S(`foreign-${customerId}-${index}`);
      await records.put({ ...record, cart_id, created_at_cart_id: S(key) });
    }
    expect(await records.carts.listByCustomer(customerId, { first: 1 })).toEqual({
      entries: [cart],
      hasNextPage: false,
    });
  });
});
