/**
 * Traces by OpenTelemetry's SDK, sent by OTLP over HTTP in JSON. Loaded where a collector is named, and nowhere else. Spans wait in a
 * queue of bounded length until they are sent; what a collector does not take in time is dropped. Nobody waits for it.
 */
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Link,
} from '@opentelemetry/api';
import type { Span as OtelSpan, Tracer as OtelTracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  RandomIdGenerator,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createSampling, type Sampling } from './sampling.ts';
import type { RemoteSpan, Span, Tracer } from './tracer.ts';
import { watchExporter, type Sent } from './watch-exporter.ts';

export interface TracingOptions extends Sampling {
  /** The resource's, unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES have another. */
  readonly serviceName: string;
  readonly version: string;
  /** Milliseconds in which a collector must have taken what it was sent; also the longest wait at the end. */
  readonly timeout: number;
  /** Told of each attempt to send spans. */
  readonly sent: (result: Sent) => void;
}

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what waits, for as long as the timeout says, and ends. Never rejects. */
  close(): Promise<void>;
}

/** Spans that may wait to be sent: some 2 MB. OpenTelemetry's own number. */
const QUEUE = 2_048;

/** Where the collector is, and with which headers, the exporter reads from OpenTelemetry's own variables. */
export function openTracing({ serviceName, version, timeout, sent, ...sampling }: TracingOptions): Tracing {
  const exporter = watchExporter(new OTLPTraceExporter({ timeoutMillis: timeout }), sent);
  const ids = createIds();
  const provider = new TracerProvider({
    // Whether a request is recorded is decided before there is a span.
    sampler: new AlwaysOnSampler(),
    idGenerator: ids,
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }))
      .merge(detectResources({ detectors: [envDetector, serviceInstanceIdDetector] })),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: QUEUE,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: timeout,
      }),
    ],
  });
  const otel = provider.getTracer('cartwright', version);
  const ratio = new TraceIdRatioBasedSampler(sampling.ratio);
  const isSampled = createSampling(
    sampling,
    (traceId) => ratio.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED,
  );

  return {
    tracer: {
      begin(name, remote, attributes) {
        const traceId = remote?.traceId ?? ids.random();
        if (!isSampled(traceId, remote)) return { traceId, span: undefined };
        ids.next = traceId;
        const span = otel.startSpan(name, { kind: SpanKind.SERVER, attributes }, contextOf(remote));
        return { traceId, span: wrap(otel, span) };
      },
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** The id of a trace is known before its first span is made: load balancers name a trace without a span. */
function createIds() {
  const generator = new RandomIdGenerator();
  return {
    next: '',
    random: () => generator.generateTraceId(),
    generateTraceId(): string {
      return this.next;
    },
    generateSpanId: () => generator.generateSpanId(),
  };
}

function contextOf(remote: RemoteSpan | undefined): Context {
  if (remote?.parentId === undefined) return ROOT_CONTEXT;
  const { traceId, parentId: spanId } = remote;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    isRemote: true,
    traceFlags: TraceFlags.SAMPLED,
  });
}

const KINDS = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT } as const;
/** Whoever has a span is recorded. */
function linkTo({ traceId, spanId }: Span): Link {
  return { context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED } };
}

function wrap(otel: OtelTracer, span: OtelSpan): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    begin(name, kind = 'internal', attributes = {}, links = []) {
      const options = { kind: KINDS[kind], attributes, links: links.map(linkTo) };
      return wrap(otel, otel.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, span)));
    },
    rename(name) {
      span.updateName(name);
    },
    set(attributes) {
      span.setAttributes(attributes);
    },
    link(to) {
      span.addLink(linkTo(to));
    },
    fail(type) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', type);
    },
    end() {
      span.end();
    },
  };
}
