/** Mean and spread of a sample. */

/** Arithmetic mean; throws on an empty sample. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('a mean needs at least one value');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Unbiased sample variance (divisor n - 1); throws on fewer than two values. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError(`a variance needs at least two values, got ${values.length}`);
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
