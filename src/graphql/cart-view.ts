/** A cart and its items as GraphQL shows them, with derived values in place, so that no resolver has to run for each of them. */
import { itemCount, lineTotal, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import type { Exactly } from '../cart/exactly.ts';
import type { CartId } from '../cart/ids.ts';
import type { Money } from '../cart/money.ts';

export interface CartView extends Cart {
  readonly itemCount: number;
  readonly totalAmount: Money;
}

/** @param cart undefined where the viewer sees none, and so is the view then */
export function toCartView<Seen extends Cart | undefined>(cart: Seen): CartView | (Seen & undefined);
export function toCartView(cart: Cart | undefined): CartView | undefined {
  return cart && { ...cart, itemCount: itemCount(cart), totalAmount: totalAmount(cart) };
}

export interface CartItemView extends Omit<CartItem, 'unitPrice' | 'unknown'> {
  readonly cartId: CartId;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
}

/** What a view has of an item, and `unknown`, which it has not. */
type Shown = 'productId' | 'attributes' | 'productName' | 'unitPrice' | 'quantity';

/** An item of a cart, field by field: to spread it takes several times as long. */
export function toCartItemView(
  item: Exactly<CartItem, Shown | 'unknown'>,
  { id, currency }: Pick<Cart, 'id' | 'currency'>,
): CartItemView {
  const { productId, attributes, productName, unitPrice, quantity } = item;
  return {
    cartId: id,
    productId,
    ...(attributes && { attributes }),
    productName,
    quantity,
    unitPrice: { amount: unitPrice, currency },
    lineTotal: { amount: lineTotal(item), currency },
  };
}
