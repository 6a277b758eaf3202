/** A catalogue in memory, whose products a test puts, changes and withdraws. */
import type { Catalog } from '../../src/stores/catalog.ts';
import type { Product } from '../../src/cart/product.ts';
import { numberOf, type ProductId } from '../../src/cart/ids.ts';
import { catalogueKey } from '../../src/stores/catalogue-key.ts';

export function createMemoryCatalog(products: Map<ProductId, Product>): Catalog {
  return {
    findMany: (ids) => Promise.resolve(ids.map((id) => products.get(id))),
    list({ first, after }) {
      const start = after === undefined ? '' : catalogueKey(after);
      const all = [...products.values()]
        .filter(({ id }) => catalogueKey(id) > start)
        .sort((a, b) => (catalogueKey(a.id) < catalogueKey(b.id) ? -1 : 1));
      return Promise.resolve({ entries: all.slice(0, first), hasNextPage: all.length > first });
    },
    upsert(changed) {
      for (const product of changed) products.set(product.id, product);
      return Promise.resolve();
    },
    withdraw: (ids) => Promise.resolve(ids.filter((id) => products.delete(id))),
  };
}

/** A product whose name follows from its id, as does its price (minor units) when none is given: 100, and its number. */
export function product(
  id: ProductId | number,
  price = 100 + ((numberOf(String(id)) ?? 0) % 1_000_000),
  name = `Product ${id}`,
): Product {
  return { id: String(id), name, price: { amount: price, currency: 'USD' } };
}
