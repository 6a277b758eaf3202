import { describe, expect, it } from 'vitest';
import { findKnee, type Probe } from '../compare/knee.ts';

describe('the knee', () => {
  const limits = { start: 50, maximum: 20_000 };
  const server = (capacity: number) => (rate: number) =>
    Promise.resolve<Probe>({ rate, outcome: rate <= capacity ? 'pass' : 'fail', p99: 1, achieved: 1 });

  it.each([12, 55, 730, 4999])('is found for a server that carries %d', async (capacity) => {
    const { rate = 0, confirmations } = await findKnee(server(capacity), limits);
    expect(rate).toBeLessThanOrEqual(capacity);
    expect(rate).toBeGreaterThan(capacity / 1.2);
    expect(confirmations).toBe(2);
  });

  it('is lowered when a confirmation fails', async () => {
    let trials = 0;
    const flaky = (rate: number) => {
      trials += 1;
      return server(trials < 10 ? 1000 : 500)(rate);
    };
    const { rate = 0, confirmations } = await findKnee(flaky, limits);
    expect(rate).toBeLessThanOrEqual(500);
    expect(confirmations).toBe(2);
  });

  it('is "at least" where the generator could not go on, and none where nothing passes', async () => {
    const weak = (rate: number): Promise<Probe> =>
      Promise.resolve({ rate, outcome: rate > 300 ? 'invalid' : 'pass', p99: 1, achieved: 1 });
    const { rate = 0, atLeast } = await findKnee(weak, limits);
    expect(rate).toBeGreaterThan(270);
    expect(rate).toBeLessThanOrEqual(300);
    expect(atLeast).toBe(true);
    expect(await findKnee(server(30_000), limits)).toMatchObject({ rate: 20_000, atLeast: true });
    expect((await findKnee(server(0), limits)).rate).toBeUndefined();
    const late = (rate: number): Promise<Probe> =>
      Promise.resolve({ rate, outcome: 'invalid', p99: 1, achieved: 1 });
    expect((await findKnee(late, limits)).unresolved).toBe('generator too slow');
  });

  it.each(Array.from({ length: 40 }, (_, i) => i + 1))(
    'comes to an end for a server that carries %d, where rates round to each other',
    async (capacity) => {
      let trials = 0;
      const counted = (rate: number) => {
        trials += 1;
        if (trials > 60) throw new Error('the search goes round in circles');
        return server(capacity)(rate);
      };
      const { rate, unresolved } = await findKnee(counted, limits);
      if (capacity < 5) expect([rate, unresolved]).toEqual([undefined, 'below the lowest rate']);
      else expect(capacity - (rate ?? 0)).toBeLessThanOrEqual(Math.max(1, capacity * 0.1));
    },
  );

  it('goes on below a rate at which the generator was late, and is no "at least" when the server then fails', async () => {
    const burst = (rate: number): Promise<Probe> =>
      rate === 200 ? Promise.resolve({ rate, outcome: 'invalid', p99: 1, achieved: 1 }) : server(150)(rate);
    const { rate = 0, atLeast } = await findKnee(burst, limits);
    expect(rate).toBeGreaterThan(135);
    expect(rate).toBeLessThanOrEqual(150);
    expect(atLeast).toBe(false);
  });

  it('is not confirmed, rather than below every rate, when no confirmation holds', async () => {
    const seen = new Set<number>();
    const once = (rate: number): Promise<Probe> => {
      const outcome = rate > 1000 || seen.has(rate) ? 'fail' : 'pass';
      seen.add(rate);
      return Promise.resolve({ rate, outcome, p99: 1, achieved: 1 });
    };
    const { rate, unresolved } = await findKnee(once, limits);
    expect([rate, unresolved]).toEqual([undefined, 'not confirmed']);
  });

  it('begins no trial after the time is up', async () => {
    let trials = 0;
    const isOver = () => trials >= 3;
    const counted = (rate: number) => {
      trials += 1;
      return server(5000)(rate);
    };
    const { unresolved, probes } = await findKnee(counted, { ...limits, isOver });
    expect([unresolved, probes.length]).toEqual(['out of time', 3]);
  });
});
