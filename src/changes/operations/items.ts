/** Changes of what is in a cart. */
import { updateCart, type CartDetails } from '../../cart/cart.ts';
import type { ItemReference } from '../../cart/find-item.ts';
import { plainId, type CartId } from '../../cart/ids.ts';
import {
  addItems,
  clearItems,
  removeItems,
  replaceItems,
  setQuantities,
  type ItemAddition,
  type ItemQuantity,
} from '../../cart/items.ts';
import type { ChangeOutcome } from '../change.ts';
import {
  changeOne,
  detailsArgs,
  findProductsOf,
  tuples,
  type ChangeTerms,
  type OperationDependencies,
} from './operation.ts';

// eslint-disable-next-line max-lines-per-function -- one operation after the other, each short
export function createItemOperations(deps: OperationDependencies) {
  return {
    async addItems(
      cartId: CartId,
      items: readonly ItemAddition[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const products = findProductsOf(deps, items, terms.signal);
      return changeOne(deps, 'addItems', cartId, { items: tuples(items) }, terms, async (cart) =>
        addItems(cart, items, await products),
      );
    },

    async replaceItems(
      cartId: CartId,
      items: readonly ItemAddition[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const products = findProductsOf(deps, items, terms.signal);
      return changeOne(deps, 'replaceItems', cartId, { items: tuples(items) }, terms, async (cart) =>
        replaceItems(cart, items, await products),
      );
    },

    setQuantities(
      cartId: CartId,
      items: readonly ItemQuantity[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const args = { items: items.map((item) => [nameOf(item), item.quantity]) };
      return changeOne(deps, 'setQuantities', cartId, args, terms, (cart) => setQuantities(cart, items));
    },

    removeItems(cartId: CartId, items: readonly ItemReference[], terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne(deps, 'removeItems', cartId, { productIds: items.map(nameOf) }, terms, (cart) =>
        removeItems(cart, items),
      );
    },

    clearCart(cartId: CartId, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne(deps, 'clearCart', cartId, {}, terms, clearItems);
    },

    /** Note and attributes. */
    updateCart(cartId: CartId, details: CartDetails, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne(deps, 'updateCart', cartId, detailsArgs(details), terms, (cart) =>
        updateCart(cart, details),
      );
    },
  };
}

/** An item as a fingerprint takes it: a product as ever, an item's id in a list of one, which is no product's. */
function nameOf({ itemId, productId }: ItemReference): number | string | [string] {
  return itemId === undefined ? plainId(productId) : [itemId];
}
