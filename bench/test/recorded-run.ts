/** Records of a run that was never made, with latencies whose truth is known. */
import { buildPlan } from '../compare/plan.ts';
import type { EngineKind, RunDescription, StepRecord, TrialRecord } from '../compare/records.ts';
import { readInvocation } from '../compare/settings.ts';
import { createLatencyHistogram } from '../load/histogram.ts';
import { createRandom, type Random } from '../load/random.ts';

export const now = new Date('2026-01-19T22:00:00Z');
export const { settings } = readInvocation([], now);

/** A run of the verdict mixes that was never made, in which the sides' latencies are what `latency` draws, in milliseconds. */
export function record(
  latency: (side: 'first' | 'second', random: Random) => number,
  change: (trial: TrialRecord) => TrialRecord = (trial) => trial,
  seed = 1,
): StepRecord[] {
  return buildPlan(settings).flatMap((step) => {
    if (step.kind !== 'trial' || step.purpose !== 'verdict') return [];
    const random = createRandom(`${seed}/${step.id}`);
    const histogram = createLatencyHistogram();
    // The machine drifts from block to block; pairing must take that out.
    const drift = 1 + 0.5 * createRandom(`${seed}/drift/${step.block ?? 0}`).next();
    for (let i = 0; i < 200; i += 1) histogram.record(drift * latency(step.side, random));
    const { block, arm, side, mix } = step;
    return change({
      ...{ type: 'trial', step: step.id, attempt: 1, startedAt: now.toISOString(), side, mix: mix.name },
      ...{ block, arm, purpose: 'verdict', rate: 100, seconds: 4, arrivals: 400, succeeded: 400 },
      ...{ failed: 0, achieved: 1, requests: { get10: { arrivals: 400, failed: 0 } }, errors: {} },
      ...{ lagP99: 0.1, cpu: { generator: 0.2 }, latency: histogram.figures() },
      ...(block === 1 ? { histograms: { get10: histogram.encode() } } : {}),
    });
  });
}

const noise = (random: Random) => 2 + random.exponential(2);
export const slowed = (times: number) => (side: string, random: Random) =>
  noise(random) * (side === 'second' ? times : 1);
export const records = record(slowed(2));

/** Its description, with these engines behind the two sides. */
export const describeRun = (
  first: EngineKind,
  second = first,
  engines: 'aws' | 'embedded' = 'embedded',
): RunDescription => ({
  ...{ name: 'full', startedAt: now.toISOString(), settings: { ...settings, engines } },
  environment: {
    ...{ commit: 'abc', node: 'v20', system: 'Linux', cpu: 'CPU', cpus: 2 },
    ...{ memoryGb: 4, loadBefore: 0, pinning: 'none' },
  },
  sides: {
    first: { label: 'PostgreSQL', behind: 'one', engine: first },
    second: { label: 'DynamoDB', behind: 'two', engine: second },
  },
});
