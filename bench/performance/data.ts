/** The carts that are read and changed: made by the service's own functions, committed by its stores. */
import { randomBytes, randomUUID } from 'node:crypto';
import { acceptChange, createCart, type Cart } from '../../src/cart/cart.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { addItems } from '../../src/cart/items.ts';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';

const products = demoCatalog('USD');
const TTL = 7 * 86_400_000;

/** A cart with so many items, of products 1 to `items`. */
export function buildCart(items: number, customerId: number): Cart {
  const now = Date.now();
  const some = products.slice(0, items);
  const additions = some.map((product, index) => ({ productId: product.id, quantity: 1 + (index % 5) }));
  const cart = addItems(createCart(randomUUID(), customerId, 'USD', now), additions, some);
  return acceptChange(cart, now, TTL, { id: randomBytes(16), fingerprint: randomBytes(8) });
}

/** Stores so many carts with so many items each and returns their ids. */
export async function storeCarts(store: CartStore, count: number, items: number): Promise<string[]> {
  const carts = Array.from({ length: count }, (_, index) => buildCart(items, 1 + index));
  const CONCURRENT = 16;
  for (let from = 0; from < count; from += CONCURRENT) {
    await Promise.all(carts.slice(from, from + CONCURRENT).map((after) => store.commit([{ after }])));
  }
  return carts.map((cart) => cart.id);
}
