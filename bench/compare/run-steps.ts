/** Carries out the steps of the plan that are not recorded yet. */
import { createRandom } from '../load/random.ts';
import { runClosedLoop } from '../load/closed-loop.ts';
import { measureConsistency } from './consistency.ts';
import { findKnee, LOWEST_RATE, type Probe } from './knee.ts';
import { createRequestMaker, findMix, type Mix } from './mixes.ts';
import type { Step } from './plan.ts';
import { findMissing, type RecordFile } from './record-file.ts';
import type { RateRecord, SideKey, TrialRecord } from './records.ts';
import { measureRequestUnits } from './request-unit-probe.ts';
import type { RunSettings } from './settings.ts';
import type { Side } from './sides.ts';
import { runTrial } from './trial.ts';
import type { LoadedData } from './workload-data.ts';
import type { Progress } from './progress.ts';

/** A discarded trial is measured again so many times in all. */
const ATTEMPTS = 4;
/** The share of the slower side's saturation that a trial's rate may reach: far enough from the knee. */
const UTILISATION = 0.35;
/** p99 target of the knee, milliseconds: the strictest requirement on a change. */
export const KNEE_TARGET_MS = 100;
const KNEE_ACHIEVED = 0.99;
const KNEE_MAXIMUM_RATE = 20_000;

export interface RunContext {
  readonly settings: RunSettings;
  readonly sides: Readonly<Record<SideKey, Side>>;
  readonly data: Readonly<Record<SideKey, LoadedData>>;
  readonly records: RecordFile;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** performance.now() after which nothing new begins. */
  readonly deadline: number;
}

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

/** Both sides get the same rate: the mix's own, or less where a side could not carry it with ease. */
async function findRate(step: string, mix: Mix, context: RunContext): Promise<RateRecord> {
  const saturation = { first: 0, second: 0 };
  for (const key of ['first', 'second'] as const) {
    const random = createRandom(`${context.settings.seed}/${step}`);
    const prepare = createRequestMaker(mix, context.sides[key].api, context.data[key], random);
    const result = await runClosedLoop({
      clients: 8,
      thinkMs: 0,
      warmupSeconds: 0.3,
      seconds: context.settings.calibrationSeconds,
      random,
      prepare,
      signal: context.signal,
    });
    if (result.succeeded === 0) {
      // Its trials are run all the same, at the lowest rate: their failures are the result.
      const why = Object.keys(result.errors)[0] ?? 'no answer';
      context.progress.note(`"${mix.title}" does not work on ${context.sides[key].label}: ${why}`);
    }
    saturation[key] = Math.round(result.succeeded / result.seconds);
  }
  const wanted = 'rate' in mix.load ? mix.load.rate : 0;
  const possible = UTILISATION * Math.min(saturation.first, saturation.second);
  return {
    type: 'rate',
    step,
    mix: mix.name,
    saturation,
    rate: Math.max(LOWEST_RATE, Math.floor(Math.min(wanted, possible))),
  };
}

function rateOf(mix: Mix, { records }: RunContext): number {
  if (!('rate' in mix.load)) return 0;
  const found = records.records.find((r): r is RateRecord => r.type === 'rate' && r.mix === mix.name);
  return found?.rate ?? mix.load.rate;
}

interface TrialPlan {
  readonly step: string;
  readonly purpose: TrialRecord['purpose'];
  readonly mix: Mix;
  readonly side: SideKey;
  readonly randomSeed: string;
  readonly rate: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly block?: number;
  readonly arm?: TrialRecord['arm'];
}

/** Until a trial may be kept, at most ATTEMPTS times; every attempt is recorded. */
async function runWithRetries(context: RunContext, plan: TrialPlan): Promise<TrialRecord> {
  const { side: key, ...rest } = plan;
  for (let attempt = 1; ; attempt += 1) {
    const record = await runTrial({
      ...rest,
      attempt,
      side: context.sides[key],
      data: context.data[key],
      signal: context.signal,
    });
    context.records.append(record);
    if (record.discarded === undefined) return record;
    context.progress.note(`thrown away: ${plan.step}, attempt ${attempt}: ${record.discarded}`);
    if (attempt === ATTEMPTS) return record;
  }
}

function searchKnee(step: string, side: SideKey, context: RunContext) {
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
