/** Metrics as Prometheus reads them: its text format, version 0.0.4. */
import type { Labels } from './meter.ts';
import type { MetricValues, Snapshot } from './snapshot.ts';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Labels as the format has them, without the braces: `route="/graphql",code="OK"`. */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeValue(value)}"`)
    .join(',');
}

function escapeValue(value: string): string {
  return escapeHelp(value).replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Metrics without a series are left out. */
export function writeText(snapshot: Snapshot): string {
  return snapshot
    .filter(({ series }) => Object.keys(series).length > 0)
    .map(writeMetric)
    .join('\n');
}

function writeMetric(metric: MetricValues): string {
  const { name, kind, help } = metric;
  const lines = [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${kind}`];
  for (const [labels, values] of Object.entries(metric.series)) {
    if (kind === 'histogram') lines.push(...writeHistogram(metric, labels, values));
    else lines.push(line(name, labels, values[0] ?? 0));
  }
  return `${lines.join('\n')}\n`;
}

/** Buckets are written as how many were no larger than each bound. */
function* writeHistogram(
  { name, bounds }: MetricValues,
  labels: string,
  values: readonly number[],
): Generator<string> {
  const before = labels === '' ? '' : `${labels},`;
  let count = 0;
  for (const [at, bound] of [...bounds, Infinity].entries()) {
    count += values[at] ?? 0;
    yield line(`${name}_bucket`, `${before}le="${numberText(bound)}"`, count);
  }
  yield line(`${name}_sum`, labels, values[bounds.length + 1] ?? 0);
  yield line(`${name}_count`, labels, count);
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${numberText(value)}`;
}

function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
