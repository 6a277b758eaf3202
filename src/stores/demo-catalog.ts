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

/** The prefix before the pictures that the playground serves, such as BASE_PATH; false where there is no playground. */
export type Pictures = string | false;

/**
 * The products with the ids 1 to {@link DEMO_PRODUCTS}, in this order. Each price is the same number of minor units in every
 * currency, 99 to 50,089: 29.99 USD, 2999 JPY, 2.999 KWD, which are prices of small things in most.
 */
export function demoCatalog(currency: CurrencyCode, pictures: Pictures = ''): Product[] {
  return Array.from({ length: DEMO_PRODUCTS }, (_, index) => demoProduct(index + 1, currency, pictures));
}

function demoProduct(id: number, currency: CurrencyCode, pictures: Pictures): Product {
  const mixed = mix(id);
  const kind = pick(kinds, id === 1 ? 0 : id === 50 ? 1 : mixed);
  const name = fixed[id]?.name ?? `${kind.noun} ${pick(series, mixed >>> 8)} ${id}`;
  const brand = pick(brands, mixed >>> 16);
  return {
    id: String(id),
    name,
    // All end in 9.
    price: { amount: fixed[id]?.amount ?? (mixed % 5000) * 10 + 99, currency },
    category: kind.category,
    brand,
    description: `${name} by ${brand}, from the ${kind.category.toLowerCase()} range.`,
    ...(pictures !== false && { imageUrl: pictureOf(kind.noun, id, pictures) }),
  };
}

/** See playground/product-pictures.ts, which draws it. */
function pictureOf(noun: string, id: number, prefix: string): string {
  return `${prefix}/playground/products/${noun.toLowerCase()}-${id}.svg`;
}

/** A well-spread 32-bit number for an id: Knuth's multiplicative hash (TAOCP 3, 6.4), with the high bits folded in. */
function mix(number: number): number {
  const product = Math.imul(number, 2654435761) >>> 0;
  return (product ^ (product >>> 15)) >>> 0;
}

function pick<Entry>(entries: readonly Entry[], at: number): Entry {
  return entries[at % entries.length] as Entry;
}
