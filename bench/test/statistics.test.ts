import { describe, expect, it } from 'vitest';
import studentTCdf from '@stdlib/stats-base-dists-t-cdf';
import studentTQuantile from '@stdlib/stats-base-dists-t-quantile';
import {
  adjustByHolm,
  isMaximum,
  meanInterval,
  percentileOfSorted,
  slopeOf,
  sortAscending,
  welchInterval,
} from '../statistics/statistics.ts';
import { comparePaired, judge } from '../statistics/verdict.ts';

describe('percentiles', () => {
  const sorted = sortAscending([15, 50, 35, 40, 20]);

  it('takes the nearest rank, worked out by hand', () => {
    // ranks: 5 % of 5 is 0.25 -> 1st; 30 % is 1.5 -> 2nd; 40 % is 2 -> 2nd; 50 % is 2.5 -> 3rd; 100 % -> 5th
    expect([5, 30, 40, 50, 100].map((p) => percentileOfSorted(sorted, p))).toEqual([15, 20, 20, 35, 50]);
  });

  it('is not thrown off by floating point where the rank is whole', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(percentileOfSorted(twenty, 95)).toBe(19);
    expect(percentileOfSorted(twenty, 55)).toBe(11);
  });

  it('knows that with 50 values p99 is the maximum and p98 is not', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => i + 1);
    expect(percentileOfSorted(fifty, 99)).toBe(50);
    expect(percentileOfSorted(fifty, 95)).toBe(48);
    expect([isMaximum(50, 99), isMaximum(50, 98), isMaximum(101, 99)]).toEqual([true, false, false]);
  });

  it('refuses an empty sample and an impossible percentage', () => {
    expect(() => percentileOfSorted([], 50)).toThrow('at least one value');
    expect(() => percentileOfSorted([1], 0)).toThrow('percent must be above 0');
  });
});

describe("Student's t", () => {
  it.each([
    // From printed tables of the two-sided 95 %, 99 % and the one-sided 95 % points.
    [0.975, 1, 12.7062],
    [0.975, 9, 2.262157],
    [0.995, 9, 3.249836],
    [0.95, 9, 1.833113],
    [0.975, 30, 2.042272],
    [0.975, 1e6, 1.959966],
  ])('has the quantile of %d with %d degrees of freedom at %d', (probability, degrees, value) => {
    expect(studentTQuantile(probability, degrees)).toBeCloseTo(value, 4);
    expect(studentTQuantile(1 - probability, degrees)).toBeCloseTo(-value, 4);
    expect(studentTCdf(value, degrees)).toBeCloseTo(probability, 6);
  });

  it('agrees with the closed forms for 1 and 2 degrees of freedom', () => {
    for (const t of [-7, -0.3, 0, 1.5, 40]) {
      expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    }
  });
});

describe('intervals', () => {
  it('of a mean: 1..5 has mean 3, variance 2.5, and t(4) = 2.776445', () => {
    const { estimate, low, high } = meanInterval([1, 2, 3, 4, 5]);
    expect(estimate).toBe(3);
    expect(high - 3).toBeCloseTo(2.776445 * Math.sqrt(0.5), 5);
    expect(3 - low).toBeCloseTo(2.776445 * Math.sqrt(0.5), 5);
  });

  it('of a difference: equal sizes and variances give the degrees of the pooled test', () => {
    const { estimate, degrees, high } = welchInterval([1, 2, 3, 4, 5], [11, 12, 13, 14, 15]);
    expect(estimate).toBe(10);
    expect(degrees).toBeCloseTo(8, 12);
    expect(high - 10).toBeCloseTo(2.306004 * 1, 5); // t(8) times sqrt(0.5 + 0.5)
  });

  it('of a difference with unequal spread: Welch-Satterthwaite by hand', () => {
    // variances 1 and 100 over 3 values each: (1/3 + 100/3)^2 / ((1/3)^2 / 2 + (100/3)^2 / 2) = 2.0399960
    expect(welchInterval([1, 2, 3], [0, 10, 20]).degrees).toBeCloseTo(
      (101 / 3) ** 2 / ((1 / 9 + 10000 / 9) / 2),
      9,
    );
  });
});

describe("Holm's correction", () => {
  it('multiplies by what is left and keeps the order', () => {
    const [a, b, c, d] = adjustByHolm([0.01, 0.04, 0.03, 0.005]);
    expect(a).toBeCloseTo(0.03, 12);
    expect(b).toBeCloseTo(0.06, 12); // 0.04 * 1, raised to its predecessor's 0.06
    expect(c).toBeCloseTo(0.06, 12);
    expect(d).toBeCloseTo(0.02, 12);
  });

  it('stops at 1', () => {
    expect(adjustByHolm([0.6, 0.9])).toEqual([1, 1]);
  });
});

describe('verdicts', () => {
  /** Ten blocks whose log ratios are `centre` plus and minus `spread`, so that their mean is exactly `centre`. */
  const blocks = (centre: number, spread: number, count = 10) =>
    Array.from({ length: count }, (_, i) => ({
      first: 10,
      second: 10 * Math.exp(centre + (i % 2 ? spread : -spread)),
    }));

  it('computes the ratio and its interval as done by hand', () => {
    const result = comparePaired(blocks(Math.log(1.5), 0.1));
    // sample variance of ±0.1 over ten values: 10 * 0.01 / 9; standard error: sqrt(that / 10) = 1/30; t(9) = 2.262157
    expect(result.ratio).toBeCloseTo(1.5, 12);
    expect(result.high).toBeCloseTo(1.5 * Math.exp(2.262157 / 30), 5);
    expect(result.low).toBeCloseTo(1.5 / Math.exp(2.262157 / 30), 5);
  });

  it('says different, same and cannot tell where each is due', () => {
    const mixes = [blocks(Math.log(1.5), 0.1), blocks(0.001, 0.01), blocks(0.02, 0.3)].map(comparePaired);
    expect(judge(mixes).map(({ verdict }) => verdict)).toEqual(['different', 'same', 'cannot tell']);
  });

  it('calls a proven but tiny difference the same', () => {
    const [one] = judge([comparePaired(blocks(Math.log(1.01), 0.001))]);
    expect(one).toMatchObject({ verdict: 'same' });
    expect(one?.pDifferentAdjusted).toBeLessThan(0.001);
  });

  it('gives no verdict on nine blocks, however clear', () => {
    expect(judge([comparePaired(blocks(1, 0.01, 9))])[0]?.verdict).toBe('cannot tell');
  });

  it('asks more of each mix when there are more mixes', () => {
    const borderline = comparePaired(blocks(0.075, 0.1));
    expect(borderline.pDifferent).toBeGreaterThan(0.05 / 3);
    expect(borderline.pDifferent).toBeLessThan(0.06);
    const noise = comparePaired(blocks(0, 0.3));
    expect(judge([borderline, noise, noise]).map(({ verdict }) => verdict)).toEqual([
      'cannot tell',
      'cannot tell',
      'cannot tell',
    ]);
  });
});

it('the growth is that of the line through the samples', () => {
  expect(slopeOf([1, 2, 3, 4].map((x) => [x, 5 + 2 * x]))).toBeCloseTo(2);
  expect(
    slopeOf([
      [0, 1],
      [1, 3],
      [2, 2],
    ]),
  ).toBeCloseTo(0.5);
  expect([slopeOf([[0, 1]]), slopeOf([])]).toEqual([NaN, NaN]);
});
