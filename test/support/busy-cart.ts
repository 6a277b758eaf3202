/** A cart whose next commit is held back, so that the changes that come then wait together. */
import type { CartStore, CartWrite } from '../../src/stores/cart-store.ts';
import { item } from './carts.ts';
import { interfere, type Interference } from './interference.ts';
import { openOperations, terms } from './open-operations.ts';

/** All that can happen without a timer has happened. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param list what meets the commits after the one that is held back */
export async function openBusyCart(list: Interference[] = []) {
  const calls = { loads: 0, commits: [] as (readonly CartWrite[])[] };
  const counted = (carts: CartStore): CartStore => ({
    ...carts,
    load(...args) {
      calls.loads += 1;
      return carts.load(...args);
    },
    commit(writes, options) {
      calls.commits.push(writes);
      return carts.commit(writes, options);
    },
  });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const holdBack: Interference = async (commit) => {
    await held;
    await commit();
  };
  const commits = [holdBack, ...list];
  const test = openOperations((carts) => counted(interfere(carts, commits)));
  const cart = await test.created({ items: [item(1)] });
  const first = test.operations.clearCart(cart.id, terms());
  await settled();
  return {
    ...test,
    cart,
    calls,
    /** The change that is held back; it makes version 2, without items. */
    first,
    /** Lets it go, and resolves when the waiting ones have been answered. */
    async releaseFor<Waiting extends readonly unknown[]>(
      ...waiting: Waiting
    ): Promise<{ -readonly [Key in keyof Waiting]: Awaited<Waiting[Key]> }> {
      release();
      await first;
      calls.commits.length = 0;
      calls.loads = 0;
      return Promise.all(waiting);
    },
    release,
  };
}
