/** Carts made by the service's own functions, and those of the variants with a store in memory. */
import { randomBytes, randomUUID } from 'node:crypto';
import { acceptChange, createCart, type Cart } from '../../../src/cart/cart.ts';
import { addItems } from '../../../src/cart/items.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';

const products = demoCatalog('USD');

/** A cart with so many items, of products 1 to `items`. */
export function buildCart(items: number, customerId: number): Cart {
  const now = Date.now();
  const some = products.slice(0, items);
  const additions = some.map(({ id }, index) => ({ productId: id, quantity: 1 + (index % 5) }));
  const cart = addItems(createCart(randomUUID(), String(customerId), 'USD', now), additions, some);
  return acceptChange(cart, now, 7 * 86_400_000, { id: randomBytes(16), fingerprint: randomBytes(8) });
}

/** For each number of items one cart, with a fixed id. */
export const memoryCartId = (items: number) => `00000000-0000-4000-8000-${String(items).padStart(12, '0')}`;
export const memoryCarts = (): Cart[] =>
  [10, 50, 500].map((items) => ({ ...buildCart(items, items), id: memoryCartId(items) }));
