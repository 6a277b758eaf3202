/** The plays of the model: who takes part, and how the stores are laid out at the beginning. */
import type { Cart } from '../../../src/cart/cart.ts';
import { fenceFor, markerOf } from '../../../src/cart/moved.ts';
import {
  cart,
  checkAlways,
  creator,
  deleter,
  LIFE,
  mover,
  reader,
  time,
  writer,
  ID,
  type Actor,
} from './actors.ts';
import type { Scenario, World } from './explore.ts';
import { markerAfterCopy, nextVersion, noFence, notFollowing, oneVersion, planted } from './mistakes.ts';

const follow = { phase: 'follow' } as const;
const handover = { phase: 'handover' } as const;
const followBack = { phase: 'follow', back: true } as const;
const handoverBack = { phase: 'handover', back: true } as const;
const plain = { phase: 'plain' } as const;

function scenario(begin: (world: World) => void, cuts: number, ...processes: Actor[]): Scenario {
  return { begin, processes, cuts, check: checkAlways, checkEnd: checkAlways };
}

/** Version 1, with the change `x`. */
const first = cart('x');

const inSource = ({ source }: World) => {
  source.set(ID, first);
};
const inTarget = ({ source, target }: World) => {
  source.set(ID, markerOf(first, 1));
  target.set(ID, { ...first, moves: 1 });
};
/** As a program has it that numbers markers otherwise. */
const onItsWayAgainAs = (version: number) => (world: World) => {
  onItsWayAgain(world);
  for (const carts of [world.source, world.target])
    for (const [id, marker] of carts) carts.set(id, { ...marker, version });
};
const fenced = ({ source }: World) => {
  source.set(ID, fenceFor(first, 1));
};
const shortlyInSource = inSource;
const onItsWay = ({ source }: World) => {
  source.set(ID, markerOf(first, 1));
};
/** Handed over to the target, changed there, back, and just handed over again. */
const onItsWayAgain = ({ source, target }: World) => {
  target.set(ID, markerOf({ ...first, moves: 1 }, 2));
  source.set(ID, markerOf({ ...first, moves: 2 }, 3));
};
const nowhere = () => undefined;

const lasting = ({ expiresAt = 0 }: Cart, life: number) => Math.max(expiresAt, life);

/** Milliseconds after which a deleted cart would be gone whose service has a shorter time to live than it had before. */
const SHORT = 1000;

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
  'a deletion is not undone, though the time to live was lowered': scenario(
    shortlyInSource,
    0,
    deleter(handover, (before) => lasting(before, SHORT)),
    time([SHORT, LIFE]),
    mover(),
    reader(handover, 'r'),
  ),
};

/** Each is found by the play it is planted in. */
export const mistakes: Readonly<Record<string, Scenario>> = {
  'no marker stands before the copy is made': planted(
    scenario(inSource, 0, writer(follow, 'a'), mover(), reader(handover, 'r')),
    markerAfterCopy,
  ),
  'a task in follow does not follow': planted(
    scenario(inSource, 0, writer(follow, 'a'), writer(handover, 'b')),
    notFollowing,
    0,
  ),
  'who makes a cart with a key leaves no marker in the other store': planted(
    scenario(nowhere, 0, creator(follow, 'a'), creator(handover, 'b')),
    noFence,
  ),
  'a cart comes back from a marker after it expired in the target': scenario(
    inSource,
    0,
    deleter(handover, () => SHORT),
    time([SHORT, LIFE]),
    reader(handover, 'r'),
  ),
  'a marker has the version after the cart’s': planted(
    scenario(onItsWayAgainAs(2), 0, writer(handover, 'a'), mover()),
    nextVersion,
  ),
  'all markers have the same version': planted(
    scenario(
      onItsWayAgainAs(-1),
      0,
      writer(handover, 'a'),
      writer(followBack, 'b'),
      mover(),
      mover({ back: true }),
    ),
    oneVersion,
  ),
};
