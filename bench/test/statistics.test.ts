import { describe, expect, it } from 'vitest';
import * as s from '../statistics.ts';

describe('percentiles', () => {
  it('take the nearest rank, worked out by hand', () => {
    // ranks: 5 % of 5 is 0.25 -> 1st; 30 % is 1.5 -> 2nd; 40 % is 2 -> 2nd; 50 % is 2.5 -> 3rd; 100 % -> 5th
    const values = [15, 50, 35, 40, 20];
    expect([5, 30, 40, 50, 100].map((p) => s.percentileOf(values, p))).toEqual([15, 20, 20, 35, 50]);
    // Not thrown off by floating point where the rank is whole.
    const twenty = Array.from({ length: 20 }, (_, i) => i + 1);
    expect([s.percentileOf(twenty, 95), s.percentileOf(twenty, 55)]).toEqual([19, 11]);
  });

  it('know when they are the maximum, and refuse an empty sample and an impossible percentage', () => {
    expect([s.isMaximum(50, 99), s.isMaximum(50, 98), s.isMaximum(101, 99)]).toEqual([true, false, false]);
    expect(() => s.percentileOf([], 50)).toThrow('at least one value');
    expect(() => s.percentileOf([1], 0)).toThrow('percent must be above 0');
  });
});

describe('intervals', () => {
  it('of a mean: 1..5 has mean 3, variance 2.5, and t(4) = 2.776445', () => {
    const { estimate, low, high } = s.meanInterval([1, 2, 3, 4, 5]);
    expect([estimate, high - 3, 3 - low].map((x) => x.toFixed(5))).toEqual(['3.00000', '1.96324', '1.96324']);
    expect(s.meanInterval([7, 7])).toEqual({ estimate: 7, low: 7, high: 7 });
  });

  it('of a difference, and with unequal spread: Welch by hand', () => {
    const { estimate, high } = s.welchInterval([1, 2, 3, 4, 5], [11, 12, 13, 14, 15]);
    expect(estimate).toBe(10);
    expect(high - 10).toBeCloseTo(2.306004, 5); // t(8) times sqrt(0.5 + 0.5)
    // variances 1 and 100 over 3 values each: 2.04 degrees of freedom, t = 4.2203; times sqrt(101 / 3)
    const unequal = s.welchInterval([1, 2, 3], [0, 10, 20]);
    expect((unequal.high - 8) / Math.sqrt(101 / 3)).toBeCloseTo(4.22, 1);
  });

  it('and the slope of the line through the samples', () => {
    expect(s.slopeOf([1, 2, 3, 4].map((x) => [x, 5 + 2 * x]))).toBeCloseTo(2);
    expect(s.slopeOf([[0, 1]])).toBeNaN();
  });
});

it("Holm's correction multiplies by what is left, keeps the order and stops at 1", () => {
  // The second is 0.04 * 1, raised to its predecessor's 0.06.
  expect(s.adjustByHolm([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(12))).toEqual(
    [0.03, 0.06, 0.06, 0.02].map((p) => p.toFixed(12)),
  );
  expect([s.adjustByHolm([0.6, 0.9]), s.adjustByHolm([])]).toEqual([[1, 1], []]);
});

describe('verdicts', () => {
  /** Ten blocks whose log ratios are `centre` plus and minus `spread`, so that their mean is exactly `centre`. */
  const blocks = (centre: number, spread: number, count = 10) =>
    Array.from({ length: count }, (_, i) => ({
      first: 10,
      second: 10 * Math.exp(centre + (i % 2 ? spread : -spread)),
    }));
  const verdicts = (...mixes: s.Block[][]) =>
    s.judge(mixes.map(s.comparePaired)).map(({ verdict }) => verdict);

  it('rest on the ratio and its interval as done by hand', () => {
    const result = s.comparePaired(blocks(Math.log(1.5), 0.1));
    // sample variance of ±0.1 over ten values: 10 * 0.01 / 9; standard error: sqrt(that / 10) = 1/30; t(9) = 2.262157
    expect(result.ratio).toBeCloseTo(1.5, 12);
    expect(result.high).toBeCloseTo(1.5 * Math.exp(2.262157 / 30), 5);
    expect(result.low).toBeCloseTo(1.5 / Math.exp(2.262157 / 30), 5);
    // t(9) of the distance to ±5 %: 0.975 of its distribution lies below 2.262157.
    const edge = s.comparePaired(blocks(Math.log(1.05) - 2.262157 / 300, 0.01));
    expect(edge.pSame).toBeCloseTo(0.025, 6);
  });

  it('are different, same and cannot tell where each is due', () => {
    const mixes = [blocks(Math.log(1.5), 0.1), blocks(0.001, 0.01), blocks(0.02, 0.3)];
    expect(verdicts(...mixes)).toEqual(['different', 'same', 'cannot tell']);
    // A proven but tiny difference is the same; nine blocks, however clear, tell nothing; nor is there chance in blocks all alike.
    expect(verdicts(blocks(Math.log(1.01), 0.001))).toEqual(['same']);
    expect(verdicts(blocks(1, 0.01, 9))).toEqual(['cannot tell']);
    expect([verdicts(blocks(0, 0)), verdicts(blocks(1, 0))]).toEqual([['same'], ['different']]);
  });

  it('ask more of each mix when there are more mixes', () => {
    const clear = blocks(0.13, 0.11);
    expect(s.comparePaired(clear).pDifferent).toBeLessThan(0.01);
    expect(verdicts(clear)).toEqual(['different']);
    expect(verdicts(clear, blocks(0, 0.3), blocks(0, 0.3))[0]).toBe('cannot tell');
  });
});
