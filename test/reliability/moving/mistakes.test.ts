/** Mistakes of a move are seen in histories, lists and places too: each is found within a few. */
import { expect, it } from 'vitest';
import { cartOfMarker, isMarker } from '../../../src/cart/moved.ts';
import type { CartStore, CartWrite } from '../../../src/stores/cart-store.ts';
import { cartModel } from '../cart-model.ts';
import { checkHistory } from '../linearizability.ts';
import { playMove } from './simulation.ts';
import type { Plant } from './world.ts';

/** Histories within which each is to be found. */
const WITHIN = 150;

const committing = (store: CartStore, commit: (writes: readonly CartWrite[]) => boolean): CartStore => ({
  ...store,
  commit: (writes, options) => (commit(writes) ? store.commit(writes, options) : Promise.resolve()),
});

const mistakes: Readonly<Record<string, Plant>> = {
  'no marker takes the place of a cart that is copied': {
    stores: (stores) => {
      const without = (store: CartStore) =>
        committing(store, (writes) => !writes.some(({ before, after }) => before && isMarker(after)));
      return [without(stores[0]), without(stores[1])];
    },
  },
  'a task in follow does not follow': {
    stores(stores, { phase, from }) {
      if (phase !== 'follow') return stores;
      const blind = (store: CartStore): CartStore => ({
        ...store,
        load: (ids) => Promise.resolve(ids.map(() => undefined)),
      });
      return from === 0 ? [stores[0], blind(stores[1])] : [blind(stores[0]), stores[1]];
    },
  },
  'who makes a cart with a key leaves no marker': {
    stores: (stores) => {
      const without = (store: CartStore) =>
        committing(store, (writes) => !writes.every(({ after }) => isMarker(after) && !cartOfMarker(after)));
      return [without(stores[0]), without(stores[1])];
    },
  },
  'lists put two pages together': {
    carts: (carts, stores) => ({
      ...carts,
      async listByCustomer(customerId, page) {
        const pages = await Promise.all(
          stores.map((store) => store.listByCustomer(customerId, page, { markers: true })),
        );
        return { entries: pages.flatMap(({ entries }) => entries), hasNextPage: false };
      },
    }),
  },
};

it.each(Object.entries(mistakes))(
  '%s: is found',
  async (_name, plant) => {
    let number = 0;
    for (; number < WITHIN; number += 1) {
      const { calls, problems } = await playMove(`planted ${number}`, plant);
      if (problems.length > 0 || !checkHistory(cartModel, calls).linearizable) break;
    }
    expect(number).toBeLessThan(WITHIN);
  },
  120_000,
);
