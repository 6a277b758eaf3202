/** Carries out the steps of the plan that are not recorded yet. */
import { measureConsistency } from './consistency.ts';
import { findRate, rateOf } from './find-rate.ts';
import { findKnee, KNEE_TARGET_MS, type KneeResult, type Probe } from './knee.ts';
import { findMix } from './mixes.ts';
import type { Step } from './plan.ts';
import { findMissing } from './record-file.ts';
import type { SideKey, StepRecord } from './records.ts';
import { measureRequestUnits } from './request-units.ts';
import { runWithRetries, type RunContext } from './trial.ts';

/** Of the rate that is asked for, at the knee. */
const KNEE_ACHIEVED = 0.99;
const KNEE_MAXIMUM_RATE = 20_000;

/**
 * Runs what is left. After the deadline nothing new begins; a step that fails is recorded as that, and the next one begins.
 * Throws the signal's reason when it is aborted.
 */
export async function runSteps(plan: readonly Step[], context: RunContext): Promise<void> {
  const { records, settings, progress, deadline } = context;
  const todo = findMissing(records.records, plan, settings.blocks);
  let [estimated, spent] = [0, 0];
  for (const [index, step] of todo.entries()) {
    if (findMissing(records.records, [step], settings.blocks).length === 0) continue;
    if (performance.now() > deadline) return;
    const left = todo.slice(index).reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
    // Once something is known of this machine, the estimate is scaled by it.
    const pace = estimated > 20 ? spent / estimated : 1;
    progress.step(step.title, plan.length - todo.length + index + 1, plan.length, left * pace);
    const begin = performance.now();
    await runOrRecordFailure(step, context);
    estimated += step.estimatedSeconds;
    spent += (performance.now() - begin) / 1000;
  }
}

async function runOrRecordFailure(step: Step, context: RunContext): Promise<void> {
  try {
    const record = await runStep(step, context);
    if (record !== undefined) context.records.append(record);
  } catch (error) {
    context.signal.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    context.progress.note(`failed: ${step.id}: ${text}`);
    context.records.append({ type: 'failure', step: step.id, error: text });
  }
}

/** What is to be recorded beside the trials; undefined where there is nothing. */
async function runStep(step: Step, context: RunContext): Promise<StepRecord | undefined> {
  const { settings, signal } = context;
  const { id } = step;
  switch (step.kind) {
    case 'rate':
      return findRate(id, step.mix, context);
    case 'trial': {
      const { warmupSeconds } = settings.trial;
      await runWithRetries(context, { ...step, step: id, rate: rateOf(step.mix, context), warmupSeconds });
      return undefined;
    }
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
  const { settings, progress, deadline } = context;
  const mix = findMix('cart');
  let count = 0;
  const probe = async (rate: number): Promise<Probe> => {
    count += 1;
    progress.detail(`${rate}/s`);
    const { achieved, latency, failed, arrivals, discarded } = await runWithRetries(context, {
      step: `${step}/${count}`,
      purpose: 'knee',
      mix,
      side,
      randomSeed: `${settings.seed}/${step}/${count}`,
      rate,
      warmupSeconds: 0.5,
      seconds: settings.kneeSeconds,
    });
    const { p99 } = latency;
    const good = p99 <= KNEE_TARGET_MS && achieved >= KNEE_ACHIEVED && failed <= arrivals * 0.01;
    const outcome = discarded !== undefined ? 'invalid' : good ? 'pass' : 'fail';
    return { rate, outcome, p99, achieved };
  };
  return findKnee(probe, {
    start: Math.max(20, rateOf(mix, context)),
    maximum: KNEE_MAXIMUM_RATE,
    isOver: () => performance.now() > deadline,
  });
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
