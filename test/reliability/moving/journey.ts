/**
 * The way of a shop between two databases, 0 and 1: there, reversed half way, begun again, and the same back. Between two neighbours of the
 * way processes of both run side by side.
 */
export interface Stage {
  readonly phase: 'plain' | 'follow' | 'handover';
  /** The database that carts move out of; the one in use, for `plain`. */
  readonly from: 0 | 1;
}

const plain = (from: 0 | 1): Stage => ({ phase: 'plain', from });
const follow = (from: 0 | 1): Stage => ({ phase: 'follow', from });
const handover = (from: 0 | 1): Stage => ({ phase: 'handover', from });

/** Begins again behind its end. */
export const JOURNEY: readonly Stage[] = [
  ...[plain(0), follow(0), handover(0), follow(1), handover(1), follow(0), handover(0)],
  ...[plain(1), follow(1), handover(1), follow(0), handover(0), follow(1), handover(1)],
];

export function stageAt(index: number): Stage {
  return JOURNEY[index % JOURNEY.length] as Stage;
}

export const nameOf = ({ phase, from }: Stage) => `${phase} ${from}`;

/** Which way carts may be handed over while both stages have processes: that of the one which moves carts, if the other one follows or does so too. */
export function moverBetween(one: Stage, other: Stage): 0 | 1 | undefined {
  const moving = [one, other].find(({ phase }) => phase === 'handover');
  if (!moving || one.phase === 'plain' || other.phase === 'plain') return undefined;
  return moving.from;
}
