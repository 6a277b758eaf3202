/** From raw records to figures and verdicts. Pure: the same steps.jsonl gives the same summary. */
import { createLatencyHistogram, type LatencyHistogram } from '../load/latency-histogram.ts';
import { comparePaired, judge, type Block, type PairedRatio, type Verdict } from '../statistics/verdict.ts';
import { MIXES, type Mix } from './mixes.ts';
import type { LatencyFigures, RateRecord, SideKey, StepRecord, TrialRecord } from './records.ts';
import type { PrimaryFigure, RunSettings } from './settings.ts';

export interface SideFigures {
  readonly trials: number;
  readonly arrivals: number;
  readonly failed: number;
  /** Share of the arrivals that was answered by the end of their trial, over all trials. */
  readonly achieved: number;
  /** Successful answers per second. */
  readonly throughput: number;
  readonly latency: LatencyFigures;
  readonly byOperation: Readonly<Record<string, LatencyFigures>>;
  /** CPU milliseconds per successful request; undefined where it cannot be read. */
  readonly serviceCpuMs?: number;
  readonly engineCpuMs?: number;
  /** Share of one CPU the generator used. */
  readonly generatorCpu: number;
  readonly errors: Readonly<Record<string, number>>;
}

export interface MixComparison extends PairedRatio {
  readonly verdict: Verdict;
  /** Why it cannot be told, where something other than the spread is the reason. */
  readonly reason?: string;
  readonly pDifferentAdjusted: number;
  readonly pSameAdjusted: number;
  /** The same side measured twice within a block: its interval should contain 1. */
  readonly control?: PairedRatio;
  readonly pairs: readonly (Block & { readonly block: number })[];
}

export interface MixSummary {
  readonly mix: string;
  readonly title: string;
  readonly rate?: number;
  readonly clients?: number;
  readonly sides: Readonly<Record<SideKey, SideFigures | undefined>>;
  readonly discarded: number;
  /** Mixes with verdicts, from two complete blocks on. */
  readonly comparison?: MixComparison;
}

/** More failures than this and latencies do not count: fast errors must not win. */
const MAXIMUM_FAILED = 0.01;
/** Less of the rate achieved than this and a side was overrun. */
const MINIMUM_ACHIEVED = 0.95;

export const figuresOfHistogram = (histogram: LatencyHistogram): LatencyFigures => ({
  mean: histogram.mean,
  p50: histogram.percentile(50),
  p95: histogram.percentile(95),
  p99: histogram.percentile(99),
  max: histogram.maximum,
});

/** Histograms of several trials put together; with a name only that operation's. */
export function mergeHistograms(trials: readonly TrialRecord[], operation?: string): LatencyHistogram {
  const merged = createLatencyHistogram();
  for (const { histograms = {} } of trials) {
    for (const [name, encoded] of Object.entries(histograms)) {
      if (operation === undefined || name === operation) merged.add(createLatencyHistogram(encoded));
    }
  }
  return merged;
}

/** Trials of a mix that were kept, as far as they count for the figures of a side (the control does not). */
export function keptTrials(records: readonly StepRecord[], mix: string, side: SideKey): TrialRecord[] {
  return records.filter(
    (r): r is TrialRecord =>
      r.type === 'trial' &&
      r.mix === mix &&
      r.side === side &&
      r.purpose !== 'knee' &&
      r.arm !== 'repeat' &&
      r.discarded === undefined,
  );
}

function summariseSide(trials: readonly TrialRecord[]): SideFigures | undefined {
  if (trials.length === 0) return undefined;
  const sum = (value: (trial: TrialRecord) => number) => trials.reduce((all, trial) => all + value(trial), 0);
  const succeeded = sum((t) => t.succeeded);
  const cpuMs = (part: 'service' | 'engine') =>
    trials.some((t) => t.cpu[part] === undefined)
      ? undefined
      : // The share was taken over warm-up and trial alike, so it is the rate of answers that it belongs to.
        (1000 * sum((t) => (t.cpu[part] ?? 0) * t.seconds)) / Math.max(1, succeeded);
  const service = cpuMs('service');
  const engine = cpuMs('engine');
  const operations = new Set(trials.flatMap((t) => Object.keys(t.histograms ?? {})));
  const errors: Record<string, number> = {};
  for (const trial of trials) {
    for (const [message, n] of Object.entries(trial.errors)) errors[message] = (errors[message] ?? 0) + n;
  }
  return {
    trials: trials.length,
    arrivals: sum((t) => t.arrivals),
    failed: sum((t) => t.failed),
    achieved:
      sum((t) => t.achieved * t.arrivals) /
      Math.max(
        1,
        sum((t) => t.arrivals),
      ),
    throughput: succeeded / sum((t) => t.seconds),
    latency: figuresOfHistogram(mergeHistograms(trials)),
    byOperation: Object.fromEntries(
      [...operations].map((name) => [name, figuresOfHistogram(mergeHistograms(trials, name))]),
    ),
    ...(service === undefined ? {} : { serviceCpuMs: service }),
    ...(engine === undefined ? {} : { engineCpuMs: engine }),
    generatorCpu: sum((t) => t.cpu.generator) / trials.length,
    errors,
  };
}

/** Pairs of the primary figure, one for each block in which both trials were kept. */
function pairBlocks(
  records: readonly StepRecord[],
  mix: string,
  primary: PrimaryFigure,
  arms: 'sides' | 'control',
): (Block & { block: number })[] {
  const kept = records.filter(
    (r): r is TrialRecord =>
      r.type === 'trial' && r.purpose === 'verdict' && r.mix === mix && r.discarded === undefined,
  );
  const pairs: (Block & { block: number })[] = [];
  for (const block of new Set(kept.map((trial) => trial.block))) {
    if (block === undefined) continue;
    const inBlock = kept.filter((trial) => trial.block === block);
    const repeat = inBlock.find((trial) => trial.arm === 'repeat');
    const [one, two] =
      arms === 'sides'
        ? [inBlock.find((t) => t.arm === 'first'), inBlock.find((t) => t.arm === 'second')]
        : [inBlock.find((t) => t.arm !== 'repeat' && t.side === repeat?.side), repeat];
    const [first, second] = [one?.latency[primary] ?? 0, two?.latency[primary] ?? 0];
    if (first > 0 && second > 0) pairs.push({ block, first, second });
  }
  return pairs;
}

function findReason(
  mix: MixSummary,
  controlVerdict: Verdict | undefined,
  blocks: number,
): string | undefined {
  for (const side of Object.values(mix.sides)) {
    if (side === undefined) continue;
    if (side.failed > side.arrivals * MAXIMUM_FAILED) {
      return `${side.failed} of ${side.arrivals} requests failed on one side`;
    }
    if (side.achieved < MINIMUM_ACHIEVED) return 'one side did not keep up with the rate';
  }
  if (controlVerdict === 'different')
    return 'the control, one side against itself, differs too: the machine was not steady';
  return blocks < 10 ? `only ${blocks} complete blocks, 10 are needed` : undefined;
}

/** All mixes with their figures; verdicts over the verdict mixes together (none on a quick run). */
export function summariseMixes(records: readonly StepRecord[], settings: RunSettings): MixSummary[] {
  const mixes = MIXES.map((mix) => summariseMix(records, mix)).filter(
    ({ sides }) => sides.first !== undefined || sides.second !== undefined,
  );
  const compared = mixes.flatMap((summary) => {
    if (MIXES.find(({ name }) => name === summary.mix)?.verdict !== true) return [];
    const pairs = pairBlocks(records, summary.mix, settings.primary, 'sides');
    const controls = pairBlocks(records, summary.mix, settings.primary, 'control');
    if (pairs.length < 2) return [];
    const control = controls.length < 2 ? undefined : comparePaired(controls);
    return [{ summary, pairs, ratio: comparePaired(pairs), control }];
  });
  const verdicts = judge(compared.map(({ ratio }) => ratio));
  const withControl = compared.flatMap(({ control, summary }) =>
    control ? [{ mix: summary.mix, control }] : [],
  );
  const controlVerdicts = judge(withControl.map(({ control }) => control));
  const comparisons = new Map(
    compared.map(({ summary, pairs, ratio, control }, i) => {
      const judged = verdicts[i] ?? {
        verdict: 'cannot tell' as const,
        pDifferentAdjusted: 1,
        pSameAdjusted: 1,
      };
      const controlVerdict =
        controlVerdicts[withControl.findIndex(({ mix }) => mix === summary.mix)]?.verdict;
      const reason = settings.quick
        ? 'a quick run gives no verdicts'
        : findReason(summary, controlVerdict, pairs.length);
      const comparison: MixComparison = {
        ...ratio,
        ...judged,
        ...(reason === undefined ? {} : { verdict: 'cannot tell', reason }),
        ...(control === undefined ? {} : { control }),
        pairs,
      };
      return [summary.mix, comparison] as const;
    }),
  );
  return mixes.map((mix) => {
    const comparison = comparisons.get(mix.mix);
    return comparison === undefined ? mix : { ...mix, comparison };
  });
}

function summariseMix(records: readonly StepRecord[], { name, title, load }: Mix): MixSummary {
  const rate = records.find((r): r is RateRecord => r.type === 'rate' && r.mix === name)?.rate;
  return {
    mix: name,
    title,
    ...(rate === undefined ? {} : { rate }),
    ...('clients' in load ? { clients: load.clients } : {}),
    sides: {
      first: summariseSide(keptTrials(records, name, 'first')),
      second: summariseSide(keptTrials(records, name, 'second')),
    },
    discarded: records.filter((r) => r.type === 'trial' && r.mix === name && r.discarded !== undefined)
      .length,
  };
}
