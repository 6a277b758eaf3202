/**
 * Latencies without loss: an HDR histogram in microseconds from 1 µs to 60 s, three significant digits. Longer
 * values are kept as 60 s.
 */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';

const MAXIMUM_US = 60_000_000;

/** An empty histogram, or one decoded from `encode`. */
export function createLatencyHistogram(encoded?: string) {
  const shape = { highestTrackableValue: MAXIMUM_US, numberOfSignificantValueDigits: 3, bitBucketSize: 32 };
  const inner =
    encoded === undefined
      ? build({ lowestDiscernibleValue: 1, ...shape } as Parameters<typeof build>[0])
      : decodeFromCompressedBase64(encoded, 32);
  /** Milliseconds; 0 when empty. */
  const percentile = (percent: number) => inner.getValueAtPercentile(percent) / 1000;
  const ifAny = (microseconds: number) => (inner.totalCount === 0 ? 0 : microseconds / 1000);
  return {
    inner,
    record(milliseconds: number) {
      inner.recordValue(Math.min(MAXIMUM_US, Math.max(0, Math.round(milliseconds * 1000))));
    },
    get count() {
      return inner.totalCount;
    },
    percentile,
    /** Milliseconds; 0 where there is no value. */
    figures: () => ({
      /** Values they are taken from. */
      count: inner.totalCount,
      mean: ifAny(inner.mean),
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: ifAny(inner.maxValue),
    }),
    /** Compressed, base64: what the raw results keep (HdrHistogram V2 encoding). */
    encode: () => encodeIntoCompressedBase64(inner),
  };
}
export type LatencyHistogram = ReturnType<typeof createLatencyHistogram>;
export type LatencyFigures = ReturnType<LatencyHistogram['figures']>;

/** Several histograms put together. */
export function mergeHistograms(histograms: readonly LatencyHistogram[]): LatencyHistogram {
  const merged = createLatencyHistogram();
  for (const { inner } of histograms) merged.inner.add(inner);
  return merged;
}
