/**
 * Two instances of the service in this process, on one store in memory whose answers take their time and get lost: which of two comes
 * first is drawn too, so a history follows from its name alone.
 */
import { cartIdFromKey, uuidOf } from '../../src/cart/ids.ts';
import { createCartOperations } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { createDice, type Dice } from '../support/dice.ts';
import { NOON, TTL } from '../support/carts.ts';
import {
  conflict,
  deliveredTwice,
  landedUncertain,
  landedUnheard,
  lostUncertain,
  lostUnheard,
  type Interference,
} from '../support/interference.ts';
import { createMemoryCatalog, product } from '../support/memory-catalog.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';
import { askOperations } from './ask-operations.ts';
import type { CartAnswer, CartCall } from './cart-calls.ts';
import { SOLD } from './cart-model.ts';
import type { Call } from './linearizability.ts';
import { play } from './play.ts';

/** Puts a mistake between the service and a store. */
export type Plant = (carts: CartStore, dice: Dice) => CartStore;

const faults: readonly Interference[] = [
  conflict,
  landedUncertain,
  lostUncertain,
  deliveredTwice(),
  landedUnheard(),
  lostUnheard(),
  () => Promise.reject(new Error('The database refuses.')),
];

/** Of six clients at once: six calls each, of which about one in eight meets a fault. */
export async function playSimulated(
  name: string,
  plant: Plant = (carts) => carts,
): Promise<readonly Call<CartCall, CartAnswer>[]> {
  const dice = createDice(`${name} store`);
  const carts = plant(
    unreliable(
      createMemoryCartStore(() => NOON),
      dice,
    ),
    dice,
  );
  const products = new Map(
    Array.from({ length: SOLD }, (_, index) => [String(index + 1), product(index + 1)]),
  );
  let drawn = 0;
  const instances = [0, 1].map(() =>
    createCartOperations({
      carts,
      catalog: createMemoryCatalog(products),
      queue: createCartQueue(),
      clock: () => NOON,
      newId: () => uuidOf(`${name} ${(drawn += 1)}`),
      newChangeId: () => Uint8Array.from(Array.from({ length: 16 }, () => dice.below(256))),
      jitter: () => 0,
      ttl: TTL,
      currency: 'USD',
    }),
  ) as [ReturnType<typeof createCartOperations>, ReturnType<typeof createCartOperations>];
  return play({
    name,
    clients: 6,
    steps: 6,
    instances: 2,
    send(call, instance) {
      const deadline = new AbortController();
      if (dice.chance(0.1))
        void turns(dice.below(150)).then(() => {
          deadline.abort(new Error('The time is over.'));
        });
      return askOperations(instances[instance === 0 ? 0 : 1], call, deadline.signal);
    },
    cartIdOf: (key) => cartIdFromKey(key, undefined, 'key'),
    losesCommits: true,
  });
}

/** Takes its time, and meets a fault now and then. */
export function unreliable(carts: CartStore, dice: Dice): CartStore {
  const wait = () => turns(dice.below(30));
  return {
    ...carts,
    async load(...args) {
      await wait();
      if (dice.chance(0.05)) throw new Error('The database does not answer.');
      const found = await carts.load(...args);
      await wait();
      return found;
    },
    async commit(...args) {
      await wait();
      const commit = () => carts.commit(...args);
      await (dice.chance(0.2) ? dice.pick(faults)(commit, carts, args[0]) : commit());
      await wait();
    },
  };
}

/** Lets others go first, so many times. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}
