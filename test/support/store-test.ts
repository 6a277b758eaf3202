/** What the contract's parts share: a store opened once, and a clock that each test may move. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import type { CustomerId } from '../../src/cart/ids.ts';
import { VersionConflict, type CartStore, type CartWrite } from '../../src/stores/cart-store.ts';
import { newCart, NOON } from './carts.ts';

export interface OpenedStore {
  readonly carts: CartStore;
  /** Releases the store and whatever it was opened on. */
  close(): Promise<void>;
}

export type OpenStore = (clock: () => number) => Promise<OpenedStore>;

export type StoreTest = ReturnType<typeof openTest>;

/** Opens the store before the first test of the suite; the clock stands at {@link NOON} before each. */
export function openTest(open: OpenStore) {
  let opened: OpenedStore;
  let lastCustomer = 1000;

  const test = {
    now: NOON,
    get carts() {
      return opened.carts;
    },
    async created(partial: Partial<Cart> = {}) {
      const cart = newCart(test.now, partial);
      await test.carts.commit([{ after: cart }]);
      return cart;
    },
    async loaded(id: string) {
      return (await test.carts.load([id], { consistent: true }))[0];
    },
    async refused(writes: readonly CartWrite[]) {
      await expect(test.carts.commit(writes)).rejects.toThrow(VersionConflict);
    },
    /** The id of a customer without carts: a number and text in turn. */
    newCustomer(): CustomerId {
      lastCustomer += 1;
      return lastCustomer % 2 ? String(lastCustomer) : `auth0|${lastCustomer}`;
    },
  };

  beforeAll(async () => {
    opened = await open(() => test.now);
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    test.now = NOON;
  });
  return test;
}
