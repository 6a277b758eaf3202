/** Moving the items of one cart into another. */
import { refuseIfAny } from './cart-error.ts';
import { MAX_QUANTITY, type Cart, type CartItem } from './cart.ts';
import { InputError } from './input-error.ts';
import { identityOf } from './item-key.ts';
import { problemsOfList, tooMany } from './items.ts';

export type MergeStrategy = 'SUM' | 'MAX' | 'KEEP_TARGET' | 'REPLACE';

/** The quantity of an item of which the target has `target` and the source `source`; 0 for a cart without it. */
const mergedQuantity: Record<MergeStrategy, (target: number, source: number) => number> = {
  SUM: (target, source) => target + source,
  MAX: (target, source) => Math.max(target, source),
  KEEP_TARGET: (target, source) => target || source,
  REPLACE: (_target, source) => source,
};

/**
 * The source ends MERGED and empty. It keeps its customer, so that nobody else sees what became of the cart; one without takes
 * the target's, so that its id does not show a customer's cart to whoever knows it. The target's items come first, in their order and with
 * their name and price; then those that only the source had. Each cart keeps its note and its own attributes.
 * @throws CartError QUANTITY_LIMIT_EXCEEDED, ITEM_LIMIT_EXCEEDED
 * @throws InputError when the carts have different currencies
 */
export function mergeCarts(
  source: Cart,
  target: Cart,
  strategy: MergeStrategy,
): { source: Cart; target: Cart } {
  if (source.currency !== target.currency) {
    throw new InputError('sourceCartId', `must be a cart in ${target.currency}`, `one in ${source.currency}`);
  }
  const quantityOf = mergedQuantity[strategy];
  const fromSource = new Map(source.items.map((item) => [identityOf(item), item]));
  const inTarget = new Set(target.items.map(identityOf));
  const items: CartItem[] = [
    ...target.items.map((item) => ({
      ...item,
      quantity: quantityOf(item.quantity, fromSource.get(identityOf(item))?.quantity ?? 0),
    })),
    ...source.items
      .filter((item) => !inTarget.has(identityOf(item)))
      .map((item) => ({ ...item, quantity: quantityOf(0, item.quantity) })),
  ].filter((item) => item.quantity > 0);

  const field = ['sourceCartId'];
  refuseIfAny([
    ...items
      .filter((item) => item.quantity > MAX_QUANTITY)
      .map((item) => tooMany(item.productId, item.quantity, field)),
    ...problemsOfList(items, field),
  ]);

  const customerId = source.customerId ?? target.customerId;
  return {
    source: {
      ...source,
      ...(customerId !== undefined && { customerId }),
      status: 'MERGED',
      items: [],
      mergedIntoCartId: target.id,
    },
    target: { ...target, items },
  };
}
