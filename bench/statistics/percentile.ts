/**
 * Percentiles by the nearest-rank definition: the smallest value with at least `percent` % of the sample at or
 * below it, so every percentile is a value that was really measured. HDR histograms use the same definition.
 */

/** Ascending copy, as `percentileOfSorted` wants it. */
export function sortAscending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** `percent` in (0, 100]; throws on an empty sample. */
export function percentileOfSorted(sorted: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(`percent must be above 0 and at most 100, got ${percent}`);
  }
  // The tolerance keeps 0.95 * 20 from being counted as 19.000000000000004, that is rank 20.
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length - 1e-9));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}

/** Whether `percent` of a sample of this size is simply its maximum (50 values: every percentile above 98). */
export function isMaximum(sampleSize: number, percent: number): boolean {
  return Math.ceil((percent / 100) * sampleSize - 1e-9) >= sampleSize;
}
