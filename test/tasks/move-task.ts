/** Two real stores between which carts move, with the steps of the task, for a describe. */
import { afterAll, beforeAll } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { readArguments } from '../../src/tasks/move/arguments.ts';
import type { Circumstances } from '../../src/tasks/move/circumstances.ts';
import { createPace } from '../../src/tasks/move/pace.ts';
import { runMove } from '../../src/tasks/move/run.ts';
import { verifyMove } from '../../src/tasks/move/verify.ts';
import { item, newCart } from '../support/carts.ts';
import { openMoveDatabases, type MoveDatabases, type MoveDirection } from '../support/move-databases.ts';

export function openMoveTask(direction: MoveDirection, now = Date.now()) {
  let databases: MoveDatabases;
  let source: CartStore;
  let target: CartStore;
  beforeAll(async () => {
    databases = await openMoveDatabases(direction);
    ({ carts: source } = databases.move.source);
    ({ carts: target } = databases.move.target);
  });
  afterAll(() => databases.close());

  const around = (more: Partial<Circumstances> = {}): Circumstances => ({
    pace: createPace({ limits: {} }),
    units: databases.units,
    ending: new AbortController().signal,
    persist: (work) => work(),
    out: { write: () => undefined },
    clock: () => performance.now(),
    wait: () => Promise.resolve(),
    ...more,
  });
  const create = async (store: CartStore, partial: Partial<Cart> = {}) => {
    const cart = newCart(now, { items: [item(1, 2), item(7)], ...partial });
    await store.commit([{ after: cart }]);
    return cart;
  };
  const loadFrom = async (store: CartStore, { id }: Cart) =>
    (await store.load([id], { consistent: true, includeExpired: true }))[0];

  return {
    /** Once they are. */
    opened: () => ({ databases, source, target }),
    around,
    run: (...args: string[]) => runMove(databases.move, readArguments(['run', ...args]), around()),
    verify: (...args: string[]) => verifyMove(databases.move, readArguments(['verify', ...args]), around()),
    create,
    loadFrom,
    /** As it is in the target, of a cart that was handed over. */
    async handedOver(partial: Partial<Cart> = {}): Promise<Cart> {
      const cart = await create(source, partial);
      await databases.move.mover.handOver([cart]);
      return (await loadFrom(target, cart)) as Cart;
    },
    /** Takes a cart out of both stores, as far as a store does: it has expired. */
    async forget(cart: Cart): Promise<void> {
      for (const store of [source, target]) {
        const before = await loadFrom(store, cart);
        if (!before) continue;
        const version = before.version + Math.sign(before.version);
        await store.commit([{ before, after: { ...before, version, expiresAt: 1000 } }]);
      }
    },
  };
}
