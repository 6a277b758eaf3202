/** Carts to test with. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Attributes } from '../../src/cart/attributes.ts';
import { acceptChange, createCart, type Cart, type CartItem } from '../../src/cart/cart.ts';
import { fingerprintOf } from '../../src/cart/change-log.ts';
import { numberOf, type ProductId } from '../../src/cart/ids.ts';

export const DAY = 86_400_000;
export const TTL = 7 * DAY;
/** 2026-01-19T22:15:00.123Z */
export const NOON = Date.UTC(2026, 0, 19, 22, 15, 0, 123);

/** An item of a product; name and price follow from its id, as those of the memory catalogue's products do. */
export function item(productId: ProductId | number, quantity = 1, attributes?: Attributes): CartItem {
  const id = String(productId);
  const unitPrice = 100 + ((numberOf(id) ?? 0) % 1_000_000);
  return {
    productId: id,
    ...(attributes && { attributes }),
    productName: `Product ${id}`,
    unitPrice,
    quantity,
  };
}

/** A cart as a store first sees it, at version 1. */
export function newCart(now: number, partial: Partial<Cart> = {}): Cart {
  return changed({ ...createCart(randomUUID(), undefined, 'USD', now), ...partial }, now);
}

/** The cart as a change leaves it: next version, later times, one more change remembered. */
export function changed(cart: Cart, now: number, partial: Partial<Cart> = {}): Cart {
  const change = { id: randomBytes(16), fingerprint: fingerprintOf('test', cart.version) };
  return acceptChange({ ...cart, ...partial }, now, TTL, change);
}
