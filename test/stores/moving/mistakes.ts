/** Mistakes that lose or double changes, put between a process of the model and its stores: each must be found. */
import type { Cart } from '../../../src/cart/cart.ts';
import { cartOfMarker, isMarker } from '../../../src/cart/moved.ts';
import type { CartStore, CartWrite } from '../../../src/stores/cart-store.ts';
import type { Scenario, Way } from './explore.ts';

type Mistake = (way: Way) => Way;

/** The play with a mistake that all processes make, or some of them. */
export function planted(scenario: Scenario, mistake: Mistake, ...makers: readonly number[]): Scenario {
  const processes = scenario.processes.map((process, index): Scenario['processes'][number] =>
    makers.length === 0 || makers.includes(index) ? (way, play) => process(mistake(way), play) : process,
  );
  return { ...scenario, processes };
}

/** The copy is made first, and the marker put behind it. */
export const markerAfterCopy: Mistake = (way) => {
  let owed: readonly CartWrite[] | undefined;
  const putOff = (store: CartStore): CartStore => ({
    ...store,
    commit(writes, options) {
      if (!writes.some(({ before, after }) => before && isMarker(after)))
        return store.commit(writes, options);
      owed = writes;
      return Promise.resolve();
    },
  });
  const payBehind = (store: CartStore): CartStore => ({
    ...store,
    async commit(writes, options) {
      await store.commit(writes, options);
      const marker = owed;
      owed = undefined;
      if (marker) await way.source.commit(marker, options);
    },
  });
  return { ...way, source: putOff(way.source), target: payBehind(way.target) };
};

/** Whoever follows does not look into the target. */
export const notFollowing: Mistake = (way) => ({
  ...way,
  target: { ...way.target, load: (ids) => Promise.resolve(ids.map(() => undefined)) },
});

/** Who makes a cart in one store does not close the other to it. */
export const noFence: Mistake = (way) => {
  const without = (store: CartStore): CartStore => ({
    ...store,
    commit: (writes, options) =>
      writes.every(({ after }) => isMarker(after) && !cartOfMarker(after))
        ? Promise.resolve()
        : store.commit(writes, options),
  });
  return { ...way, source: without(way.source), target: without(way.target) };
};

/** Stores have a marker under another version than the program thinks. */
const numbered =
  (versionOf: (marker: Cart) => number): Mistake =>
  (way) => {
    const written = (cart: Cart): Cart => (isMarker(cart) ? { ...cart, version: versionOf(cart) } : cart);
    const through = (store: CartStore): CartStore => ({
      ...store,
      async load(ids, options) {
        const found = await store.load(ids, options);
        return found.map((cart) =>
          cart && isMarker(cart) ? { ...cart, version: -(cart.moves ?? 0) } : cart,
        );
      },
      commit: (writes, options) =>
        store.commit(
          writes.map(({ before, after }) => ({
            ...(before && { before: written(before) }),
            after: written(after),
          })),
          options,
        ),
    });
    return { ...way, source: through(way.source), target: through(way.target) };
  };

/** The marker's version goes on from the cart's. */
export const nextVersion = numbered((marker) => (marker.movedVersion ?? 0) + 1);

/** All markers have one version. */
export const oneVersion = numbered(() => -1);
