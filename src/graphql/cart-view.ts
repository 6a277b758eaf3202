/** A cart as GraphQL shows it, with its derived values in place, so that no resolver has to run for each of its items. */
import { itemCount, lineTotal, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import type { Money } from '../cart/money.ts';

export interface CartItemView extends Omit<CartItem, 'unitPrice'> {
  /** The item within its cart: the id of the product. */
  readonly id: number;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
}

export interface CartView extends Omit<Cart, 'items'> {
  readonly items: readonly CartItemView[];
  readonly itemCount: number;
  readonly totalAmount: Money;
  /** The cart that is shown. */
  readonly cart: Cart;
}

/** @param cart undefined where the viewer sees none, and so is the view then */
export function toCartView<Seen extends Cart | undefined>(cart: Seen): CartView | (Seen & undefined);
export function toCartView(cart: Cart | undefined): CartView | undefined {
  if (!cart) return undefined;
  const { currency } = cart;
  return {
    ...cart,
    items: cart.items.map((item) => toItemView(item, currency)),
    itemCount: itemCount(cart),
    totalAmount: totalAmount(cart),
    cart,
  };
}

function toItemView(item: CartItem, currency: string): CartItemView {
  const { productId, productName, unitPrice, quantity } = item;
  return {
    id: productId,
    productId,
    productName,
    quantity,
    unitPrice: { amount: unitPrice, currency },
    lineTotal: { amount: lineTotal(item), currency },
  };
}
