/**
 * Histories of several clients on four instances of the service while carts move, in memory, are those of one cart after the other; lists
 * show each cart once; and no cart is in two places. RELIABILITY_SEED repeats a run, RELIABILITY_SIMULATED_MOVES makes more;
 * and there are more while something has not been met.
 */
import { expect, it } from 'vitest';
import { cartModel } from '../cart-model.ts';
import { mustBeLinearizable } from '../linearizability.ts';
import { seed } from '../seed.ts';
import { JOURNEY, nameOf, stageAt } from './journey.ts';
import { playMove } from './simulation.ts';

const HISTORIES = Number(process.env['RELIABILITY_SIMULATED_MOVES'] ?? 40);
/** The rarest, the last step of the way there, is met in one history of ten: 40 miss it in one run of 70, 400 in one of 10^18. */
const MOST_HISTORIES = Math.max(400, HISTORIES);

/** What is never met says nothing; some things are rare. */
const EXPECTED = [
  ...JOURNEY.map((stage, index) => `${nameOf(stage)} beside ${nameOf(stageAt(index + 1))}`),
  ...['mover: moved', 'mover: there', 'mover: killed'],
  ...(HISTORIES < 500 ? [] : ['mover: brought', 'mover: unknown', 'mover: changed']),
  ...['open', 'VERSION_CONFLICT', 'CART_NOT_ACTIVE', 'claim', 'merge', 'delete', 'checkOut'],
];

it(`${HISTORIES} histories of moves are linearizable`, async () => {
  const met = new Map<string, number>();
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
  const missing = () => EXPECTED.filter((what) => !met.has(what));
  const goesOn = (number: number) => number < HISTORIES || (missing().length > 0 && number < MOST_HISTORIES);
  for (let number = 0; goesOn(number); number += 1) {
    const { calls, problems, met: those } = await playMove(`${seed} ${number}`);
    try {
      expect(problems).toEqual([]);
      mustBeLinearizable(cartModel, calls);
    } catch (error) {
      throw new Error(`RELIABILITY_SEED=${seed}, history ${number}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    for (const { input, answer } of calls) {
      for (const code of answer ? (answer.codes ?? []) : ['open']) count(code);
      count(input.do);
    }
    those.forEach(count);
  }
  console.log(`RELIABILITY_SEED=${seed}: ${HISTORIES} simulated moves`, Object.fromEntries(met));
  expect(missing(), `RELIABILITY_SEED=${seed}`).toEqual([]);
}, 600_000);

it('a history follows from its name', async () => {
  expect(await playMove('once')).toEqual(await playMove('once'));
});
