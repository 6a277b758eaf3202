/** A cart as the REST routes show it. */
import type { z } from 'zod';
import { plainId } from '../cart/ids.ts';
import { isoTime } from '../cart/iso-time.ts';
import { itemKey } from '../cart/item-key.ts';
import { itemCount, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import { toJsonNumber } from './json-number.ts';
import type * as shapes from './shapes.ts';

type ShoppingCart = z.output<typeof shapes.ShoppingCart>;

export function toShoppingCart(cart: Cart): ShoppingCart {
  return {
    shopping_cart_id: cart.id,
    customer_id: cart.customerId === undefined ? null : plainId(cart.customerId),
    created_at: isoTime(cart.createdAt),
    updated_at: isoTime(cart.updatedAt),
    item_count: itemCount(cart),
    total_amount: toJsonNumber(totalAmount(cart).amount, cart.currency),
    items: cart.items.map((item) => toShoppingCartItem(cart, item)),
    ...(cart.note !== undefined && { note: cart.note }),
    ...(cart.attributes && { attributes: [...cart.attributes] }),
  };
}

function toShoppingCartItem(cart: Cart, item: CartItem): ShoppingCart['items'][number] {
  const { productId, attributes } = item;
  const id = plainId(productId);
  const shown = {
    id: attributes ? itemKey(item) : id,
    shopping_cart_id: cart.id,
    product_id: id,
    product_name: item.productName,
    product_price: toJsonNumber(item.unitPrice, cart.currency),
    quantity: item.quantity,
  };
  return attributes ? { ...shown, attributes: [...attributes] } : shown;
}
