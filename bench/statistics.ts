/** Samples in figures: the percentile, t-intervals, and verdicts on paired blocks. Tests and corrections are stdlib's. */
import padjust from '@stdlib/stats-padjust';
import ttest from '@stdlib/stats-ttest';
import ttest2 from '@stdlib/stats-ttest2';

/** From 1 to the size of the sample. The tolerance keeps 0.95 * 20 from being counted as 19.000000000000004, that is rank 20. */
const rankOf = (sampleSize: number, percent: number) =>
  Math.max(1, Math.ceil((percent / 100) * sampleSize - 1e-9));

/**
 * Nearest rank: the smallest value with at least `percent` % of the sample at or below it, so every percentile is a value
 * that was really measured. HDR histograms use the same definition.
 * @param percent in (0, 100]
 * @throws RangeError on an empty sample
 */
export function percentileOf(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(`percent must be above 0 and at most 100, got ${percent}`);
  }
  const value = values.toSorted((a, b) => a - b)[rankOf(values.length, percent) - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}

/** Whether `percent` of a sample of this size is simply its maximum (50 values: every percentile above 98). */
export const isMaximum = (sampleSize: number, percent: number): boolean =>
  rankOf(sampleSize, percent) >= sampleSize;

export const sumOf = <T>(list: readonly T[], value: (element: T) => number): number =>
  list.reduce((sum, element) => sum + value(element), 0);

/** Of at least one value. */
export const mean = (values: readonly number[]): number => sumOf(values, (value) => value) / values.length;

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of independent values with its 95 % t-interval; at least two values. */
export function meanInterval(values: readonly number[]): Interval {
  const { mean: estimate, sd, ci } = ttest([...values]);
  // Where all are alike the interval is of no length; the library has none then.
  const [low = NaN, high = NaN] = sd > 0 ? ci : [estimate, estimate];
  return { estimate, low, high };
}

/** mean(second) - mean(first), variances not assumed equal (Welch), 95 %; at least two values on each side. */
export function welchInterval(first: readonly number[], second: readonly number[]): Interval {
  const { ci } = ttest2([...second], [...first], { variance: 'unequal' });
  const [low = NaN, high = NaN] = ci;
  return { estimate: mean(second) - mean(first), low, high };
}

/** The slope of the line that fits the points best, by least squares: y per unit of x. NaN for fewer than two points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return sumOf(points, ([x, y]) => (x - meanX) * (y - meanY)) / sumOf(points, ([x]) => (x - meanX) ** 2);
}

/** Ratios from 1/1.05 to 1.05 count as the same: a difference nobody would change a database for. */
export const SAME_WITHIN = 1.05;
/** Fewer complete blocks than this and no verdict is given. */
export const MINIMUM_BLOCKS = 10;
/** Chance of even one wrong "different" among the mixes of a run: low, since somebody may move a database for it. */
const ALPHA_DIFFERENT = 0.01;
/** Chance of even one wrong "same". */
const ALPHA_SAME = 0.05;

export interface Block {
  /** The figure on the first and on the second side, same unit, above 0. */
  readonly first: number;
  readonly second: number;
}

/** The logarithms of the blocks' ratios, averaged. At least two blocks; throws on a figure that is not above 0. */
export function comparePaired(blocks: readonly Block[]) {
  const bad = blocks.find(({ first, second }) => !(first > 0 && second > 0));
  if (bad) throw new RangeError(`a ratio needs figures above 0, got ${bad.first} and ${bad.second}`);
  const logs = blocks.map(({ first, second }) => Math.log(second / first));
  const { estimate, low, high } = meanInterval(logs);
  const bound = Math.log(SAME_WITHIN);
  const p = (mu: number, alternative: 'two-sided' | 'less' | 'greater') => {
    const { pValue, sd } = ttest(logs, { mu, alternative });
    if (sd > 0) return pValue;
    // Blocks that are all alike leave nothing to chance.
    return Number(alternative === 'two-sided' ? estimate === 0 : Math.abs(estimate) >= bound);
  };
  return {
    blocks: blocks.length,
    /** second / first: geometric mean over the blocks, and its 95 % interval. */
    ratio: Math.exp(estimate),
    low: Math.exp(low),
    high: Math.exp(high),
    /** second - first in the figure's unit: mean over the blocks, and its 95 % interval. */
    difference: meanInterval(blocks.map(({ first, second }) => second - first)),
    /** Of "the ratio is 1". */
    pDifferent: p(0, 'two-sided'),
    /** The larger p of the two one-sided tests "the ratio is at or beyond ±5 %". */
    pSame: Math.max(p(bound, 'less'), p(-bound, 'greater')),
  };
}
export type PairedRatio = ReturnType<typeof comparePaired>;

/** Holm's correction: comparing the results with 0.01 keeps the chance of even one false alarm among all at 1 %. */
export const adjustByHolm = (pValues: readonly number[]): number[] =>
  pValues.length === 0 ? [] : padjust([...pValues], 'holm');

/**
 * One verdict per mix, each family of p-values corrected over all of them. "Same" goes before "different": a difference of
 * 1 % that is proven is still the same within ±5 %. Fewer than MINIMUM_BLOCKS blocks: cannot tell.
 */
export function judge(mixes: readonly PairedRatio[]) {
  const different = adjustByHolm(mixes.map((mix) => mix.pDifferent));
  const same = adjustByHolm(mixes.map((mix) => mix.pSame));
  return mixes.map(({ blocks }, i) => {
    const [pDifferentAdjusted = 1, pSameAdjusted = 1] = [different[i], same[i]];
    let verdict: 'different' | 'same' | 'cannot tell' = 'cannot tell';
    if (pDifferentAdjusted < ALPHA_DIFFERENT) verdict = 'different';
    if (pSameAdjusted < ALPHA_SAME) verdict = 'same';
    if (blocks < MINIMUM_BLOCKS) verdict = 'cannot tell';
    return { verdict, pDifferentAdjusted, pSameAdjusted };
  });
}
export type Judged = ReturnType<typeof judge>[number];
