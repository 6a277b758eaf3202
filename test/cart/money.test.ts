import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { formatAmount, isSupportedCurrency, MAX_PRICE, parseAmount } from '../../src/cart/money.ts';

/** The largest amount that can be read: 13 integer and 2 fraction digits. */
const MOST = 999_999_999_999_999;

describe('an amount', () => {
  it('comes back exactly from its decimal, over the whole range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -MOST, max: MOST }), (amount) => {
        expect(parseAmount(formatAmount(amount), 'total')).toBe(amount);
      }),
      { examples: [[0], [1], [-1], [99], [100], [MOST], [-MOST], [MAX_PRICE]] },
    );
  });

  it('is written as exact integer arithmetic has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST }), (amount) => {
        const [units = '', fraction = ''] = formatAmount(amount).split('.');
        expect(fraction).toHaveLength(2);
        expect(BigInt(units) * 100n + BigInt(fraction)).toBe(BigInt(amount));
      }),
    );
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [2999, '29.99'],
    [-2999, '-29.99'],
    [MAX_PRICE, '1000000.00'],
    [500 * 9999 * MAX_PRICE, '4999500000000.00'],
  ])('of %i minor units is written %s', (amount, text) => {
    expect(formatAmount(amount)).toBe(text);
    expect(parseAmount(text, 'total')).toBe(amount);
  });

  it.each([
    ['29.9', 2990],
    ['29', 2900],
    ['007.10', 710],
    ['-0.00', 0],
    ['0.29', 29],
    ['1.15', 115],
  ])('is read from %s', (text, amount) => {
    expect(parseAmount(text, 'total')).toBe(amount);
  });

  it.each([
    '',
    ' ',
    '.5',
    '5.',
    '1.234',
    '1,50',
    '1 000',
    '+5',
    '--5',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '29.99\n',
    ' 29.99',
    '٣.٥٠',
    '１',
    '10000000000000',
    '1_000',
  ])('is not read from %j', (text) => {
    const read = () => parseAmount(text, 'input.expectedTotal');
    expect(read).toThrow(InputError);
    expect(read).toThrow(
      /^input\.expectedTotal must be a decimal of at most 13 integer and 2 fraction digits/,
    );
  });
});

it.each([
  ['USD', true],
  ['EUR', true],
  ['JPY', false],
  ['KWD', false],
  ['XYZ', false],
  ['usd', false],
  ['', false],
])('currency %j supported: %s', (code, supported) => {
  expect(isSupportedCurrency(code)).toBe(supported);
});
