/** What becomes of spans that are sent. */
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/** Spans that a collector has taken, or has not and why. */
export interface Sent {
  readonly spans: number;
  readonly error?: Error | undefined;
}

/** ExportResultCode.SUCCESS of @opentelemetry/core. */
const SUCCESS = 0;

/** An exporter that tells of each attempt, with all of its repetitions. */
export function watchExporter(exporter: SpanExporter, sent: (result: Sent) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const error =
          (result.code as number) === SUCCESS
            ? undefined
            : (result.error ?? new Error('They were not taken.'));
        sent({ spans: spans.length, error });
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
