import { expect, it } from 'vitest';
import { findKnee, type Probe } from '../compare/knee.ts';

const limits = { start: 50, maximum: 20_000 };
type Outcome = Probe['outcome'];
/** A search in which each rate has an outcome; one that goes round in circles fails. */
function search(
  outcomeOf: (rate: number, trial: number) => Outcome,
  more: { isOver?: (trials: number) => boolean } = {},
) {
  let trials = 0;
  const probe = (rate: number): Promise<Probe> => {
    trials += 1;
    if (trials > 60) throw new Error('the search goes round in circles');
    return Promise.resolve({ rate, outcome: outcomeOf(rate, trials), p99: 1, achieved: 1 });
  };
  return findKnee(probe, { ...limits, isOver: () => more.isOver?.(trials) ?? false });
}
const carries =
  (capacity: number) =>
  (rate: number): Outcome =>
    rate <= capacity ? 'pass' : 'fail';

it.each([...Array.from({ length: 40 }, (_, i) => i + 1), 55, 730, 4999])(
  'is found for %d/s',
  async (capacity) => {
    const { rate, unresolved, confirmations } = await search(carries(capacity));
    if (capacity < 5) expect([rate, unresolved]).toEqual([undefined, 'below the lowest rate']);
    else {
      expect(rate).toBeLessThanOrEqual(capacity);
      expect(capacity - (rate ?? 0)).toBeLessThanOrEqual(Math.max(1, capacity * 0.15));
      expect(confirmations).toBe(2);
    }
  },
);

it('is lowered when a confirmation fails, and none when none holds', async () => {
  const { rate } = await search((at, trial) => carries(trial < 10 ? 1000 : 500)(at));
  expect(rate).toBeLessThanOrEqual(500);
  const seen = new Set<number>();
  const once = (at: number): Outcome => {
    const again = seen.has(at);
    seen.add(at);
    return at > 1000 || again ? 'fail' : 'pass';
  };
  expect(await search(once)).toMatchObject({ unresolved: 'not confirmed' });
});

it('is "at least" where the generator or the highest rate was the bound', async () => {
  const weak = await search((rate) => (rate > 300 ? 'invalid' : 'pass'));
  expect(weak.rate).toBeGreaterThan(270);
  expect(weak).toMatchObject({ atLeast: true });
  expect(await search(carries(30_000))).toMatchObject({ rate: 20_000, atLeast: true });
  expect(await search(() => 'invalid')).toMatchObject({ unresolved: 'generator too slow' });
  // Where the generator was late at one rate, and the server fails below it, the server is the bound.
  const burst = await search((rate) => (rate === 200 ? 'invalid' : carries(150)(rate)));
  expect(burst.rate).toBeGreaterThan(135);
  expect(burst.atLeast).toBe(false);
});

it('begins no trial after the time is up', async () => {
  const { unresolved, probes } = await search(carries(5000), { isOver: (trials) => trials >= 3 });
  expect([unresolved, probes.length]).toEqual(['out of time', 3]);
});
