/** The plays of the model: who takes part, and how the stores are laid out at the beginning. */
import type { Cart } from '../../../src/cart/cart.ts';
import { fenceFor, markerOf } from '../../../src/cart/moved.ts';
import {
  cart,
  checkAlways,
  checkPair,
  creator,
  deleter,
  LIFE,
  mover,
  OTHER,
  pairWriter,
  reader,
  time,
  writer,
  ID,
  type Actor,
} from './actors.ts';
import type { Scenario, World } from './explore.ts';

export const follow = { phase: 'follow' } as const;
export const handover = { phase: 'handover' } as const;
export const followBack = { phase: 'follow', back: true } as const;
const handoverBack = { phase: 'handover', back: true } as const;
const plain = { phase: 'plain' } as const;

export function scenario(begin: (world: World) => void, cuts: number, ...processes: Actor[]): Scenario {
  return { begin, processes, cuts, check: checkAlways, checkEnd: checkAlways };
}

/** Version 1, with the change `x`. */
const first = cart('x');

export const inSource = ({ source }: World) => {
  source.set(ID, first);
};
const inTarget = ({ source, target }: World) => {
  source.set(ID, markerOf(first, 1));
  target.set(ID, { ...first, moves: 1 });
};
const fenced = ({ source }: World) => {
  source.set(ID, fenceFor(first, 1));
};
const shortlyInSource = inSource;
const onItsWay = ({ source }: World) => {
  source.set(ID, markerOf(first, 1));
};
/** Handed over to the target, changed there, back, and just handed over again. */
export const onItsWayAgain = ({ source, target }: World) => {
  target.set(ID, markerOf({ ...first, moves: 1 }, 2));
  source.set(ID, markerOf({ ...first, moves: 2 }, 3));
};
/** A creation that was begun before there was a cart has left its marker behind that cart's hand-over. */
const onItsWayBehindFence = ({ source, target }: World) => {
  source.set(ID, markerOf(first, 1));
  target.set(ID, fenceFor(first, 5));
};
export const nowhere = () => undefined;

const lasting = ({ expiresAt = 0 }: Cart, life: number) => Math.max(expiresAt, life);

const second: Cart = { ...first, id: OTHER };
/** Of two carts one is in each store. */
const apart = ({ source, target }: World) => {
  source.set(ID, first);
  source.set(OTHER, markerOf(second, 1));
  target.set(OTHER, { ...second, moves: 1 });
};
const bothInSource = ({ source }: World) => {
  source.set(ID, first);
  source.set(OTHER, second);
};

function pairScenario(begin: (world: World) => void, cuts: number, ...processes: Actor[]): Scenario {
  return { begin, processes, cuts, check: checkPair, checkEnd: checkPair };
}

/** Milliseconds after which a deleted cart would be gone whose service has a shorter time to live than it had before. */
export const SHORT = 1000;

/** All that must hold; each is gone through whole. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'two writers of both phases, a mover and a reader': scenario(
    inSource,
    0,
    writer(follow, 'a'),
    writer(handover, 'b'),
    mover(),
    reader(handover, 'r'),
  ),
  'two writers of both phases, a mover and a reader that follows': scenario(
    inSource,
    0,
    writer(follow, 'a', 1),
    writer(handover, 'b'),
    mover(),
    reader(follow, 'r'),
  ),
  'an answer is lost: two writers and a mover': scenario(
    inSource,
    1,
    writer(follow, 'a'),
    writer(handover, 'b', 3),
    mover(),
  ),
  'two answers are lost: two writers in handover': scenario(
    inSource,
    2,
    writer(handover, 'a'),
    writer(handover, 'b'),
  ),
  'a store alone beside one that follows': scenario(
    inSource,
    1,
    writer(plain, 'a'),
    writer(follow, 'b'),
    reader(follow, 'r'),
  ),
  'a store alone after the move': scenario(
    inTarget,
    1,
    writer({ phase: 'plain', back: true }, 'a'),
    writer(handover, 'b'),
    reader(handover, 'r'),
  ),
  'a cart on its way: two writers, a mover and a reader': scenario(
    onItsWay,
    0,
    writer(handover, 'a'),
    writer(follow, 'b'),
    mover(),
    reader(follow, 'r'),
  ),
  'a cart on its way, and an answer is lost': scenario(
    onItsWay,
    1,
    writer(handover, 'a'),
    writer(follow, 'b'),
    reader(handover, 'r'),
  ),
  'a cart on its way once more': scenario(
    onItsWayAgain,
    1,
    writer(handover, 'a'),
    writer(handover, 'b'),
    mover(),
  ),
  'a cart on its way, and a marker without a cart where it goes': scenario(
    onItsWayBehindFence,
    0,
    writer(handover, 'a', 3),
    writer(follow, 'b', 3),
    mover(),
  ),
  'two that make the cart with one key, and a mover': scenario(
    nowhere,
    0,
    creator(follow, 'a'),
    creator(handover, 'b'),
    mover({}, 2),
    reader(follow, 'r'),
  ),
  'two that make the cart with one key, and an answer is lost': scenario(
    nowhere,
    1,
    creator(follow, 'a'),
    creator(handover, 'b'),
    reader(handover, 'r'),
  ),
  'a store alone makes the cart with a key, beside one that follows': scenario(
    nowhere,
    1,
    creator(plain, 'a'),
    creator(follow, 'b'),
    reader(follow, 'r'),
  ),
  'a key whose first request has ended half way': scenario(
    fenced,
    1,
    creator(follow, 'a'),
    creator(handover, 'b'),
    reader(follow, 'r'),
  ),
  'the move is reversed: one of each direction, movers and a reader': scenario(
    inTarget,
    0,
    writer(handover, 'a', 3),
    writer(followBack, 'b', 3),
    mover(),
    reader(followBack, 'r'),
  ),
  'the move goes back: movers of both directions': scenario(
    inTarget,
    0,
    writer(followBack, 'a', 3),
    mover({ back: true }),
    mover({}, 2),
    reader(follow, 'r'),
  ),
  'the move goes back, and an answer is lost': scenario(
    inTarget,
    1,
    writer(handoverBack, 'a'),
    writer(followBack, 'b'),
    mover({ back: true }),
  ),
  'a key, while the move is reversed': scenario(
    fenced,
    1,
    creator(handover, 'a'),
    creator(followBack, 'b'),
    reader(followBack, 'r'),
  ),
  'two carts are changed together, of which one was handed over': pairScenario(
    apart,
    1,
    pairWriter(follow, 'a'),
    pairWriter(handover, 'b'),
  ),
  'two carts are changed together, and a mover': pairScenario(
    bothInSource,
    0,
    pairWriter(follow, 'a'),
    pairWriter(handover, 'b'),
    mover(),
  ),
  'a change that was decided on before the cart went to and fro': scenario(
    bothInSource,
    0,
    writer(handover, 'a', 1),
    writer(followBack, 'b', 1),
    pairWriter(followBack, 'c', 1),
    mover(),
  ),
  'two carts are changed together, and the move is reversed': pairScenario(
    apart,
    0,
    pairWriter(handover, 'a'),
    pairWriter(followBack, 'b'),
    mover(),
  ),
  'a deletion is not undone, though the time to live was lowered': scenario(
    shortlyInSource,
    0,
    deleter(handover, (before) => lasting(before, SHORT)),
    time([SHORT, LIFE]),
    mover(),
    reader(handover, 'r'),
  ),
};
