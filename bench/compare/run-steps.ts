/** Carries out the steps of the plan that are not recorded yet. */
import { measureConsistency } from './consistency.ts';
import { findKnee, judgeProbe, type KneeResult } from './knee.ts';
import { findMix } from './mixes.ts';
import { findMissing, warmUpOf, type Step } from './plan.ts';
import type { SideKey, StepRecord } from './records.ts';
import { measureRequestUnits } from './request-units.ts';
import { findRate, findRateRecord, runWithRetries, type RunContext } from './trial.ts';

const KNEE_MAXIMUM_RATE = 20_000;

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/**
 * Runs what is left. After the deadline nothing new begins; a step that fails is recorded as that, and the next one begins.
 * Throws the signal's reason when it is aborted.
 */
export async function runSteps(plan: readonly Step[], context: RunContext): Promise<void> {
  const { records, note, deadline, signal } = context;
  const todo = findMissing(records.records, plan);
  let left = todo.reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
  for (const [index, step] of todo.entries()) {
    if (performance.now() > deadline) return;
    note(`[${plan.length - todo.length + index + 1}/${plan.length}, ${clock(left)} left] ${step.title}`);
    left -= step.estimatedSeconds;
    try {
      const record = await runStep(step, context);
      if (record !== undefined) records.append(record);
    } catch (error) {
      signal.throwIfAborted();
      const text = error instanceof Error ? error.message : String(error);
      note(`failed: ${step.id}: ${text}`);
      records.append({ type: 'failure', step: step.id, error: text });
    }
  }
}

/** What is to be recorded beside the trials; undefined where there is nothing. */
async function runStep(step: Step, context: RunContext): Promise<StepRecord | undefined> {
  const { settings, signal } = context;
  const { id } = step;
  switch (step.kind) {
    case 'rate':
      return findRate(id, step.mix, context);
    case 'trial':
      await runWithRetries(context, step);
      return undefined;
    case 'knee': {
      const knee = await searchKnee(id, step.side, context);
      // Unfinished is not recorded: --resume begins it anew, and the report says that it is missing.
      if (knee.unresolved === 'out of time') return undefined;
      return { type: 'knee', step: id, side: step.side, ...knee };
    }
    case 'consistency':
      return runConsistency(step, context);
    case 'units': {
      const units = await measureRequestUnits(settings.seed, signal);
      return units && { type: 'units', step: id, ...units };
    }
  }
}

/** The search for a side's knee, each probe a trial of the cart mix, recorded as step/1, step/2 … */
function searchKnee(step: string, side: SideKey, context: RunContext): Promise<KneeResult> {
  const { settings, deadline } = context;
  const mix = findMix('cart');
  let count = 0;
  const probe = async (rate: number) => {
    count += 1;
    const made = await runWithRetries(context, {
      ...{ step: `${step}/${count}`, purpose: 'knee', mix, side, rate },
      warmupSeconds: warmUpOf(settings),
      randomSeed: `${settings.seed}/${step}/${count}`,
      seconds: settings.kneeSeconds,
    });
    const seen = { ...made, rate, p99: made.latency.p99, lagP99: made.lagP99 ?? 0 };
    return judgeProbe(seen, made.discarded !== undefined);
  };
  const isOver = () => performance.now() > deadline;
  // Half of what eight clients got is near, and seldom above it.
  const start = Math.max(20, Math.round((findRateRecord(mix, context)?.saturation[side] ?? 0) / 2));
  return findKnee(probe, { start, maximum: KNEE_MAXIMUM_RATE, isOver });
}

async function runConsistency(
  step: Step & { kind: 'consistency' },
  { sides, settings, signal }: RunContext,
): Promise<StepRecord | undefined> {
  const own = sides[step.side];
  // Strong reads are a setting of the service, so they need one that runs with it.
  const other = step.reads === 'strong' ? await own.startWith?.('strong') : undefined;
  if (step.reads === 'strong' && other === undefined) return undefined;
  const { api, reads } = other ?? own;
  try {
    const figures = await measureConsistency(api, settings.consistencyRounds, signal);
    const known = reads === undefined ? {} : { reads };
    return { type: 'consistency', step: step.id, side: step.side, ...known, figures };
  } finally {
    await other?.close();
  }
}
