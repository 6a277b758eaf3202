import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { englishTexts, formatMoney, textOf } from '../../client/src/index.ts';
import { sum, times } from '../../client/src/decimal.ts';

it('has a text for every code that docs/errors.md names', async () => {
  const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const named = new Set(page.match(/`[A-Z]+(_[A-Z]+)+`/g)?.map((code) => code.slice(1, -1)));
  const settings = ['MAX_IN_FLIGHT', 'MAX_RESPONSE_BYTES', 'TRUSTED_DOCUMENTS'];
  const codes = [...named].filter((name) => !settings.includes(name));
  expect(codes.length).toBeGreaterThan(25);
  expect(codes.filter((code) => !Object.hasOwn(englishTexts, code))).toEqual([]);
});

it('takes other texts, and tells of a code it does not know as of a fault', () => {
  const texts = { ...englishTexts, CART_EMPTY: 'Der Warenkorb ist leer.' };
  expect(textOf({ code: 'CART_EMPTY' }, texts)).toBe('Der Warenkorb ist leer.');
  expect(textOf({ code: 'OF_TOMORROW' })).toBe(englishTexts.INTERNAL_SERVER_ERROR);
  expect(textOf({ code: 'constructor' })).toBe(englishTexts.INTERNAL_SERVER_ERROR);
});

it('writes money as a locale has it, without losing a digit', () => {
  expect(formatMoney({ amount: '1234.50', currency: 'EUR' }, 'en')).toBe('€1,234.50');
  expect(formatMoney({ amount: '1980', currency: 'JPY' }, 'en')).toBe('¥1,980');
  expect(formatMoney({ amount: '1.250', currency: 'KWD' }, 'en')).toMatch(/KWD\s1\.250/);
  // Intl knows no fillér and no fils of these: the shopper would be shown another price than the service asks for.
  expect(formatMoney({ amount: '1999.99', currency: 'HUF' }, 'en')).toMatch(/HUF\s1,999\.99/);
  expect(formatMoney({ amount: '1.250', currency: 'IQD' }, 'en')).toMatch(/IQD\s1\.250/);
  // More digits than a number has.
  expect(formatMoney({ amount: '90071992547409931.07', currency: 'USD' }, 'en')).toBe(
    '$90,071,992,547,409,931.07',
  );
});

it('multiplies and adds exactly', () => {
  expect(times('0.07', 3)).toBe('0.21');
  expect(times('1980', 2)).toBe('3960');
  expect(times('1000000.00', 9999)).toBe('9999000000.00');
  expect(sum(['0.10', '0.20'], '0.00')).toBe('0.30');
  expect(sum([], '1.250')).toBe('0.000');
  expect(sum(['0.05', '-0.10'], '0.00')).toBe('-0.05');
});
