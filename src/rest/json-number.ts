import { fractionDigits, type CurrencyCode } from '../cart/currencies.ts';

/**
 * Minor units as the number that JSON writes with as many fraction digits as the currency has. A division is rounded once, to the
 * binary fraction next to the exact decimal; with at most 15 digits, as the largest total has, that prints as the decimal itself.
 */
export function toJsonNumber(amount: number, currency: CurrencyCode): number {
  return amount / 10 ** fractionDigits(currency);
}
