/** A cart as the REST routes show it. */
import type { z } from 'zod';
import { itemCount, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
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

/**
 * Minor units as the number that JSON writes with at most two fraction digits. A division is rounded once, to the binary
 * fraction next to the exact decimal; with at most 15 digits, as the largest total has, that prints as the decimal itself.
 */
export function toJsonNumber(amount: number): number {
  return amount / 100;
}
