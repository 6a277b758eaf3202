/** The search for a side's knee, each probe a trial of the cart mix. */
import { rateOf } from './find-rate.ts';
import { findKnee, type KneeResult, type Probe } from './knee.ts';
import { findMix } from './mixes.ts';
import type { SideKey } from './records.ts';
import type { RunContext } from './run-context.ts';
import { runWithRetries } from './trial-retries.ts';

/** p99 target of the knee, milliseconds: the strictest requirement on a change. */
export const KNEE_TARGET_MS = 100;
const KNEE_ACHIEVED = 0.99;
const KNEE_MAXIMUM_RATE = 20_000;

/** @param step its trials are recorded as step/1, step/2 … */
export function searchKnee(step: string, side: SideKey, context: RunContext): Promise<KneeResult> {
  const mix = findMix('cart');
  let count = 0;
  const probe = async (rate: number): Promise<Probe> => {
    count += 1;
    context.progress.detail(`${rate}/s`);
    const record = await runWithRetries(context, {
      step: `${step}/${count}`,
      purpose: 'knee',
      mix,
      side,
      randomSeed: `${context.settings.seed}/${step}/${count}`,
      rate,
      warmupSeconds: 0.5,
      seconds: context.settings.kneeSeconds,
    });
    const { achieved, latency, failed, arrivals, discarded } = record;
    const good = latency.p99 <= KNEE_TARGET_MS && achieved >= KNEE_ACHIEVED && failed <= arrivals * 0.01;
    return {
      rate,
      outcome: discarded !== undefined ? 'invalid' : good ? 'pass' : 'fail',
      p99: latency.p99,
      achieved,
    };
  };
  return findKnee(probe, {
    start: Math.max(20, rateOf(mix, context)),
    maximum: KNEE_MAXIMUM_RATE,
    isOver: () => performance.now() > context.deadline,
  });
}
