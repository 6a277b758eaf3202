/**
 * Money as integers. An amount is a whole number of minor units (cents for USD), so sums are exact: the
 * largest possible cart total, 500 products × 9999 × 1,000,000.00, is 5 × 10^14 minor units and well below
 * `Number.MAX_SAFE_INTEGER`.
 */
import { InputError } from './input-error.ts';

/** An ISO 4217 code of a currency with two fraction digits. */
export type CurrencyCode = string;

/** `amount` is in minor units. */
export interface Money {
  readonly amount: number;
  readonly currency: CurrencyCode;
}

/** Highest price of one product, in minor units: 1,000,000.00. */
export const MAX_PRICE = 100_000_000;

const DECIMAL = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/** `2999` → `"29.99"`. */
export function formatAmount(amount: number): string {
  const positive = Math.abs(amount);
  const fraction = positive % 100;
  const units = (positive - fraction) / 100;
  return `${amount < 0 ? '-' : ''}${units}.${fraction < 10 ? '0' : ''}${fraction}`;
}

/**
 * `"29.99"`, `"29.9"` and `"29"` → minor units, without floating point.
 * @throws InputError for anything else; `argument` is the name it reports.
 */
export function parseAmount(text: string, argument: string): number {
  const match = DECIMAL.exec(text);
  if (!match) {
    throw new InputError(
      argument,
      `must be a decimal of at most 13 integer and 2 fraction digits, such as "29.99"`,
      text,
    );
  }
  const [, sign, units = '', fraction = ''] = match;
  const amount = Number(units + fraction.padEnd(2, '0'));
  return sign && amount ? -amount : amount;
}

/** Whether `code` is a currency this service can keep: known to ISO 4217 and divided into hundredths. */
export function isSupportedCurrency(code: string): boolean {
  if (!Intl.supportedValuesOf('currency').includes(code)) return false;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  return format.resolvedOptions().maximumFractionDigits === 2;
}
