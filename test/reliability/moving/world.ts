/** What a simulated move moves: two stores in memory, as the instances of a service see them. */
import type { Cart } from '../../../src/cart/cart.ts';
import { liveCart } from '../../../src/cart/moved.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import type { CartWalk } from '../../../src/stores/cart-walk.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { NOON } from '../../support/carts.ts';
import type { Dice } from '../../support/dice.ts';
import { createMemoryCartStore } from '../../support/memory-store.ts';
import { unreliable } from '../simulation.ts';
import type { Stage } from './journey.ts';

/** Puts a mistake between the service, or the mover, and what it stands on. */
export interface Plant {
  /** Of the stores, as everybody sees them who takes part in the move. */
  readonly stores?: (
    stores: readonly [CartStore, CartStore],
    stage: Stage,
  ) => readonly [CartStore, CartStore];
  /** Of the two as one. */
  readonly carts?: (carts: CartStore, stores: readonly [CartStore, CartStore]) => CartStore;
}

type WalkedMemory = CartStore & CartWalk;

export function openWorld(dice: Dice, { stores: plantStores, carts: plantCarts }: Plant) {
  const clock = () => NOON;
  const records = [new Map<string, Cart>(), new Map<string, Cart>()] as const;
  const raw = records.map((one) => createMemoryCartStore(clock, one)) as [WalkedMemory, WalkedMemory];
  const world = {
    isReliable: false,
    raw,
    /** The stores of one process, and how many of its calls are under way. */
    open(stage: Stage) {
      const way = { running: 0 };
      const count = async <Result>(work: () => Promise<Result>): Promise<Result> => {
        way.running += 1;
        try {
          return await work();
        } finally {
          way.running -= 1;
        }
      };
      const wayTo = (store: WalkedMemory): CartStore => {
        const faulty = unreliable(store, dice);
        const now = () => (world.isReliable ? store : faulty);
        return {
          ...store,
          load: (...args) => count(() => now().load(...args)),
          commit: (...args) => count(() => now().commit(...args)),
          listByCustomer: (...args) => count(() => now().listByCustomer(...args)),
        };
      };
      const both = raw.map(wayTo) as [CartStore, CartStore];
      const pair = plantStores ? plantStores(both, stage) : both;
      return { way, source: pair[stage.from], target: pair[stage.from === 0 ? 1 : 0] };
    },
    cartsOf(stage: Stage) {
      const { way, source, target } = world.open(stage);
      const { phase } = stage;
      if (phase === 'plain') return { way, carts: source };
      const carts = createMovingCartStore({ source, target, phase, clock });
      return { way, carts: plantCarts ? plantCarts(carts, [source, target]) : carts };
    },
    twice: () =>
      [...records[0].values()].flatMap((one) =>
        liveCart(one, NOON) && liveCart(records[1].get(one.id), NOON) ? [`both stores have ${one.id}`] : [],
      ),
  };
  return world;
}

export type World = ReturnType<typeof openWorld>;
