/** An item as GraphQL shows it: with its cart's id and currency, which are not kept with it. A cart is shown as it is. */
import { lineTotal, type Cart, type CartItem } from '../cart/cart.ts';
import type { CartId } from '../cart/ids.ts';
import type { Money } from '../cart/money.ts';

type Known = Omit<CartItem, 'unknown'>;

/** Every field of an item is there, undefined where the item has none: one that is not written below does not compile. */
export type CartItemView = {
  readonly [Field in keyof Required<Known>]: Field extends 'unitPrice' ? Money : Known[Field];
} & {
  readonly cartId: CartId;
  readonly lineTotal: Money;
};

/** An item of a cart, field by field: to spread it takes several times as long. */
export function toCartItemView(
  item: CartItem,
  { id, currency }: Pick<Cart, 'id' | 'currency'>,
): CartItemView {
  return {
    cartId: id,
    productId: item.productId,
    attributes: item.attributes,
    productName: item.productName,
    quantity: item.quantity,
    unitPrice: { amount: item.unitPrice, currency },
    lineTotal: { amount: lineTotal(item), currency },
  };
}
