/** Samples in figures: percentiles, t-intervals, Holm's correction, the slope of a line. */
import studentTCdf from '@stdlib/stats-base-dists-t-cdf';
import studentTQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Ascending copy, as `percentileOfSorted` wants it. */
export function sortAscending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** From 1 to the size of the sample. The tolerance keeps 0.95 * 20 from being counted as 19.000000000000004, that is rank 20. */
const rankOf = (sampleSize: number, percent: number) =>
  Math.max(1, Math.ceil((percent / 100) * sampleSize - 1e-9));

/**
 * Nearest rank: the smallest value with at least `percent` % of the sample at or below it, so every percentile is a value
 * that was really measured. HDR histograms use the same definition.
 * @param percent in (0, 100]
 * @throws RangeError on an empty sample
 */
export function percentileOfSorted(sorted: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(`percent must be above 0 and at most 100, got ${percent}`);
  }
  const value = sorted[rankOf(sorted.length, percent) - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}

/** Whether `percent` of a sample of this size is simply its maximum (50 values: every percentile above 98). */
export const isMaximum = (sampleSize: number, percent: number): boolean =>
  rankOf(sampleSize, percent) >= sampleSize;

export const sumOf = <T>(list: readonly T[], value: (element: T) => number): number =>
  list.reduce((sum, element) => sum + value(element), 0);

/** Arithmetic mean; throws on an empty sample. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('a mean needs at least one value');
  return sumOf(values, (value) => value) / values.length;
}

/** Unbiased sample variance (divisor n - 1); throws on fewer than two values. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError(`a variance needs at least two values, got ${values.length}`);
  const centre = mean(values);
  return sumOf(values, (value) => (value - centre) ** 2) / (values.length - 1);
}

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p-value of "the true value is 0". */
  readonly pValue: number;
  readonly degrees: number;
  readonly standardError: number;
}

function tInterval(estimate: number, standardError: number, degrees: number, confidence: number): Interval {
  const reach = studentTQuantile(0.5 + confidence / 2, degrees) * standardError;
  const certain = Number(estimate === 0);
  const pValue =
    standardError === 0 ? certain : 2 * studentTCdf(-Math.abs(estimate / standardError), degrees);
  return { estimate, low: estimate - reach, high: estimate + reach, pValue, degrees, standardError };
}

/** The mean of independent values, with n - 1 degrees of freedom; at least two values. */
export function meanInterval(values: readonly number[], confidence = 0.95): Interval {
  return tInterval(mean(values), Math.sqrt(variance(values) / values.length), values.length - 1, confidence);
}

/** mean(second) - mean(first), variances not assumed equal (Welch); at least two values on each side. */
export function welchInterval(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): Interval {
  const [a, b] = [variance(first) / first.length, variance(second) / second.length];
  const spread = a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1);
  const degrees = spread === 0 ? first.length + second.length - 2 : (a + b) ** 2 / spread;
  return tInterval(mean(second) - mean(first), Math.sqrt(a + b), degrees, confidence);
}

/**
 * Holm's step-down correction: multiplies the k-th smallest of m p-values by m - k + 1, keeps the order, caps at 1.
 * Comparing the results with 0.01 keeps the chance of even one false alarm among the m at 1 %.
 */
export function adjustByHolm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length).fill(1);
  const ascending = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  let largest = 0;
  for (const [rank, [index, p]] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/** The slope of the line that fits the points best, by least squares: y per unit of x. NaN for fewer than two points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  if (points.length < 2) return NaN;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return sumOf(points, ([x, y]) => (x - meanX) * (y - meanY)) / sumOf(points, ([x]) => (x - meanX) ** 2);
}
