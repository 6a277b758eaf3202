import type { CurrencyCode } from '../../src/cart/money.ts';
import type { Product } from '../../src/cart/product.ts';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';

const made = new Map<CurrencyCode, readonly Product[]>();

/** The first products of the demo catalogue. All 10,000 are made once: that is a fifth of what a test's service takes to open. */
export function demoProducts(currency: CurrencyCode, count: number): Product[] {
  const all = made.get(currency) ?? demoCatalog(currency);
  made.set(currency, all);
  return all.slice(0, count);
}
