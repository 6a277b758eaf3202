/** A catalogue in memory, whose products a test puts, changes and withdraws. */
import type { Catalog } from '../../src/stores/catalog.ts';
import type { Product } from '../../src/cart/product.ts';
import type { ProductId } from '../../src/cart/ids.ts';

export function createMemoryCatalog(products: ReadonlyMap<ProductId, Product>): Catalog {
  return {
    findMany: (ids) => Promise.resolve(ids.map((id) => products.get(id))),
    list({ first, after = 0 }) {
      const all = [...products.values()].filter(({ id }) => id > after).sort((a, b) => a.id - b.id);
      return Promise.resolve({ entries: all.slice(0, first), hasNextPage: all.length > first });
    },
  };
}

/** A product whose name follows from its id, as does its price (minor units) when none is given. */
export function product(id: ProductId, price = 100 + id, name = `Product ${id}`): Product {
  return { id, name, price: { amount: price, currency: 'USD' } };
}
