/** From raw records to figures and verdicts, pure: the same steps.jsonl gives the same summary.json, and every report is made of it. */
import { bySide, isDone, keptTrials, SIDES } from '../compare/records.ts';
import type { FailureRecord, RateRecord, RunDescription, StepRecord } from '../compare/records.ts';
import type { TrialRecord, UnitsRecord } from '../compare/records.ts';
import { MIXES, type Mix } from '../compare/mixes.ts';
import type { RunSettings } from '../compare/settings.ts';
import { loadPrices } from '../cost/prices.ts';
import { PRICED_SHAPE, unitsByFormula } from '../cost/units.ts';
import { createLatencyHistogram, mergeHistograms, type LatencyFigures } from '../load/histogram.ts';
import * as statistics from '../statistics.ts';
import { checkRequirements } from './requirements.ts';

const { comparePaired, judge, meanInterval, MINIMUM_BLOCKS, sumOf } = statistics;

/** Fewer trials or blocks than this and an interval says nothing but that there are too few. */
export const INTERVAL_TRIALS = 5;

/** The figures of one side in one mix, from its kept trials; those of the control do not count. */
function summariseSide(trials: readonly TrialRecord[]) {
  if (trials.length === 0) return undefined;
  const arrivals = sumOf(trials, (t) => t.arrivals);
  const succeeded = sumOf(trials, (t) => t.succeeded);
  /** CPU milliseconds for each successful request; undefined when one of the trials does not have it. */
  const cpuMs = (part: 'service' | 'engine') => {
    if (trials.some(({ cpu }) => cpu[part] === undefined)) return undefined;
    // The share was taken over warm-up and trial alike, so it is the rate of answers that it belongs to.
    return (1000 * sumOf(trials, (t) => (t.cpu[part] ?? 0) * t.seconds)) / Math.max(1, succeeded);
  };
  const names = [...new Set(trials.flatMap(({ requests }) => Object.keys(requests)))];
  const byOperation = names.map((name): [string, LatencyFigures & { failed: number }] => {
    const failed = sumOf(trials, ({ requests }) => requests[name]?.failed ?? 0);
    return [name, { ...mergeTrials(trials, name).figures(), failed }];
  });
  /** The mean over the trials. */
  const over = (of: (trial: TrialRecord) => number) => meanInterval(trials.map(of));
  const overTrials = () => ({
    p50: over((t) => t.latency.p50),
    p95: over((t) => t.latency.p95),
    p99: over((t) => t.latency.p99),
    mean: over((t) => t.latency.mean),
    throughput: over((t) => t.succeeded / t.seconds),
  });
  return {
    trials: trials.length,
    arrivals,
    failed: sumOf(trials, (t) => t.failed),
    /** Share of the arrivals that was answered by the end of their trial, over all trials. */
    achieved: sumOf(trials, (t) => t.achieved * t.arrivals) / Math.max(1, arrivals),
    /** Successful answers per second. */
    throughput: succeeded / sumOf(trials, (t) => t.seconds),
    /** Of the requests of all trials together. */
    latency: mergeTrials(trials).figures(),
    byOperation: Object.fromEntries(byOperation),
    /** How the trials vary: the mean of each figure over them with its 95 % t-interval. */
    overTrials: trials.length < INTERVAL_TRIALS ? undefined : overTrials(),
    /** How late the generator was in the worst of the trials, p99 in milliseconds; undefined in a closed loop. */
    lagP99: trials[0]?.lagP99 === undefined ? undefined : Math.max(...trials.map(({ lagP99 = 0 }) => lagP99)),
    /** What the lag adds to the p95 at most, milliseconds: from the intended times against from those of sending; of older results not known. */
    lagAdds: trials[0]?.fromSend && Math.max(...trials.map((t) => t.latency.p95 - (t.fromSend?.p95 ?? NaN))),
    serviceCpuMs: cpuMs('service'),
    engineCpuMs: cpuMs('engine'),
    /** Share of one CPU the generator used. */
    generatorCpu: sumOf(trials, (t) => t.cpu.generator) / trials.length,
  };
}
export type SideFigures = NonNullable<ReturnType<typeof summariseSide>>;

/** Histograms of several trials put together; with a name only that operation's. */
export function mergeTrials(trials: readonly TrialRecord[], operation?: string) {
  const all = trials.flatMap(({ histograms = {} }) => Object.entries(histograms));
  const wanted = all.filter(([name]) => operation === undefined || name === operation);
  return mergeHistograms(wanted.map(([, encoded]) => createLatencyHistogram(encoded)));
}

export interface MixComparison extends statistics.PairedRatio, statistics.Judged {
  /** Why it cannot be told, where something other than the spread is the reason. */
  readonly reason?: string | undefined;
  /** The same side measured twice within a block: its interval should contain 1. */
  readonly control?: statistics.PairedRatio | undefined;
  readonly pairs: readonly statistics.Block[];
}

function summariseMix(records: readonly StepRecord[], { name, title, load }: Mix) {
  const kept = keptTrials(records, name).filter(({ arm }) => arm !== 'repeat');
  return {
    mix: name,
    title,
    rate: records.find((r): r is RateRecord => r.type === 'rate' && r.mix === name)?.rate,
    clients: 'clients' in load ? load.clients : undefined,
    sides: bySide((key) => summariseSide(kept.filter((trial) => trial.side === key))),
    discarded: records.filter((r) => r.type === 'trial' && r.mix === name && r.discarded !== undefined)
      .length,
  };
}
/** Mixes with verdicts have their comparison, from two complete blocks on. */
export type MixSummary = ReturnType<typeof summariseMix> & { readonly comparison?: MixComparison };

/** Pairs of the primary figure, one for each block in which both trials were kept: the sides, and a side with itself. */
function pairBlocks(trials: readonly TrialRecord[], primary: RunSettings['primary']) {
  const blocks = [...new Set(trials.flatMap(({ block }) => block ?? []))].map((block) => {
    const arm = (name: TrialRecord['arm']) => trials.find((t) => t.block === block && t.arm === name);
    const repeat = arm('repeat');
    return { sides: [arm('first'), arm('second')], control: [repeat && arm(repeat.side), repeat] };
  });
  const pairs = (which: 'sides' | 'control') =>
    blocks.flatMap((block): statistics.Block[] => {
      const [first = 0, second = 0] = block[which].map((trial) => trial?.latency[primary]);
      return first > 0 && second > 0 ? [{ first, second }] : [];
    });
  return { pairs: pairs('sides'), controls: pairs('control') };
}

/** More failures than this and latencies do not count: fast errors must not win. */
const MAXIMUM_FAILED = 0.01;
/** Less of the rate achieved than this and a side was overrun. */
const MINIMUM_ACHIEVED = 0.95;

/** Why there is no verdict on a mix, whatever its figures say; undefined when there may be one. */
function findReason({ sides }: MixSummary, pairs: number, controls: number, control?: statistics.Judged) {
  for (const { failed, arrivals, achieved } of Object.values(sides).filter((side) => side !== undefined)) {
    if (failed > arrivals * MAXIMUM_FAILED) return `${failed} of ${arrivals} requests failed on one side`;
    if (achieved < MINIMUM_ACHIEVED) return 'one side did not keep up with the rate';
  }
  if (control?.verdict === 'different') {
    return 'the control, one side against itself, differs too: the machine was not steady';
  }
  if (pairs < MINIMUM_BLOCKS) return `only ${pairs} complete blocks, ${MINIMUM_BLOCKS} are needed`;
  return controls < MINIMUM_BLOCKS
    ? `only ${controls} blocks have their control, ${MINIMUM_BLOCKS} are needed`
    : undefined;
}

/** All mixes with their figures; verdicts over all of them together, the controls apart (none on a quick run). */
export function summariseMixes(
  records: readonly StepRecord[],
  { primary, quick }: RunSettings,
): MixSummary[] {
  const mixes = MIXES.map((mix) => summariseMix(records, mix)).filter(
    ({ sides }) => sides.first ?? sides.second,
  );
  const compared = mixes.flatMap((summary) => {
    if (!MIXES.some(({ name, verdict }) => verdict && name === summary.mix)) return [];
    const { pairs, controls } = pairBlocks(keptTrials(records, summary.mix), primary);
    const compare = (blocks: statistics.Block[]) => (blocks.length < 2 ? undefined : comparePaired(blocks));
    const [ratio, control] = [compare(pairs), compare(controls)];
    return ratio ? [{ summary, pairs, controls: controls.length, ratio, control }] : [];
  });
  const verdicts = judge(compared.map(({ ratio }) => ratio));
  const withControl = compared.filter(({ control }) => control !== undefined);
  const ofControls = judge(withControl.flatMap(({ control }) => control ?? []));
  return mixes.map((summary) => {
    const at = compared.findIndex((mix) => mix.summary === summary);
    const [mix, judged] = [compared[at], verdicts[at]];
    if (!mix || !judged) return summary;
    const { pairs, controls, ratio, control } = mix;
    const reason = quick
      ? 'a quick run gives no verdicts'
      : findReason(summary, pairs.length, controls, ofControls[withControl.indexOf(mix)]);
    const verdict = reason === undefined ? judged.verdict : 'cannot tell';
    return { ...summary, comparison: { ...ratio, ...judged, verdict, reason, control, pairs } };
  });
}

/** @param missing what was planned and is not there; empty for a whole run */
export function summariseRun(
  run: RunDescription,
  records: readonly StepRecord[],
  missing: readonly string[],
) {
  const mixes = summariseMixes(records, run.settings);
  const of = <T extends StepRecord['type']>(type: T) =>
    records.filter((r): r is StepRecord & { type: T } => r.type === type);
  const units: UnitsRecord | undefined = of('units').at(-1);
  const last = new Map(of('failure').map((failure): [string, FailureRecord] => [failure.step, failure]));
  return {
    run,
    missing,
    mixes,
    requirements: checkRequirements(mixes),
    knees: of('knee'),
    consistency: of('consistency'),
    units,
    /** The request units the costs are computed from. */
    costUnits: units?.operations ?? unitsByFormula(PRICED_SHAPE.items, PRICED_SHAPE.historyCarts, 'eventual'),
    pricesDate: loadPrices().date,
    /** Steps that ended with an error and were not measured later. */
    failures: [...last.values()].filter(({ step }) => !isDone(records, step)),
    discarded: of('trial').flatMap(({ step, attempt, discarded }) =>
      discarded ? [{ step, attempt, discarded }] : [],
    ),
  };
}
export type Summary = ReturnType<typeof summariseRun>;

/** Whether the report may name a winner: the full run, on engines that AWS manages. */
export const mayNameWinner = ({ run: { settings, sides } }: Summary): boolean =>
  !settings.quick && settings.engines === 'aws' && SIDES.every((key) => sides[key].engine === 'aws');
