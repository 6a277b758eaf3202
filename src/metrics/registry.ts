/** A meter that remembers. Each series is a few numbers in an array of its own; what is recorded allocates nothing. */
import type { Counter, Histogram, Labels, Meter, Together } from './meter.ts';
import { labelText } from './text-format.ts';
import type { Kind, MetricValues, Snapshot } from './snapshot.ts';

export interface Registry extends Meter {
  snapshot(): Snapshot;
}

interface Metric extends Omit<MetricValues, 'series'> {
  readonly series: Map<string, Float64Array>;
  /** Those that somebody else keeps. */
  readonly reads: Map<string, () => number | undefined>;
}

/** @param now milliseconds since any moment */

export function createRegistry(now: () => number = () => performance.now()): Registry {
  const metrics = new Map<string, Metric>();

  function metricOf(
    kind: Kind,
    { name, help, together = 'sum' }: { name: string; help: string; together?: Together | undefined },
    bounds: readonly number[] = [],
  ): Metric {
    const known = metrics.get(name);
    if (known?.kind === kind) return known;
    if (known) throw new Error(`The metric ${name} is a ${known.kind}, and cannot be a ${kind} too`);
    const metric = { name, kind, help, bounds, together, series: new Map(), reads: new Map() };
    metrics.set(name, metric);
    return metric;
  }

  function seriesOf({ series }: Metric, labels: Labels, length: number): Float64Array {
    const text = labelText(labels);
    const values = series.get(text) ?? new Float64Array(length);
    series.set(text, values);
    return values;
  }

  return {
    now,

    counter(name, help, labels = {}) {
      return createCounter(seriesOf(metricOf('counter', { name, help }), labels, 1));
    },

    histogram(name, help, bounds, labels = {}) {
      const metric = metricOf('histogram', { name, help }, bounds);
      return createHistogram(metric.bounds, seriesOf(metric, labels, metric.bounds.length + 2), now);
    },

    observe({ name, help, labels = {}, kind = 'gauge', together }, read) {
      metricOf(kind, { name, help, together }).reads.set(labelText(labels), read);
    },

    snapshot: () =>
      Array.from(metrics.values(), ({ reads, series, ...metric }) => ({
        ...metric,
        series: Object.fromEntries([...[...series].map(plain), ...[...reads].flatMap(readNow)]),
      })),
  };
}

function createCounter(values: Float64Array): Counter {
  return {
    add(amount = 1) {
      values[0] = (values[0] as number) + amount;
    },
  };
}

function createHistogram(bounds: readonly number[], values: Float64Array, now: () => number): Histogram {
  const most = bounds.length;
  const record = (value: number) => {
    let at = 0;
    while (at < most && value > (bounds[at] as number)) at += 1;
    values[at] = (values[at] as number) + 1;
    values[most + 1] = (values[most + 1] as number) + value;
  };
  return {
    record,
    since(start) {
      record((now() - start) / 1000);
    },
  };
}

function plain([labels, values]: [string, Float64Array]): [string, readonly number[]] {
  return [labels, [...values]];
}

function readNow([labels, read]: [string, () => number | undefined]): [string, readonly number[]][] {
  const value = read();
  return value === undefined ? [] : [[labels, [value]]];
}
