/** A catalogue that the clock alone determines, so that every store meets the same prices at the same time. */
import type { Catalog } from '../../src/stores/catalog.ts';
import type { Product } from '../../src/cart/product.ts';
import { numberOf, type ProductId } from '../../src/cart/ids.ts';
import { DAY, NOON } from './carts.ts';
import { createMemoryCatalog } from './memory-catalog.ts';

/** Product 8 is not sold on odd days; of the numbered others every third changes its price daily, and product 5 its name. */
export function createTimedCatalog(clock: () => number): Catalog {
  const today = () => Math.floor((clock() - NOON) / DAY);
  const find = (id: ProductId): Product | undefined => {
    const number = numberOf(id) ?? 0;
    if (number > MOST_PRODUCTS || (number === 8 && today() % 2 === 1)) return undefined;
    const name = number === 5 ? `Product 5 of day ${today()}` : `Product ${id}`;
    return { id, name, price: { amount: 100 + number + (number % 3 === 0 ? today() : 0), currency: 'USD' } };
  };
  return {
    ...createMemoryCatalog(new Map()),
    findMany: (ids) => Promise.resolve(ids.map(find)),
  };
}

/** The products 1 to this one are sold, and all whose ids are no numbers. */
export const MOST_PRODUCTS = 600;
