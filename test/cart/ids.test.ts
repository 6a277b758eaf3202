import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cartIdFromKey,
  checkIdempotencyKey,
  MAX_IDEMPOTENCY_KEY,
  MAX_NUMBER_ID,
  numberOf,
  parseCartId,
  parseCustomerId,
  parseProductId,
  plainId,
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
  const visible = fc.stringMatching(/^[!-~]{1,128}$/).filter((text) => !/^(0|-\d+)$/.test(text));

  it('is any visible ASCII, as it is; that of a product without ~', () => {
    fc.assert(
      fc.property(visible, (text) => {
        expect(parseCustomerId(text, 'id')).toBe(text);
        const product = text.replaceAll('~', '.');
        expect(parseProductId(product, 'id')).toBe(product);
      }),
      {
        examples: [
          ['auth0|65f1'],
          ['gid://shop/ProductVariant/42'],
          ['SKU-1'],
          ['007'],
          ['00'],
          ['-x'],
          ['1.0'],
        ],
      },
    );
    expect(() => parseProductId('a~b', 'productId')).toThrow(
      'productId must have 1 to 128 visible ASCII characters without ~, but was "a~b"',
    );
  });

  it.each(['', ' ', ' 1', '1\n', 'a b', '١', 'é', '\u200b', 'x'.repeat(129)])(
    'is not read from %j',
    (text) => {
      for (const parse of [parseCustomerId, parseProductId]) {
        expect(() => parse(text, 'customerId')).toThrow(InputError);
        expect(() => parse(text, 'customerId')).toThrow(/^customerId must have 1 to 128 visible ASCII/);
      }
    },
  );

  it.each(['0', '-1', '-007', '-9007199254740993'])('is not %s', (text) => {
    for (const parse of [parseCustomerId, parseProductId]) {
      expect(() => parse(text, 'id')).toThrow(
        `id must be at least 1 where it is a number, but was "${text}"`,
      );
    }
  });

  it('is a number where it is a whole one in its shortest form that JSON tells apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_NUMBER_ID }), (number) => {
        expect(numberOf(String(number))).toBe(number);
        expect(plainId(String(number))).toBe(number);
      }),
      { examples: [[1], [2_147_483_648], [MAX_NUMBER_ID]] },
    );
    for (const text of ['007', '7.0', '1e3', '+7', '9007199254740992', '9'.repeat(17), 'x', '7 ', '٧']) {
      expect(numberOf(text)).toBeUndefined();
      expect(plainId(text)).toBe(text);
    }
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
  const customerId = fc.oneof(
    fc.integer({ min: 1, max: MAX_NUMBER_ID }).map(String),
    fc.stringMatching(/^[!-~]{1,128}$/),
  );

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
    const ids = ['1', '11', 'guest', '01', undefined].flatMap((customer) =>
      ['0c0e0a00-0000-4000-8000-000000000001', '0c0e0a00-0000-4000-8000-000000000002'].map((text) =>
        cartIdFromKey(text, customer, 'key'),
      ),
    );
    expect(new Set([...ids, cartIdFromKey('1', '1', 'key'), cartIdFromKey('', '11', 'key')]).size).toBe(12);
  });

  it('is for numbers and guests what it has been since the first version', () => {
    const key = '0c0e0a00-0000-4000-8000-000000000001';
    const before = (text: string) => {
      const hash = createHash('sha256').update(text).digest();
      hash[6] = (hash.readUInt8(6) & 0x0f) | 0x80;
      hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
      return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    };
    expect(cartIdFromKey(key, undefined, 'key')).toBe(before(`guest\n${key}`));
    expect(cartIdFromKey(key, '5', 'key')).toBe(before(`5\n${key}`));
    expect(cartIdFromKey(key, 'guest', 'key')).toBe(before(`text:guest\n${key}`));
  });

  it('of a guest needs a UUID, and does not give the key away', () => {
    const text = randomUUID();
    expect(cartIdFromKey(text, undefined, 'key')).not.toBe(text);
    expect(() => cartIdFromKey('my key', undefined, 'idempotencyKey')).toThrow(
      'idempotencyKey must be a UUID when the cart has no customer, but was "my key"',
    );
  });
});
