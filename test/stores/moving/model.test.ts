/**
 * A model of the move that is gone through whole: the real moving store, on two stores in memory whose every call is a step, in every
 * order that a few processes can take them, with answers that are lost and commits that arrive late. `npm test` leaves out the largest
 * plays; MOVE_PLAYS=all has them too.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { mistakes } from './planted.ts';
import { scenarios } from './scenarios.ts';

const LARGE = new Set([
  'an answer is lost: two writers and a mover',
  'two answers are lost: two writers in handover',
  'two that make the cart with one key, and an answer is lost',
  'the move goes back: movers of both directions',
  'the move goes back, and an answer is lost',
  'two carts are changed together, and the move is reversed',
  'a change that was decided on before the cart went to and fro',
  'two writers of both phases, a mover and a reader',
  'two writers of both phases, a mover and a reader that follows',
  'two carts are changed together, and a mover',
  'a key, while the move is reversed',
]);

const { stackTraceLimit } = Error;
beforeAll(() => {
  // Nobody reads the stacks of a million conflicts.
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const all = Object.entries(scenarios).filter(
  ([name]) => process.env['MOVE_PLAYS'] === 'all' || !LARGE.has(name),
);

describe('a cart is in one place, and no change is lost or made twice', () => {
  it.each(all)(
    '%s',
    async (_name, scenario) => {
      const { failure, states } = await explore(scenario);
      expect(failure).toBeUndefined();
      // Less would be no interleaving at all.
      expect(states).toBeGreaterThan(100);
    },
    120_000,
  );
});

describe('a mistake is found: ', () => {
  it.each(Object.entries(mistakes))('%s', async (_name, scenario) => {
    const { failure } = await explore(scenario);
    expect(failure).toMatch(
      /^(both stores have|the cart is|a deleted cart|.* has (read|found)|.*: .* is beside)/,
    );
  });
});
