/** Metrics at one moment, as plain values: what one process tells another, and what is written as text. */
import type { Together } from './meter.ts';

export type Kind = 'counter' | 'histogram' | 'gauge';

export interface MetricValues {
  readonly name: string;
  readonly kind: Kind;
  readonly help: string;
  /** Of a histogram: upper ends of its buckets, rising. */
  readonly bounds: readonly number[];
  readonly together: Together;
  /**
   * By the text of the labels, `route="/graphql",code="OK"`. One number; of a histogram how many fell into each bucket, how many beyond the
   * last, and the sum of all.
   */
  readonly series: Readonly<Record<string, readonly number[]>>;
}

export type Snapshot = readonly MetricValues[];

const combine: Readonly<Record<Together, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  highest: Math.max,
  lowest: Math.min,
};

/** Several processes as one. */
export function addUp(snapshots: readonly Snapshot[]): Snapshot {
  const metrics = new Map<string, MetricValues>();
  for (const metric of snapshots.flat()) {
    const before = metrics.get(metric.name);
    metrics.set(metric.name, before ? addSeries(before, metric) : metric);
  }
  return [...metrics.values()];
}

function addSeries(one: MetricValues, other: MetricValues): MetricValues {
  const both = combine[one.together];
  const series = { ...one.series };
  for (const [labels, values] of Object.entries(other.series)) {
    const before = series[labels];
    series[labels] = before ? values.map((value, at) => both(before[at] ?? 0, value)) : values;
  }
  return { ...one, series };
}

/** What a process that has ended has counted: its sums go on to count, what it was at the end does not. */
export function withoutGauges(snapshot: Snapshot): Snapshot {
  return snapshot.filter(({ kind }) => kind !== 'gauge');
}
