/** Changes of what is in a cart. */
import type { CartId, ProductId } from '../../cart/ids.ts';
import { addItems, clearItems, removeItems, setQuantities, type ItemQuantity } from '../../cart/items.ts';
import type { ChangeOutcome } from '../change.ts';
import {
  changeOne,
  findProductsOf,
  pairs,
  type ChangeTerms,
  type OperationDependencies,
} from './operation.ts';

export function createItemOperations(deps: OperationDependencies) {
  return {
    async addItems(
      cartId: CartId,
      items: readonly ItemQuantity[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const products = findProductsOf(deps, items, terms.signal);
      return changeOne(deps, 'addItems', cartId, { items: pairs(items) }, terms, async (cart) =>
        addItems(cart, items, await products),
      );
    },

    setQuantities(
      cartId: CartId,
      items: readonly ItemQuantity[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      return changeOne(deps, 'setQuantities', cartId, { items: pairs(items) }, terms, (cart) =>
        setQuantities(cart, items),
      );
    },

    removeItems(
      cartId: CartId,
      productIds: readonly ProductId[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      return changeOne(deps, 'removeItems', cartId, { productIds }, terms, (cart) =>
        removeItems(cart, productIds),
      );
    },

    clearCart(cartId: CartId, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne(deps, 'clearCart', cartId, {}, terms, clearItems);
    },
  };
}
