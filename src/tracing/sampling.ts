/** Which requests are recorded, as OpenTelemetry's OTEL_TRACES_SAMPLER says. */
import type { RemoteSpan } from './tracer.ts';

export const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

export interface Sampling {
  readonly sampler: (typeof SAMPLERS)[number];
  /** The share of traces that `traceidratio` records, from 0 to 1. */
  readonly ratio: number;
}

/**
 * Who sent a request decides for its whole trace, where the sampler is based on the parent and that was said; else the sampler does.
 * @param isInRatio whether a trace is in a share that is the same for all services
 */
export function createSampling(
  { sampler }: Sampling,
  isInRatio: (traceId: string) => boolean,
): (traceId: string, remote: RemoteSpan | undefined) => boolean {
  const isParentBased = sampler.startsWith('parentbased_');
  const own = sampler.replace('parentbased_', '');
  return (traceId, remote) => {
    if (isParentBased && remote?.sampled !== undefined) return remote.sampled;
    return own === 'traceidratio' ? isInRatio(traceId) : own === 'always_on';
  };
}
