/** The traces of the process, where a collector is named. Nothing of OpenTelemetry is loaded elsewhere. */
import type { TracingConfig } from '../config/tracing.ts';
import { perValue, type Meter } from '../metrics/meter.ts';
import { readVersion } from '../metrics/observe-process.ts';
import type { Tracing } from '../tracing/open-tracing.ts';
import { noTracer } from '../tracing/tracer.ts';
import type { Sent } from '../tracing/watch-exporter.ts';
import type { Log } from './log.ts';

/** A collector that does not answer costs its spans, a line when that begins and one when it ends, and no request anything. */
export async function startTracing(
  config: TracingConfig | undefined,
  log: Log,
  meter: Meter,
): Promise<Tracing> {
  if (!config) return { tracer: noTracer, close: () => Promise.resolve() };
  const { openTracing } = await import('../tracing/open-tracing.ts');
  return openTracing({ ...config, version: readVersion(), sent: noteSent(log, meter) });
}

function noteSent(log: Log, meter: Meter): (sent: Sent) => void {
  const help = 'Spans that the collector has taken, or has not.';
  const count = perValue((result) => meter.counter('cartwright_spans_total', help, { result }));
  let lost = 0;
  return ({ spans, error }) => {
    count(error ? 'lost' : 'sent').add(spans);
    if (error && lost === 0) log.warn({ err: error }, 'the collector of traces does not take them');
    else if (!error && lost > 0) log.info({ lost }, 'the collector of traces takes them again');
    lost = error ? lost + spans : 0;
  };
}
