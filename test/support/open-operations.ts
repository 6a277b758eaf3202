/** The operations on the reference store, with a clock and a catalogue that a test changes at will. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createCartOperations, type ChangeTerms } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import type { Cart } from '../../src/cart/cart.ts';
import type { CustomerId } from '../../src/cart/ids.ts';
import type { Catalog } from '../../src/stores/catalog.ts';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { newCart, NOON, TTL } from './carts.ts';
import { createMemoryCatalog, product } from './memory-catalog.ts';
import { createMemoryCartStore } from './memory-store.ts';

export type OperationsTest = ReturnType<typeof openOperations>;

/**
 * @param wrap puts something between the operations and the reference store
 */
export function openOperations(wrap: (carts: CartStore) => CartStore = (carts) => carts) {
  const products = new Map(
    Array.from({ length: 600 }, (_, index) => [String(index + 1), product(index + 1)]),
  );
  const reference = createMemoryCartStore((): number => test.now);
  const catalog: Catalog = createMemoryCatalog(products);
  const test = {
    now: NOON,
    products,
    catalog,
    /** The store itself, without what `wrap` put before it. */
    reference,
    operations: createCartOperations({
      carts: wrap(reference),
      catalog,
      queue: createCartQueue(),
      clock: (): number => test.now,
      newId: randomUUID,
      newChangeId: () => randomBytes(16),
      jitter: () => 0,
      ttl: TTL,
      currency: 'USD',
    }),
    /** A cart put into the store past anything that `wrap` does. */
    async created(partial: Partial<Cart> = {}): Promise<Cart> {
      const cart = newCart(test.now, partial);
      await reference.commit([{ after: cart }]);
      return cart;
    },
    async stored(id: string): Promise<Cart | undefined> {
      return (await reference.load([id]))[0];
    },
  };
  return test;
}

export const staff: Viewer = { kind: 'staff' };
export const guest: Viewer = { kind: 'guest' };
export const customer = (customerId: CustomerId | number): Viewer => ({
  kind: 'customer',
  customerId: String(customerId),
});

/** Terms without a deadline; staff unless another viewer is named. */
export function terms(partial: Partial<ChangeTerms> = {}): ChangeTerms {
  return { viewer: staff, signal: new AbortController().signal, ...partial };
}

/** The first cart of a change that was made. */
export function madeCart(outcome: ChangeOutcome): Cart {
  expect(outcome.problems).toEqual([]);
  return outcome.carts[0] as Cart;
}

/** The codes of the problems, in their order. */
export function codes(outcome: ChangeOutcome): string[] {
  return outcome.problems.map((problem) => problem.code);
}
