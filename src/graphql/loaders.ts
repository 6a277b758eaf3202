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
  return new LazyLoaders(catalog, signal);
}

/** Most requests need none. A class, as to make an object with an accessor of its own takes a microsecond. */
class LazyLoaders implements Loaders {
  private made: Loaders['products'] | undefined = undefined;

  constructor(
    private readonly catalog: Catalog,
    private readonly signal: Signal,
  ) {}

  get products(): Loaders['products'] {
    const { catalog, signal } = this;
    return (this.made ??= new DataLoader((ids) => catalog.findMany(ids, { signal })));
  }
}
