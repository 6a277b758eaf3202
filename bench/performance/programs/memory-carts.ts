/** The carts of the variants with a store in memory: for each number of items one cart, with a fixed id. */
import { buildCart } from '../data.ts';
import type { Cart } from '../../../src/cart/cart.ts';

export const memoryCartId = (items: number) => `00000000-0000-4000-8000-${String(items).padStart(12, '0')}`;

export const memoryCarts = (): Cart[] =>
  [10, 50, 500].map((items) => ({ ...buildCart(items, items), id: memoryCartId(items) }));
