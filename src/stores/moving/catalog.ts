/**
 * The catalogue while carts move: products are read from the source, and changed in both. What the target has had before the move is
 * for the operator to copy, and to compare before the target is used alone: docs/move.md.
 */
import type { Catalog } from '../catalog.ts';

/**
 * A change goes to the target first, where nobody reads it yet: one that fails there is not made in the source and can be sent again,
 * as can one that fails between the two.
 */
export function createMovingCatalog(source: Catalog, target: Catalog): Catalog {
  return {
    ...source,
    async upsert(products, options) {
      await target.upsert(products, options);
      await source.upsert(products, options);
    },
    async withdraw(ids, options) {
      await target.withdraw(ids, options);
      return source.withdraw(ids, options);
    },
  };
}
