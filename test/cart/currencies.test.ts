import { describe, expect, it } from 'vitest';
import { fractionDigits, isSupportedCurrency } from '../../src/cart/currencies.ts';

/** What Intl has beside ISO 4217's current list, in one version of Node or another. */
const WITHDRAWN = ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL', 'STD', 'MRO', 'VEF', 'BYR', 'LTL', 'LVL'];
/** Units of account, metals and the like, which have no minor unit. */
const WITHOUT_UNIT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');
const FOUR_DIGITS = ['CLF', 'UYW'];
/** Funds, and what is new: Intl has them in no version, or in later ones. */
const NOT_IN_INTL = 'BOV CHE CHW COU MXV USN UYI VED XAD XCG ZWG SLE'.split(' ');
/** Where Intl, which goes by what is in use, has other digits than the minor unit. */
const OTHER_DIGITS =
  'AFN ALL AMD COP CRC GYD HUF IDR IQD IRR KPW LAK LBP LRD MGA MMK MNT MRU MUR PKR RSD SOS STN SYP TZS UZS YER'.split(
    ' ',
  );

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const supported = LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => a + b + c))).filter(
  isSupportedCurrency,
);
const known = new Set(Intl.supportedValuesOf('currency'));

describe('the currencies', () => {
  it('are those of list one with 0, 2 or 3 digits', () => {
    expect(supported).toHaveLength(163);
    const count = (digits: number) => supported.filter((code) => fractionDigits(code) === digits).length;
    expect([0, 2, 3].map(count)).toEqual([17, 139, 7]);
    for (const code of [...WITHDRAWN, ...WITHOUT_UNIT, ...FOUR_DIGITS, 'usd', '', 'US', 'USDX'])
      expect(isSupportedCurrency(code), code).toBe(false);
  });

  it('are those that Intl has, but for deliberate differences', () => {
    const beside = [...known].filter((code) => !isSupportedCurrency(code));
    const explained = [...WITHDRAWN, ...WITHOUT_UNIT, ...FOUR_DIGITS];
    expect(beside.filter((code) => !explained.includes(code))).toEqual([]);
    const missing = supported.filter((code) => !known.has(code));
    expect(missing.filter((code) => !NOT_IN_INTL.includes(code))).toEqual([]);
  });

  it('have the digits that Intl has, but for those whose minor unit is out of use', () => {
    const digitsOf = (currency: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
    const other = supported.filter((code) => known.has(code) && digitsOf(code) !== fractionDigits(code));
    expect(other.filter((code) => !OTHER_DIGITS.includes(code))).toEqual([]);
    // The minor unit decides, and Intl has fewer in each of them.
    for (const code of other) expect(digitsOf(code)).toBeLessThan(fractionDigits(code));
    expect(other).toEqual(expect.arrayContaining(['HUF', 'IDR', 'IQD']));
  });

  it.each([
    ['JPY', 0],
    ['KRW', 0],
    ['UGX', 0],
    ['USD', 2],
    ['HUF', 2],
    ['MGA', 2],
    ['XCG', 2],
    ['KWD', 3],
    ['TND', 3],
    ['IQD', 3],
  ])('%s has %i digits', (code, digits) => {
    expect(fractionDigits(code)).toBe(digits);
  });
});
