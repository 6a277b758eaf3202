/** What staff do with the catalogue. Carts are not touched: an item keeps name and price of when it was added. */
import type { ProductId } from '../../cart/ids.ts';
import type { Product } from '../../cart/product.ts';
import { mustBeStaff } from '../../cart/viewer.ts';
import type { Caller, OperationDependencies } from './operation.ts';

export function createCatalogueOperations({ catalog }: OperationDependencies) {
  return {
    /** Adds products or replaces those with the same ids, all or none. @throws InputError for one that breaks the limits */
    async upsertProducts(products: readonly Product[], { viewer, signal }: Caller): Promise<void> {
      mustBeStaff(viewer);
      await catalog.upsert(products, { signal });
    },

    /** Takes products off sale. @returns those that were sold until now, in the order asked for */
    async withdrawProducts(ids: readonly ProductId[], { viewer, signal }: Caller): Promise<ProductId[]> {
      mustBeStaff(viewer);
      return catalog.withdraw(ids, { signal });
    },
  };
}
