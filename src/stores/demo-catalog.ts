/** A catalogue to try the service with: 10,000 products, the same at every call and on every machine. */
import type { Product } from '../cart/product.ts';
import type { CurrencyCode } from '../cart/money.ts';

/** Ids run from 1 to this. */
export const DEMO_PRODUCTS = 10_000;

const kinds = [
  { noun: 'Widget', category: 'Hardware' },
  { noun: 'Gadget', category: 'Electronics' },
  { noun: 'Kettle', category: 'Kitchen' },
  { noun: 'Lantern', category: 'Outdoor' },
  { noun: 'Notebook', category: 'Stationery' },
  { noun: 'Backpack', category: 'Travel' },
  { noun: 'Keyboard', category: 'Electronics' },
  { noun: 'Teapot', category: 'Kitchen' },
] as const;
const series = [
  'Alpha',
  'Beta',
  'Gamma',
  'Delta',
  'Epsilon',
  'Zeta',
  'Eta',
  'Theta',
  'Iota',
  'Kappa',
] as const;
const brands = ['Northwind', 'Halden', 'Marlow', 'Quill & Co', 'Orrery', 'Tessel'] as const;

/** Two products that examples and tests rely on. */
const fixed: Partial<Record<number, { name: string; amount: number }>> = {
  1: { name: 'Widget Alpha', amount: 2999 },
  50: { name: 'Gadget Beta', amount: 4999 },
};

/** The products with the ids 1 to {@link DEMO_PRODUCTS}, in this order. */
export function demoCatalog(currency: CurrencyCode): Product[] {
  return Array.from({ length: DEMO_PRODUCTS }, (_, index) => demoProduct(index + 1, currency));
}

function demoProduct(number: number, currency: CurrencyCode): Product {
  const mixed = mix(number);
  const kind = pick(kinds, number === 1 ? 0 : number === 50 ? 1 : mixed);
  const name = fixed[number]?.name ?? `${kind.noun} ${pick(series, mixed >>> 8)} ${number}`;
  const brand = pick(brands, mixed >>> 16);
  return {
    id: String(number),
    name,
    // Prices end in 9, from 0.99 to 499.99.
    price: { amount: fixed[number]?.amount ?? (mixed % 5000) * 10 + 99, currency },
    category: kind.category,
    brand,
    description: `${name} by ${brand}, from the ${kind.category.toLowerCase()} range.`,
  };
}

/** A well-spread 32-bit number for an id: Knuth's multiplicative hash (TAOCP 3, 6.4), with the high bits folded in. */
function mix(number: number): number {
  const product = Math.imul(number, 2654435761) >>> 0;
  return (product ^ (product >>> 15)) >>> 0;
}

function pick<Entry>(entries: readonly Entry[], at: number): Entry {
  return entries[at % entries.length] as Entry;
}

/** Loads the demo catalogue, its last product only after all others: where it is, the load was completed. */
export async function seedWith(
  load: (products: readonly Product[]) => Promise<void>,
  currency: CurrencyCode,
): Promise<void> {
  const products = demoCatalog(currency);
  await load(products.slice(0, -1));
  await load(products.slice(-1));
}
