/** Whether a trial has to be thrown away because its generator was late. */
import type { LoadResult } from '../load/generator.ts';
import { mergeHistograms, type LatencyHistogram } from '../load/histogram.ts';
import { SAME_WITHIN } from '../statistics.ts';
import { KNEE_TARGET_MS } from './knee.ts';
import type { TrialRecord } from './records.ts';
import type { PrimaryFigure } from './settings.ts';

/**
 * What the figure may be by chance alone, in as many requests: one standard error above it. The rank of a percentile is binomial,
 * with sqrt(q(1 − q) / n) around q: the 95th percentile of 66 requests lies between their 93rd and their 98th.
 */
function aboveByChance({ inner, count, figures }: LatencyHistogram, figure: PrimaryFigure | 'p99'): number {
  if (figure === 'mean') return figures().mean + inner.stdDeviation / 1000 / Math.sqrt(count);
  const q = Number(figure.slice(1)) / 100;
  return inner.getValueAtPercentile(Math.min(100, 100 * (q + Math.sqrt((q * (1 - q)) / count)))) / 1000;
}

/**
 * Why a trial must not be used: its generator was so late that this has changed what is concluded from it. Latency counts from
 * the intended time, lag included. Taken from the times of sending, the figure that gets a verdict has to be the same within 5 %, which is
 * what counts as the same anywhere here, or within what chance does to it; and the p99 of a trial for the knee to be on the
 * same side of the target. Nothing is concluded from a trial that only describes.
 */
export function findLateness(
  { latency, fromSend, lag }: Pick<LoadResult, 'latency' | 'fromSend' | 'lag'>,
  purpose: TrialRecord['purpose'],
  primary: PrimaryFigure,
): string | undefined {
  if (purpose === 'descriptive' || fromSend.count === 0) return undefined;
  const figure = purpose === 'knee' ? 'p99' : primary;
  const [whole, without] = [mergeHistograms(Object.values(latency)), fromSend].map(
    (all) => all.figures()[figure],
  );
  if (whole === undefined || without === undefined) return undefined;
  if (whole <= Math.max(without * SAME_WITHIN, aboveByChance(fromSend, figure))) return undefined;
  if (purpose === 'knee' && (whole <= KNEE_TARGET_MS || without > KNEE_TARGET_MS)) return undefined;
  const why = `${figure} ${whole.toFixed(2)} ms from the intended times, ${without.toFixed(2)} from those of sending`;
  return `the generator was late (p99 ${lag.percentile(99).toFixed(2)} ms): ${why}`;
}
