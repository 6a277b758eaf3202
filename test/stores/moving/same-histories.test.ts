/**
 * The same random histories, openings among them, on a store in memory and on moves in both directions: the same answers. `npm test`
 * plays a share; MOVE_CHECKS=all more. HISTORY_SEED repeats one; a failure prints it.
 */
import { expect, it } from 'vitest';
import { createMemoryCartStore } from '../../support/memory-store.ts';
import { createDice } from '../../support/dice.ts';
import { createRestlessStore } from '../../support/restless-store.ts';
import { NOON } from '../../support/carts.ts';
import { SIDE_BY_SIDE } from '../history-step.ts';
import { compareHistories } from '../same-history.ts';
import { directions, openMoveBetween } from './engines.ts';

const all = process.env['MOVE_CHECKS'] === 'all';
/** Of 8 histories each; with MOVE_PLAYS=all, as CI has it, more than `npm test` takes. */
const SHARE = process.env['MOVE_PLAYS'] === 'all' ? 8 : 3;
const IN_MEMORY = all ? 100 : SHARE;
const ON_ENGINES = all ? 25 : 1;
/** For how many milliseconds a failing round is made simpler. */
const SHRINKING = 20_000;

const seed = Number(process.env['HISTORY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** What moves when is drawn by the same seed. */
const random = () => createDice(String(seed)).next;

it(`${IN_MEMORY * SIDE_BY_SIDE} histories in memory`, async () => {
  const clock = { now: NOON };
  const now = () => clock.now;
  const [source, target] = [createMemoryCartStore(now), createMemoryCartStore(now)];
  const stores = [
    { name: 'memory', carts: createMemoryCartStore(now) },
    {
      name: 'a move',
      carts: createRestlessStore({ source, target, walk: source, clock: now, random: random() }),
    },
  ];
  const met = new Map<string, number>();
  await compareHistories(stores, clock, { seed, rounds: IN_MEMORY, shrinking: SHRINKING }, met);
  expect(met.get('made')).toBeGreaterThan(100);
}, 600_000);

it.each(directions)(
  `${ON_ENGINES * SIDE_BY_SIDE} histories on a move from %s to %s`,
  async (...direction) => {
    const clock = { now: NOON };
    const now = () => clock.now;
    const move = await openMoveBetween(direction, createRestlessStore, { random: random() })(now);
    const stores = [
      { name: 'memory', carts: createMemoryCartStore(now) },
      { name: 'a move', carts: move.carts },
    ];
    try {
      await compareHistories(stores, clock, { seed, rounds: ON_ENGINES, shrinking: SHRINKING });
    } finally {
      await move.close();
    }
  },
  600_000,
);
