/** Money for people. */
import type { Money } from './types.ts';

const formats = new Map<string, Intl.NumberFormat>();

/**
 * "€1,234.50" or "1.234,50 €": as the locale has it. The amount stays a text to the end, and is written with as many digits as it
 * has, so none of it is ever rounded: Intl by itself writes HUF and IQD, for instance, with fewer than their minor units have.
 * @param locale of BCP 47; without one that of the browser
 */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const id = `${locale ?? ''} ${currency} ${digits}`;
  let format = formats.get(id);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(id, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}
