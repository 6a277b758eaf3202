/** One batch per tick and kind, one cache per request. Changes never read through these; they prime them afterwards. */
import DataLoader from 'dataloader';
import type { Caller, CartOperations } from '../cart/cart-operations.ts';
import type { Cart } from '../cart/cart.ts';
import type { Catalog, Product } from '../cart/catalog.ts';
import type { CartId, ProductId } from '../cart/ids.ts';

export interface Loaders {
  readonly carts: DataLoader<CartId, Cart | undefined>;
  readonly products: DataLoader<ProductId, Product | undefined>;
}

export function createLoaders(
  { operations, catalog }: { operations: CartOperations; catalog: Catalog },
  caller: Caller,
): Loaders {
  let carts: Loaders['carts'] | undefined;
  let products: Loaders['products'] | undefined;
  // Most requests need one of them at most.
  return {
    get carts() {
      return (carts ??= new DataLoader((ids) => operations.findEachCart(ids, caller)));
    },
    get products() {
      return (products ??= new DataLoader((ids) => catalog.findMany(ids, { signal: caller.signal })));
    },
  };
}
