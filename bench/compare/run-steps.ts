/** Carries out the steps of the plan that are not recorded yet. */
import { measureConsistency } from './consistency.ts';
import { findRate, rateOf } from './find-rate.ts';
import { searchKnee } from './knee-trials.ts';
import type { Step } from './plan.ts';
import { findMissing } from './record-file.ts';
import { measureRequestUnits } from './request-unit-probe.ts';
import type { RunContext } from './run-context.ts';
import { runWithRetries } from './trial-retries.ts';

/**
 * Runs what is left. After the deadline nothing new begins; a step that fails is recorded as that, and the next one begins.
 * Throws the signal's reason when it is aborted.
 */
export async function runSteps(plan: readonly Step[], context: RunContext): Promise<void> {
  const todo = findMissing(context.records.records, plan, context.settings.blocks);
  let [estimated, spent] = [0, 0];
  for (const [index, step] of todo.entries()) {
    if (findMissing(context.records.records, [step], context.settings.blocks).length === 0) continue;
    if (performance.now() > context.deadline) return;
    const left = todo.slice(index).reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
    // Once something is known of this machine, the estimate is scaled by it.
    const pace = estimated > 20 ? spent / estimated : 1;
    context.progress.step(step.title, plan.length - todo.length + index + 1, plan.length, left * pace);
    const begin = performance.now();
    await runOrRecordFailure(step, context);
    estimated += step.estimatedSeconds;
    spent += (performance.now() - begin) / 1000;
  }
}

async function runOrRecordFailure(step: Step, context: RunContext): Promise<void> {
  try {
    await runStep(step, context);
  } catch (error) {
    context.signal.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    context.progress.note(`failed: ${step.id}: ${text}`);
    context.records.append({ type: 'failure', step: step.id, error: text });
  }
}

async function runStep(step: Step, context: RunContext): Promise<void> {
  const { records, settings, signal } = context;
  if (step.kind === 'rate') {
    records.append(await findRate(step.id, step.mix, context));
  } else if (step.kind === 'trial') {
    await runWithRetries(context, {
      ...step,
      step: step.id,
      rate: rateOf(step.mix, context),
      warmupSeconds: settings.trial.warmupSeconds,
    });
  } else if (step.kind === 'knee') {
    const knee = await searchKnee(step.id, step.side, context);
    // Unfinished is not recorded: --resume begins it anew, and the report says that it is missing.
    if (knee.unresolved !== 'out of time') {
      records.append({ type: 'knee', step: step.id, side: step.side, ...knee });
    }
  } else if (step.kind === 'consistency') {
    await runConsistency(step, context);
  } else {
    const units = await measureRequestUnits(settings.seed, signal);
    if (units !== undefined) records.append({ type: 'units', step: step.id, ...units });
  }
}

async function runConsistency(step: Step & { kind: 'consistency' }, context: RunContext): Promise<void> {
  const own = context.sides[step.side];
  // Strong reads are a setting of the service, so they need one that runs with it.
  const other = step.reads === 'strong' ? await own.startWith?.('strong') : undefined;
  if (step.reads === 'strong' && other === undefined) return;
  const side = other ?? own;
  try {
    const figures = await measureConsistency(side.api, context.settings.consistencyRounds, context.signal);
    context.records.append({
      type: 'consistency',
      step: step.id,
      side: step.side,
      ...(side.reads === undefined ? {} : { reads: side.reads }),
      figures,
    });
  } finally {
    await other?.close();
  }
}
