/** Traces: OpenTelemetry's own variables, as far as the service reads them. Its exporter reads others, such as those of headers. */
import { z } from 'zod';
import { SAMPLERS, type Sampling } from '../tracing/sampling.ts';
import { httpUrl, integer, oneOf, share } from './variables.ts';

export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl('http://localhost:4318').optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: integer(1, 60_000, 3_000),
  OTEL_TRACES_SAMPLER: oneOf(SAMPLERS).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: share(1),
  OTEL_SERVICE_NAME: z.string().default('cartwright'),
};

export interface TracingConfig extends Sampling {
  readonly serviceName: string;
  /** Milliseconds in which a collector must have taken what it is sent. */
  readonly timeout: number;
}

export function toTracing(env: z.output<z.ZodObject<typeof tracingVariables>>): TracingConfig | undefined {
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return undefined;
  return {
    serviceName: env.OTEL_SERVICE_NAME,
    timeout: env.OTEL_EXPORTER_OTLP_TIMEOUT,
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}
