import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { fractionDigits, isSupportedCurrency } from '../../src/cart/currencies.ts';
import { formatAmount, isDecimal, MAX_PRICE, parseAmount } from '../../src/cart/money.ts';

/** The largest amount that can be read: 13 integer and 2 fraction digits. */
const MOST = 999_999_999_999_999;

describe('an amount', () => {
  it('comes back exactly from its decimal, over the whole range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -MOST, max: MOST }),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        (amount, currency) => {
          expect(parseAmount(formatAmount(amount, currency), currency, 'total')).toBe(amount);
        },
      ),
      { examples: [0, 1, -1, 99, 100, MOST, -MOST, MAX_PRICE].map((amount) => [amount, 'USD']) },
    );
  });

  it('is written as exact integer arithmetic has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST }), (amount) => {
        const [units = '', fraction = ''] = formatAmount(amount, 'USD').split('.');
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
    expect(formatAmount(amount, 'USD')).toBe(text);
    expect(parseAmount(text, 'USD', 'total')).toBe(amount);
  });

  it.each([
    ['29.9', 2990],
    ['29', 2900],
    ['007.10', 710],
    ['-0.00', 0],
    ['0.29', 29],
    ['1.15', 115],
  ])('is read from %s', (text, amount) => {
    expect(parseAmount(text, 'USD', 'total')).toBe(amount);
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
    '9007199254740993',
    '100000000000000.00',
    '1_000',
  ])('is not read from %j', (text) => {
    const read = () => parseAmount(text, 'USD', 'input.expectedTotal');
    expect(read).toThrow(InputError);
    expect(read).toThrow(
      /^input\.expectedTotal must be a decimal of USD: at most 13 integer and 2 fraction digits, such as "29\.99", but was/,
    );
  });
});

it.each([
  [2999, 'JPY', '2999'],
  [0, 'JPY', '0'],
  [-2999, 'KWD', '-2.999'],
  [5, 'KWD', '0.005'],
  [1250, 'KWD', '1.250'],
  [500 * 9999 * MAX_PRICE, 'JPY', '499950000000000'],
  [500 * 9999 * MAX_PRICE, 'KWD', '499950000000.000'],
])('%i minor units of %s are written %s', (amount, currency, text) => {
  expect(formatAmount(amount, currency)).toBe(text);
  expect(parseAmount(text, currency, 'total')).toBe(amount);
});

it('has no more digits than its currency', () => {
  expect(() => parseAmount('29.99', 'JPY', 'price')).toThrow(
    'price must be a decimal of JPY: at most 15 integer and 0 fraction digits, such as "2999", but was "29.99"',
  );
  expect(() => parseAmount('1.2345', 'KWD', 'price')).toThrow('price must be a decimal of KWD');
  expect(parseAmount('1.2', 'KWD', 'price')).toBe(1200);
  expect(['29.99', '1.250', '7', '-0.5'].every(isDecimal)).toBe(true);
  expect(['', '1,5', '1.2345', '1e3', ' 1'].some(isDecimal)).toBe(false);
});

it('takes digits from ISO 4217, also where Intl has others', () => {
  expect(['HUF', 'IDR', 'JPY', 'IQD', 'ISK', 'UGX'].map(fractionDigits)).toEqual([2, 2, 0, 3, 0, 0]);
});

it.each([
  ['USD', true],
  ['EUR', true],
  ['JPY', true],
  ['KWD', true],
  ['CLF', false],
  ['XAU', false],
  ['XYZ', false],
  ['usd', false],
  ['', false],
])('currency %j supported: %s', (code, supported) => {
  expect(isSupportedCurrency(code)).toBe(supported);
});
