/** Plays with a mistake planted into them: each must be found. */
import { deleter, LIFE, mover, reader, time, writer, creator } from './actors.ts';
import type { Scenario, World } from './explore.ts';
import { markerAfterCopy, nextVersion, noFence, notFollowing, oneVersion, planted } from './mistakes.ts';
import {
  follow,
  followBack,
  handover,
  inSource,
  nowhere,
  onItsWayAgain,
  scenario,
  SHORT,
} from './scenarios.ts';

/** As a program has it that numbers markers otherwise. */
const onItsWayAgainAs = (version: number) => (world: World) => {
  onItsWayAgain(world);
  for (const carts of [world.source, world.target])
    for (const [id, marker] of carts) carts.set(id, { ...marker, version });
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
