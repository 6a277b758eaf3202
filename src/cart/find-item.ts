/** Finding an item of a cart by what a client calls it. */
import type { CartProblem } from './cart-error.ts';
import type { Cart, CartItem } from './cart.ts';
import type { ProductId } from './ids.ts';
import { itemKey, type ItemId } from './item-key.ts';

/** An item by its id, or by its product where the cart has one item of that. */
export type ItemReference =
  | { readonly itemId: ItemId; readonly productId?: undefined }
  | { readonly productId: ProductId; readonly itemId?: undefined };

/** @param field where an error points */
export function findItem(
  cart: Cart,
  reference: ItemReference,
  field: readonly string[],
): { readonly item: CartItem } | { readonly problem: CartProblem } {
  const { itemId: id, productId } = reference;
  if (id !== undefined) {
    const key = id.startsWith(`${cart.id}:`) ? id.slice(cart.id.length + 1) : undefined;
    const item = key === undefined ? undefined : cart.items.find((item) => itemKey(item) === key);
    if (item) return { item };
    return {
      problem: { code: 'ITEM_NOT_FOUND', itemId: id, message: `Item ${id} is not in the cart.`, field },
    };
  }
  const [item, another] = cart.items.filter((item) => item.productId === productId);
  if (another) {
    const message = `The cart has several items of product ${productId}: name the item by its id.`;
    return { problem: { code: 'ITEM_AMBIGUOUS', productId, message, field } };
  }
  if (item) return { item };
  const message = `Product ${productId} is not in the cart.`;
  return { problem: { code: 'ITEM_NOT_FOUND', productId, message, field } };
}
