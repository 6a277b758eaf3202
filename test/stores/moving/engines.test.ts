/** What every store has to do, done by two real ones while carts move between them. A share of it; MOVE_CHECKS=all does all. */
import {
  createRestlessStore,
  createSingleMover,
  RESTLESS_SEED,
  type MoveUnderTest,
} from '../../support/restless-store.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { testCartStore } from '../cart-store-contract.ts';
import { directions, openMoveBetween } from './engines.ts';

const ways: Record<string, (move: MoveUnderTest) => CartStore> = {
  [`both phases and a mover (RESTLESS_SEED=${RESTLESS_SEED})`]: createRestlessStore,
  ...(process.env['MOVE_CHECKS'] === 'all' && {
    follow: (move: MoveUnderTest) => createSingleMover('follow', move),
    handover: (move: MoveUnderTest) => createSingleMover('handover', move),
  }),
};

for (const direction of directions) {
  for (const [way, make] of Object.entries(ways)) {
    const name = `a move from ${direction[0]} to ${direction[1]}, ${way}`;
    testCartStore(name, openMoveBetween(direction, make, { idsAgain: true }), { markers: false });
  }
}
