/** t-intervals: of a mean, and of the difference of two means (Welch). */
import { mean, variance } from './moments.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p-value of "the true value is 0". */
  readonly pValue: number;
  readonly degrees: number;
  readonly standardError: number;
}

function interval(estimate: number, standardError: number, degrees: number, confidence: number): Interval {
  const reach = studentTQuantile(0.5 + confidence / 2, degrees) * standardError;
  const pValue =
    standardError === 0
      ? Number(estimate === 0)
      : 2 * studentTCdf(-Math.abs(estimate / standardError), degrees);
  return { estimate, low: estimate - reach, high: estimate + reach, pValue, degrees, standardError };
}

/** The mean of independent values, with n - 1 degrees of freedom; at least two values. */
export function meanInterval(values: readonly number[], confidence = 0.95): Interval {
  return interval(mean(values), Math.sqrt(variance(values) / values.length), values.length - 1, confidence);
}

/** mean(second) - mean(first), variances not assumed equal; at least two values on each side. */
export function welchInterval(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): Interval {
  const a = variance(first) / first.length;
  const b = variance(second) / second.length;
  const spread = a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1);
  const degrees = spread === 0 ? first.length + second.length - 2 : (a + b) ** 2 / spread;
  return interval(mean(second) - mean(first), Math.sqrt(a + b), degrees, confidence);
}
