/** The figures of one side in one mix, from its kept trials. */
import type { SideKey, StepRecord, TrialRecord } from '../compare/records.ts';
import type { PrimaryFigure } from '../compare/settings.ts';
import {
  createLatencyHistogram,
  mergeHistograms,
  type LatencyFigures,
  type LatencyHistogram,
} from '../load/histogram.ts';
import { meanInterval, sumOf } from '../statistics/statistics.ts';

export interface OperationFigures extends LatencyFigures {
  /** Undefined where the records do not say it. */
  readonly failed?: number | undefined;
}

/** A mean over trials and its 95 % t-interval. */
export interface TrialMean {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SideFigures {
  readonly trials: number;
  readonly arrivals: number;
  readonly failed: number;
  /** Share of the arrivals that was answered by the end of their trial, over all trials. */
  readonly achieved: number;
  /** Successful answers per second. */
  readonly throughput: number;
  /** Of the requests of all trials together. */
  readonly latency: LatencyFigures;
  readonly byOperation: Readonly<Record<string, OperationFigures>>;
  /** How the trials vary: the primary figure (ms) and the throughput of each; from INTERVAL_TRIALS trials on. */
  readonly overTrials?: { readonly primary: TrialMean; readonly throughput: TrialMean } | undefined;
  /** CPU milliseconds per successful request; undefined where it cannot be read. */
  readonly serviceCpuMs?: number | undefined;
  readonly engineCpuMs?: number | undefined;
  /** Share of one CPU the generator used. */
  readonly generatorCpu: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** Fewer trials or blocks than this and an interval says nothing but that there are too few. */
export const INTERVAL_TRIALS = 5;

/** Histograms of several trials put together; with a name only that operation's. */
export function mergeTrials(trials: readonly TrialRecord[], operation?: string): LatencyHistogram {
  const all = trials.flatMap(({ histograms = {} }) => Object.entries(histograms));
  const wanted = all.filter(([name]) => operation === undefined || name === operation);
  return mergeHistograms(wanted.map(([, encoded]) => createLatencyHistogram(encoded)));
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

/** CPU milliseconds for each successful request; undefined when one of the trials does not have it. */
function cpuMs(trials: readonly TrialRecord[], part: 'service' | 'engine'): number | undefined {
  if (trials.some(({ cpu }) => cpu[part] === undefined)) return undefined;
  // The share was taken over warm-up and trial alike, so it is the rate of answers that it belongs to.
  const seconds = sumOf(trials, (t) => (t.cpu[part] ?? 0) * t.seconds);
  const succeeded = sumOf(trials, (t) => t.succeeded);
  return (1000 * seconds) / Math.max(1, succeeded);
}

/** Every operation that was sent, also one whose requests all failed. */
function figuresByOperation(trials: readonly TrialRecord[]): Record<string, OperationFigures> {
  const names = new Set(trials.flatMap((t) => Object.keys({ ...t.histograms, ...t.requests })));
  const known = trials.every(({ requests }) => requests !== undefined);
  return Object.fromEntries(
    [...names].map((name) => {
      const failed = known ? sumOf(trials, (t) => t.requests?.[name]?.failed ?? 0) : undefined;
      return [name, { ...mergeTrials(trials, name).figures(), failed }];
    }),
  );
}

function overTrials(
  trials: readonly TrialRecord[],
  primary: PrimaryFigure,
): SideFigures['overTrials'] | undefined {
  if (trials.length < INTERVAL_TRIALS) return undefined;
  const mean = (value: (trial: TrialRecord) => number): TrialMean => {
    const { estimate, low, high } = meanInterval(trials.map(value));
    return { mean: estimate, low, high };
  };
  return { primary: mean((t) => t.latency[primary]), throughput: mean((t) => t.succeeded / t.seconds) };
}

/** Undefined without trials. */
export function summariseSide(
  trials: readonly TrialRecord[],
  primary: PrimaryFigure,
): SideFigures | undefined {
  if (trials.length === 0) return undefined;
  const sum = (value: (trial: TrialRecord) => number) => sumOf(trials, value);
  const arrivals = sum((t) => t.arrivals);
  const errors: Record<string, number> = {};
  for (const trial of trials) {
    for (const [message, n] of Object.entries(trial.errors)) errors[message] = (errors[message] ?? 0) + n;
  }
  return {
    trials: trials.length,
    arrivals,
    failed: sum((t) => t.failed),
    achieved: sum((t) => t.achieved * t.arrivals) / Math.max(1, arrivals),
    throughput: sum((t) => t.succeeded) / sum((t) => t.seconds),
    latency: mergeTrials(trials).figures(),
    byOperation: figuresByOperation(trials),
    overTrials: overTrials(trials, primary),
    serviceCpuMs: cpuMs(trials, 'service'),
    engineCpuMs: cpuMs(trials, 'engine'),
    generatorCpu: sum((t) => t.cpu.generator) / trials.length,
    errors,
  };
}
