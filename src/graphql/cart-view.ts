/** A cart and its items as GraphQL shows them, with derived values in place, so that no resolver has to run for each of them. */
import { itemCount, lineTotal, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import type { CurrencyCode, Money } from '../cart/money.ts';

export interface CartView extends Cart {
  readonly itemCount: number;
  readonly totalAmount: Money;
}

/** @param cart undefined where the viewer sees none, and so is the view then */
export function toCartView<Seen extends Cart | undefined>(cart: Seen): CartView | (Seen & undefined);
export function toCartView(cart: Cart | undefined): CartView | undefined {
  return cart && { ...cart, itemCount: itemCount(cart), totalAmount: totalAmount(cart) };
}

export interface CartItemView extends Omit<CartItem, 'unitPrice'> {
  /** The item within its cart: the id of the product. */
  readonly id: number;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
}

export function toCartItemView(item: CartItem, currency: CurrencyCode): CartItemView {
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
