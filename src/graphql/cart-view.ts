/** An item as GraphQL shows it: with its cart's id and currency, which are not kept with it. A cart is shown as it is. */
import { lineTotal, type Cart, type CartItem } from '../cart/cart.ts';
import type { Exactly } from '../cart/exactly.ts';
import type { CartId } from '../cart/ids.ts';
import type { Money } from '../cart/money.ts';

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
