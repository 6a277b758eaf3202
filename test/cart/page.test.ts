import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NUMBER_ID } from '../../src/cart/ids.ts';
import { InputError } from '../../src/cart/input-error.ts';
import {
  cartCursor,
  checkPageSize,
  parseCartCursor,
  parseProductCursor,
  productCursor,
} from '../../src/cart/page.ts';
import { NOON } from '../support/carts.ts';

/** The last millisecond of the year 9999. */
const END_OF_TIME = 253_402_300_799_999;
const productId = fc.oneof(
  fc.integer({ min: 1, max: MAX_NUMBER_ID }).map(String),
  fc.stringMatching(/^[!-}]{1,128}$/).filter((text) => !/^(0|-\d+)$/.test(text)),
);
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it('of a cart comes back, and is opaque', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: END_OF_TIME }), fc.uuid(), (createdAt, id) => {
        const cursor = cartCursor({ createdAt, id });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(parseCartCursor(cursor, 'after')).toEqual({ createdAt, id });
      }),
    );
  });

  it('of a product comes back', () => {
    fc.assert(
      fc.property(productId, (id) => {
        expect(parseProductCursor(productCursor(id), 'after')).toBe(id);
      }),
    );
  });

  it('is the only text for its position', () => {
    const almost = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.stringMatching(/^cart:[0-9]{1,15}:[0-9a-fA-F-]{36}$/).map(encode),
      fc.tuple(fc.nat(), fc.uuid()).map(([at, id]) => encode(`cart:0${at}:${id}`)),
      fc.tuple(fc.nat(), fc.uuid()).map(([at, id]) => encode(`cart:${at}:${id.toUpperCase()}`)),
    );
    fc.assert(
      fc.property(almost, (text) => {
        try {
          expect(cartCursor(parseCartCursor(text, 'after'))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  const id = '0c0e0a00-0000-4000-8000-00000000abcd';
  it.each([
    '',
    'x',
    id,
    encode(`cart:${NOON}`),
    encode(`cart:${NOON}:${id}x`),
    encode(`cart:${NOON}:${'x'.repeat(36)}`),
    encode(`cart:-1:${id}`),
    encode(`cart:${END_OF_TIME + 1}:${id}`),
    encode(`cart:999999999999999:${id}`),
    encode(`cart:0${NOON}:${id}`),
    `${cartCursor({ createdAt: NOON, id })}=`,
    ` ${cartCursor({ createdAt: NOON, id })}`,
    productCursor('7'),
  ])('of a cart is not read from %j', (text) => {
    expect(() => parseCartCursor(text, 'after')).toThrow(InputError);
    expect(() => parseCartCursor(text, 'after')).toThrow(
      /^after must be a cursor that an earlier page returned, but was "/,
    );
  });

  it.each([
    '',
    '7',
    encode('product:0'),
    encode('product:07'),
    encode('product:9007199254740992'),
    encode('product:SKU'),
    encode('text-product:7'),
    encode('text-product:a~b'),
    encode('text-product:'),
    encode('cart:7'),
  ])('of a product is not read from %j', (text) => {
    expect(() => parseProductCursor(text, 'after')).toThrow(InputError);
  });
});

it('a cursor of a numbered product is what it has always been', () => {
  expect(parseProductCursor(encode('product:42'), 'after')).toBe('42');
  expect(productCursor('42')).toBe(encode('product:42'));
});

it('a page has 1 to 100 entries', () => {
  expect([1, 20, 100].map((first) => checkPageSize(first, 'first'))).toEqual([1, 20, 100]);
  for (const first of [0, -1, 101, 1.5, NaN, Infinity]) {
    expect(() => checkPageSize(first, 'first')).toThrow(`first must be from 1 to 100, but was ${first}`);
  }
});
