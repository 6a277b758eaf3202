/** Money for people. */
import type { Money } from './types.ts';

const formats = new Map<string, Intl.NumberFormat>();

/**
 * "€1,234.50" or "1.234,50 €": as the locale has it. The amount stays a text to the end, so no digit of it is ever rounded.
 * @param locale of BCP 47; without one that of the browser
 */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  const id = `${locale ?? ''} ${currency}`;
  let format = formats.get(id);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(id, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}
