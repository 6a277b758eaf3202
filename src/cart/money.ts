/**
 * Money as integers. An amount is a whole number of minor units (cents for USD, yen for JPY), so sums are exact: the
 * largest possible cart total, 500 items × 9999 × 100,000,000, is 5 × 10^14 minor units and well below
 * `Number.MAX_SAFE_INTEGER`.
 */
import { fractionDigits, type CurrencyCode } from './currencies.ts';
import { InputError } from './input-error.ts';

export type { CurrencyCode } from './currencies.ts';

/** `amount` is in minor units. */
export interface Money {
  readonly amount: number;
  readonly currency: CurrencyCode;
}

/** Highest price of one product, in minor units: 1,000,000.00 of a currency with hundredths. */
export const MAX_PRICE = 100_000_000;

/** As many integer digits as the largest total has in a currency without fractions. */
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,3}))?$/;

/** `2999` → `"29.99"` in USD, `"2999"` in JPY, `"2.999"` in KWD. */
export function formatAmount(amount: number, currency: CurrencyCode): string {
  const digits = fractionDigits(currency);
  if (digits === 0) return String(amount);
  const scale = 10 ** digits;
  const positive = Math.abs(amount);
  const fraction = positive % scale;
  const units = (positive - fraction) / scale;
  return `${amount < 0 ? '-' : ''}${units}.${String(fraction).padStart(digits, '0')}`;
}

/** Whether a text is a decimal in some currency. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/**
 * `"29.99"`, `"29.9"` and `"29"` → minor units, without floating point.
 * @throws InputError for anything else, and for more fraction digits than the currency has; `argument` is the name it reports
 */
export function parseAmount(text: string, currency: CurrencyCode, argument: string): number {
  const digits = fractionDigits(currency);
  const [, sign, units = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  const amount = Number(units + fraction.padEnd(digits, '0'));
  if (units === '' || fraction.length > digits || !Number.isSafeInteger(amount)) {
    const example = formatAmount(2999, currency);
    throw new InputError(
      argument,
      `must be a decimal of ${currency}: at most ${15 - digits} integer and ${digits} fraction digits, such as "${example}"`,
      text,
    );
  }
  return sign && amount ? -amount : amount;
}
