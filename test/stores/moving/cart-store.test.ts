/** The contract of a cart store, kept by two while carts move between them. */
import { createMemoryCartStore } from '../../support/memory-store.ts';
import {
  createRestlessStore,
  createSingleMover,
  RESTLESS_SEED,
  type MoveUnderTest,
} from '../../support/restless-store.ts';
import { testCartStore } from '../cart-store-contract.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';

const inMemory = (make: (move: MoveUnderTest) => CartStore) => (clock: () => number) => {
  const [source, target] = [createMemoryCartStore(clock), createMemoryCartStore(clock)];
  const carts = make({ source, target, walk: source, clock, idsAgain: true });
  return Promise.resolve({ carts, close: () => Promise.resolve() });
};

const ways: Record<string, (move: MoveUnderTest) => CartStore> = {
  follow: (move) => createSingleMover('follow', move),
  handover: (move) => createSingleMover('handover', move),
  [`both phases and a mover (RESTLESS_SEED=${RESTLESS_SEED})`]: createRestlessStore,
};

for (const [name, make] of Object.entries(ways))
  testCartStore(`a move in memory, ${name}`, inMemory(make), { markers: false });
