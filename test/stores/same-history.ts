/** One behaviour: the same random histories, sent to several stores, get the same answers from all of them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CartProblemCode } from '../../src/cart/cart-error.ts';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import { NOON } from '../support/carts.ts';
import { openHistory, type ComparedStore } from './history.ts';
import { moved, round, SIDE_BY_SIDE, STEPS, type Round } from './history-step.ts';

/**
 * Rounds of 8 histories of 30 steps: `npm test` plays a share, CI and each run of scripts/long-checks.sh HISTORY_ROUNDS=25. The shards
 * are played at the same time, each on stores and by a clock of its own: one alone waits for its engines half of the time.
 */
const ROUNDS = Number(process.env['HISTORY_ROUNDS'] ?? 3);
const SHARDS = 3;
/** Once more as many, while a kind of answer has not been met, which few histories may leave out: until there have been so many. */
const MOST_ROUNDS = Math.max(72, ROUNDS);
/** For how many milliseconds a failing round is made simpler. */
const SHRINKING = 20_000;

/**
 * Opens the stores to compare, all of which ask the given clock for the time and none of which removes expired carts
 * by itself. Carts and customers of other tests must not be in them.
 */
export type OpenAll = (clock: () => number) => Promise<readonly ComparedStore[]>;

/** The seed is printed; HISTORY_SEED repeats it. Each shard has the next one: that of a failure, given again, is the first shard's. */
export function testSameHistories(name: string, openAll: OpenAll): void {
  describe(`the same histories: ${name}`, () => {
    const shards = Array.from({ length: SHARDS }, (_, index) => ({
      rounds: Math.ceil((ROUNDS - index) / SHARDS),
      clock: { now: NOON },
      stores: [] as readonly ComparedStore[],
    }));
    beforeAll(async () => {
      for (const shard of shards) shard.stores = await openAll(() => shard.clock.now);
    });
    afterAll(async () => {
      for (const { close } of shards.flatMap(({ stores }) => stores)) await close?.();
    });

    it(`${ROUNDS * SIDE_BY_SIDE} histories of ${STEPS} steps get the same answers`, async () => {
      const first = Number(process.env['HISTORY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      const met = new Map<string, number>();
      const missing = () => Object.keys(everyAnswer).filter((kind) => !met.has(kind));
      for (let turn = 0; turn === 0 || (missing().length > 0 && turn * ROUNDS < MOST_ROUNDS); turn += 1) {
        const played = shards.map(({ rounds, clock, stores }, index) => {
          const how = {
            seed: first + turn * SHARDS + index,
            rounds,
            before: turn * rounds,
            shrinking: SHRINKING,
          };
          return compareHistories(stores, clock, how, met);
        });
        // All have ended before their stores are closed.
        const failed = (await Promise.allSettled(played)).filter((one) => one.status === 'rejected');
        if (failed[0]) throw failed[0].reason;
      }
      const total = [...met.values()].reduce((sum, count) => sum + count, 0);
      console.log(`${name}: HISTORY_SEED=${first}, ${total} answers`, Object.fromEntries(met));
      // Histories that never meet a rule would say nothing about it.
      expect(missing()).toEqual([]);
    }, 170_000);
  });
}

/** A cart of 300 KB takes more than a history has steps for: the rules' own tests have it. */
const everyAnswer: Record<
  Exclude<CartProblemCode, 'CART_SIZE_EXCEEDED'> | 'made' | 'replayed' | 'PermissionError' | 'InputError',
  true
> = {
  made: true,
  replayed: true,
  PermissionError: true,
  InputError: true,
  CART_NOT_FOUND: true,
  CART_NOT_ACTIVE: true,
  CART_EMPTY: true,
  CART_ALREADY_CLAIMED: true,
  IDEMPOTENCY_KEY_REUSED: true,
  PRODUCT_NOT_FOUND: true,
  ITEM_NOT_FOUND: true,
  ITEM_AMBIGUOUS: true,
  QUANTITY_INVALID: true,
  QUANTITY_LIMIT_EXCEEDED: true,
  ITEM_LIMIT_EXCEEDED: true,
  VERSION_CONFLICT: true,
  TOTAL_MISMATCH: true,
  PRICE_CHANGED: true,
};

export interface HowToCompare {
  readonly seed: number;
  readonly rounds: number;
  /** Rounds that these stores have had before. */
  readonly before?: number;
  /** For how many milliseconds a failing round is made simpler. */
  readonly shrinking: number;
}

/**
 * Runs random rounds until one shows a difference, which is then made simpler.
 * @param clock what the stores read the time from; moved by the histories
 * @param met counts how often each kind of answer is met
 * @throws Error with the seed, the history that made the difference, and both answers
 */
export async function compareHistories(
  stores: readonly ComparedStore[],
  clock: { now: number },
  { seed, rounds, before = 0, shrinking }: HowToCompare,
  met = new Map<string, number>(),
): Promise<void> {
  let played = 0;
  let failure: { readonly at: number; error: unknown } | undefined;
  const property = fc.asyncProperty(round, async (drawn) => {
    if (failure && Date.now() - failure.at > shrinking) return;
    try {
      await play(
        stores,
        clock,
        drawn,
        { name: `${seed} ${played}`, number: (before + played) * SIDE_BY_SIDE },
        met,
      );
    } catch (error) {
      failure = { at: failure?.at ?? Date.now(), error };
      throw error;
    } finally {
      played += 1;
    }
  });
  const result = await fc.check(property, {
    seed,
    numRuns: rounds,
    unbiased: true,
    endOnFailure: shrinking === 0,
  });
  if (result.failed) {
    const message = `With HISTORY_SEED=${seed}, after ${result.numShrinks} simplifications: `;
    throw new Error(message + String(failure?.error), { cause: failure?.error });
  }
  expect(result.numRuns).toBe(rounds);
}

/** One round: every history takes its next step, then the clock moves for all. */
async function play(
  stores: readonly ComparedStore[],
  clock: { now: number },
  { moves, histories }: Round,
  { name, number }: { name: string; number: number },
  met: Map<string, number>,
): Promise<void> {
  clock.now = NOON;
  const players = histories.map((steps, index) => ({
    steps,
    ...openHistory(stores, () => clock.now, `${name} ${index}`, number + index),
  }));
  for (const [at, move] of moves.entries()) {
    const answers = await Promise.all(
      players.map(async ({ steps, take }) => {
        const step = steps[at];
        return step && take(step);
      }),
    );
    for (const answer of answers) for (const kind of kindsOf(answer)) met.set(kind, (met.get(kind) ?? 0) + 1);
    clock.now = moved(clock.now, move);
  }
  await Promise.all(players.map(({ compareAll }) => compareAll()));
}

function kindsOf(answer: unknown): string[] {
  if (answer === undefined) return [];
  const { error, problems, replayed } = answer as Partial<ChangeOutcome & { error: string }>;
  if (error !== undefined) return [error];
  if (!problems) return ['read'];
  if (problems.length > 0) return problems.map(({ code }) => code);
  return [replayed ? 'replayed' : 'made'];
}
