/** A cart as the REST routes show it. */
import type { z } from 'zod';
import { itemCount, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import { toJsonNumber } from './json-number.ts';
import type * as shapes from './shapes.ts';

type ShoppingCart = z.output<typeof shapes.ShoppingCart>;

export function toShoppingCart(cart: Cart): ShoppingCart {
  return {
    shopping_cart_id: cart.id,
    customer_id: cart.customerId ?? null,
    created_at: new Date(cart.createdAt).toISOString(),
    updated_at: new Date(cart.updatedAt).toISOString(),
    item_count: itemCount(cart),
    total_amount: toJsonNumber(totalAmount(cart).amount),
    items: cart.items.map((item) => toShoppingCartItem(cart, item)),
  };
}

function toShoppingCartItem(cart: Cart, item: CartItem): ShoppingCart['items'][number] {
  return {
    id: item.productId,
    shopping_cart_id: cart.id,
    product_id: item.productId,
    product_name: item.productName,
    product_price: toJsonNumber(item.unitPrice),
    quantity: item.quantity,
  };
}
