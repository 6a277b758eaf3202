/** The products that one request asks for: each once, and all that it asks for at one moment together. */
import DataLoader from 'dataloader';
import type { Signal } from '../waiting/abortable.ts';
import type { Catalog } from '../stores/catalog.ts';
import type { Product } from '../cart/product.ts';
import type { ProductId } from '../cart/ids.ts';

export interface Loaders {
  readonly products: DataLoader<ProductId, Product | undefined>;
}

export function createLoaders(catalog: Catalog, signal: Signal): Loaders {
  let products: Loaders['products'] | undefined;
  // Most requests need none.
  return {
    get products() {
      return (products ??= new DataLoader((ids) => catalog.findMany(ids, { signal })));
    },
  };
}
