import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cartIdFromKey,
  checkIdempotencyKey,
  MAX_ID,
  MAX_IDEMPOTENCY_KEY,
  parseCartId,
  parseNumericId,
} from '../../src/cart/ids.ts';
import { InputError } from '../../src/cart/input-error.ts';

const sample = '0c0e0a00-0000-4000-8000-00000000abcd';

describe('a cart id', () => {
  it('is read in either case and folded to lower case', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(parseCartId(id.toUpperCase(), 'id')).toBe(id);
        expect(parseCartId(id, 'id')).toBe(id);
      }),
    );
  });

  it.each(['', '1', `${sample} `, `{${sample}}`, sample.replaceAll('-', ''), `${sample}\n`, 'g'.repeat(36)])(
    'is not read from %j',
    (text) => {
      expect(() => parseCartId(text, 'input.cartId')).toThrow(InputError);
      expect(() => parseCartId(text, 'input.cartId')).toThrow(/^input\.cartId must be a UUID, but was "/);
    },
  );
});

describe('a customer or product id', () => {
  it('is read over its whole range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_ID }), (id) => {
        expect(parseNumericId(String(id), 'id')).toBe(id);
      }),
      { examples: [[1], [MAX_ID]] },
    );
  });

  it.each([
    '',
    '0',
    '-1',
    '01',
    '1.0',
    '1e3',
    ' 1',
    '1\n',
    '2147483648',
    '9999999999',
    '99999999999',
    'x',
    '١',
  ])('is not read from %j', (text) => {
    expect(() => parseNumericId(text, 'customerId')).toThrow(InputError);
    expect(() => parseNumericId(text, 'customerId')).toThrow(
      /^customerId must be a whole number from 1 to 2147483647, but was /,
    );
  });
});

it('an idempotency key has 1 to 255 characters, all of them whole', () => {
  const check = (key: string) => () => {
    checkIdempotencyKey(key, 'input.idempotencyKey');
  };
  expect(check('k')).not.toThrow();
  expect(check('k'.repeat(MAX_IDEMPOTENCY_KEY))).not.toThrow();
  expect(check('')).toThrow('input.idempotencyKey must have 1 to 255 characters, but was ""');
  expect(check('k'.repeat(256))).toThrow('must have 1 to 255 characters, but was "256 characters"');
  expect(check('🛒')).not.toThrow();
  for (const half of ['\ud800', 'k\udc00', '\udc00\ud800']) {
    expect(check(half)).toThrow('input.idempotencyKey must be well-formed Unicode, but was "');
  }
});

describe('the cart id of an idempotency key', () => {
  const key = fc.string({ minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY });
  const customerId = fc.integer({ min: 1, max: MAX_ID });

  it('is a lower-case UUID of version 8 that customer and key alone determine', () => {
    fc.assert(
      fc.property(customerId, key, (customer, text) => {
        const id = cartIdFromKey(text, customer, 'key');
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(cartIdFromKey(text, customer, 'key')).toBe(id);
      }),
    );
  });

  it('differs with the key and with the customer', () => {
    const ids = [1, 11, undefined].flatMap((customer) =>
      ['0c0e0a00-0000-4000-8000-000000000001', '0c0e0a00-0000-4000-8000-000000000002'].map((text) =>
        cartIdFromKey(text, customer, 'key'),
      ),
    );
    expect(new Set([...ids, cartIdFromKey('1', 1, 'key'), cartIdFromKey('', 11, 'key')]).size).toBe(8);
  });

  it('of a guest needs a UUID, and does not give the key away', () => {
    const text = randomUUID();
    expect(cartIdFromKey(text, undefined, 'key')).not.toBe(text);
    expect(() => cartIdFromKey('my key', undefined, 'idempotencyKey')).toThrow(
      'idempotencyKey must be a UUID when the cart has no customer, but was "my key"',
    );
  });
});
