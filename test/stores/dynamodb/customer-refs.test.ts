import { describe, expect, it } from 'vitest';
import { deleteCart } from '../../../src/cart/cart.ts';
import { customerKey } from '../../../src/stores/dynamodb/customer-key.ts';
import { changed, newCart, NOON } from '../../support/carts.ts';
import { openRecords } from '../../support/dynamodb-records.ts';

const records = openRecords();

const ALICE = 'auth0|alice';
const BOB = 'auth0|bob';

describe('the number of a customer whose id is a text', () => {
  it('has 38 digits, which DynamoDB keeps, and is nobody’s own number', () => {
    const [least, most] = [2n ** 125n, 2n ** 125n + (2n ** 125n - 1n)];
    expect(String(least)).toHaveLength(38);
    expect(most < 10n ** 38n).toBe(true);
    expect(least > 2n ** 53n).toBe(true);
    for (const text of [ALICE, BOB, '007', '0x7', '9007199254740992', '~', 'x'.repeat(128)]) {
      const number = customerKey(text).toString();
      expect(BigInt(number) >= least && BigInt(number) <= most).toBe(true);
    }
  });

  it('is 2^125 and the first 125 bits of its SHA-256', () => {
    // printf %s abc | sha256sum: ba7816bf8f01cfea414140de5dae2223…
    expect(customerKey('abc').toString()).toBe(String(2n ** 125n + 0xba7816bf8f01cfea414140de5dae2223n / 8n));
    expect(customerKey('7')).toBe(7);
  });

  it('is kept to the last digit, and found through the index', async () => {
    const cart = newCart(NOON, { customerId: ALICE });
    const record = await records.stored(cart);
    expect(record['customer_id']).toEqual({ N: customerKey(ALICE).toString() });
    expect(await records.carts.listByCustomer(ALICE, { first: 5 })).toEqual({
      entries: [cart],
      hasNextPage: false,
    });
    expect(await records.carts.listByCustomer(BOB, { first: 5 })).toEqual({
      entries: [],
      hasNextPage: false,
    });
  });
});

describe('two texts with one number', () => {
  it('never answer for each other', async () => {
    const [first, second] = ['google-oauth2|1', 'google-oauth2|2'];
    const times = [0, 1, 2, 3, 4].map((age) => ({ createdAt: NOON + age, updatedAt: NOON + age }));
    const mine = times.map((time) => newCart(NOON, { ...time, customerId: first }));
    const others = times.map((time) => newCart(NOON, { ...time, customerId: second }));
    for (const cart of mine) await records.carts.commit([{ after: cart }]);
    for (const cart of others) {
      const record = await records.stored(cart);
      await records.put({ ...record, customer_id: { N: customerKey(first).toString() } });
    }
    const walk = async (status?: 'ACTIVE') => {
      const seen = [];
      let after;
      for (let pages = 0; pages < 10; pages += 1) {
        const page = { first: 2, ...(after && { after }), ...(status && { status }) };
        const { entries, hasNextPage, resumeAfter } = await records.carts.listByCustomer(first, page);
        seen.push(...entries);
        if (!hasNextPage) return seen;
        after = resumeAfter ?? entries.at(-1);
      }
      throw new Error('the pages have no end');
    };
    expect(await walk()).toEqual([...mine].reverse());
    expect(await walk('ACTIVE')).toEqual([...mine].reverse());
    expect(await records.carts.load(others.map(({ id }) => id))).toEqual(others);
  });

  it('nor does a text for a number', async () => {
    const record = await records.stored(newCart(NOON, { customerId: BOB }));
    await records.put({ ...record, customer_id: { N: '4711' } });
    expect(await records.carts.listByCustomer('4711', { first: 5 })).toEqual({
      entries: [],
      hasNextPage: false,
    });
  });
});

it('a claim brings both attributes, and a deletion takes both', async () => {
  const guest = newCart(NOON);
  expect(await records.stored(guest)).not.toHaveProperty('customer_ref');
  const claimed = changed(guest, NOON, { customerId: 'auth0|carol' });
  await records.carts.commit([{ before: guest, after: claimed }]);
  expect(await records.read(guest.id)).toMatchObject({ customer_ref: { S: 'auth0|carol' } });
  const tombstone = changed(deleteCart(claimed), NOON);
  await records.carts.commit([{ before: claimed, after: tombstone }]);
  const record = await records.read(guest.id);
  for (const name of ['customer_id', 'customer_ref', 'created_at_cart_id']) {
    expect(record).not.toHaveProperty(name);
  }
  expect(await records.carts.listByCustomer('auth0|carol', { first: 5 })).toMatchObject({ entries: [] });
});
