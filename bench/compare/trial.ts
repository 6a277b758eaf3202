/** One trial: a mix against a side for some seconds, what it says of itself, and whether it may be used. */
import { runClosedLoop, runOpenLoop, summarise } from '../load/generator.ts';
import { mergeHistograms } from '../load/histogram.ts';
import { createRandom } from '../load/random.ts';
import { readCpuSeconds } from '../processes/machine.ts';
import { LOWEST_RATE } from './knee.ts';
import { findLateness } from './lateness.ts';
import { createRequestMaker, type LoadedData, type Mix } from './mixes.ts';
import {
  SIDES,
  type BySide,
  type RateRecord,
  type RecordFile,
  type SideKey,
  type TrialRecord,
} from './records.ts';
import type { RunSettings } from './settings.ts';
import type { Side } from './sides.ts';

/** What every step of a run needs. */
export interface RunContext {
  readonly settings: RunSettings;
  readonly sides: BySide<Side>;
  readonly data: BySide<LoadedData>;
  readonly records: RecordFile;
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
  /** performance.now() after which nothing new begins. */
  readonly deadline: number;
}

/** What is measured, and as which step of the plan. */
export interface Trial extends Pick<TrialRecord, 'step' | 'purpose' | 'block' | 'arm'> {
  readonly mix: Mix;
  readonly side: SideKey;
  /** For an open mix, if not the one that was found for it; a closed one has its clients. */
  readonly rate?: number;
  readonly warmupSeconds: number;
  /** Without warm-up. */
  readonly seconds: number;
  /** Both sides of a block share it, and with it arrivals and requests. */
  readonly randomSeed: string;
}

type TrialContext = Pick<RunContext, 'sides' | 'data' | 'signal' | 'settings'>;
type RatedTrial = Trial & { readonly rate: number };

/** A trial that had to be thrown away is measured so many times in all. */
const ATTEMPTS = 4;

/** Until a trial may be kept, at most ATTEMPTS times; every attempt is recorded. */
export async function runWithRetries(context: RunContext, trial: Trial): Promise<TrialRecord> {
  const planned = { rate: rateOf(trial.mix, context), ...trial };
  for (let attempt = 1; ; attempt += 1) {
    const record = await runTrial(context, planned, attempt);
    context.records.append(record);
    if (record.discarded === undefined) return record;
    context.note(`thrown away: ${trial.step}, attempt ${attempt}: ${record.discarded}`);
    if (attempt === ATTEMPTS) return record;
  }
}

/** CPU seconds so far of the generator and, where they can be seen, of the service and its engines. */
function readCpu({ pid, enginePids }: Side): Record<'generator' | 'service' | 'engine', number | undefined> {
  const { user, system } = process.cpuUsage();
  return {
    generator: (user + system) / 1e6,
    service: pid === undefined ? undefined : readCpuSeconds([pid]),
    engine: pid === undefined ? undefined : readCpuSeconds(enginePids(), { ended: true }),
  };
}

async function runLoad({ sides, data, signal }: TrialContext, trial: RatedTrial) {
  const { mix, side, randomSeed, warmupSeconds, seconds, rate } = trial;
  const { api } = sides[side];
  const prepare = createRequestMaker(mix, api.requests, data[side], createRandom(`${randomSeed}/requests`));
  const random = createRandom(`${randomSeed}/arrivals`);
  const load = { warmupSeconds, seconds, random, prepare, send: api.connections.send, signal };
  const [begin, before] = [performance.now(), readCpu(sides[side])];
  const made = await ('rate' in mix.load
    ? runOpenLoop({ ...load, rate })
    : runClosedLoop({ ...load, ...mix.load }));
  const [elapsed, after] = [(performance.now() - begin) / 1000, readCpu(sides[side])];
  const share = (part: keyof typeof before) => {
    const [from, to] = [before[part], after[part]];
    return from === undefined || to === undefined ? undefined : (to - from) / elapsed;
  };
  const cpu = { generator: share('generator') ?? 0, service: share('service'), engine: share('engine') };
  return { result: summarise(made), cpu };
}

/** Runs the trial and says what is to be recorded; `discarded` says when it must not be used. */
export async function runTrial(
  context: TrialContext,
  trial: RatedTrial,
  attempt: number,
): Promise<TrialRecord> {
  const { mix, side, rate, step, purpose, block, arm } = trial;
  const startedAt = new Date().toISOString();
  const { result, cpu } = await runLoad(context, trial);
  const { latency, lag, fromSend, ...counts } = result;
  const open = 'rate' in mix.load;
  const discarded = open ? findLateness(result, purpose, context.settings.primary) : undefined;
  const encoded = Object.entries(latency).map(([name, histogram]) => [name, histogram.encode()]);
  return {
    ...{ type: 'trial', step, attempt, startedAt, side, mix: mix.name, block, arm, purpose },
    ...(open ? { rate, lagP99: lag.percentile(99), fromSend: fromSend.figures() } : {}),
    ...counts,
    cpu,
    latency: mergeHistograms(Object.values(latency)).figures(),
    ...(discarded === undefined
      ? { histograms: Object.fromEntries(encoded) as Record<string, string> }
      : { discarded }),
  };
}

/** The share of the slower side's saturation that a trial's rate may reach: far enough from the knee. */
const UTILISATION = 0.35;

/** The rate of a mix on both sides: its own, or less where a side could not carry it with ease. */
export async function findRate(step: string, mix: Mix, context: RunContext): Promise<RateRecord> {
  const { settings, sides, data, note, signal } = context;
  const saturation = { first: 0, second: 0 };
  for (const key of SIDES) {
    const { api, label } = sides[key];
    const random = createRandom(`${settings.seed}/${step}`);
    const prepare = createRequestMaker(mix, api.requests, data[key], random);
    const shape = { clients: 8, thinkMs: 0, warmupSeconds: 0.3, seconds: settings.calibrationSeconds };
    const made = await runClosedLoop({ ...shape, random, prepare, send: api.connections.send, signal });
    const { succeeded, seconds, errors } = summarise(made);
    // Its trials are run all the same, at the lowest rate: their failures are the result.
    if (succeeded === 0)
      note(`"${mix.title}" does not work on ${label}: ${Object.keys(errors)[0] ?? 'no answer'}`);
    saturation[key] = Math.round(succeeded / seconds);
  }
  const wanted = 'rate' in mix.load ? mix.load.rate : 0;
  const possible = UTILISATION * Math.min(saturation.first, saturation.second);
  const rate = Math.max(LOWEST_RATE, Math.floor(Math.min(wanted, possible)));
  return { type: 'rate', step, mix: mix.name, saturation, rate };
}

export const findRateRecord = ({ name }: Mix, { records }: RunContext): RateRecord | undefined =>
  records.records.find((r): r is RateRecord => r.type === 'rate' && r.mix === name);

/** Requests per second; the mix's own where none was found, 0 for a closed loop. */
const rateOf = (mix: Mix, context: RunContext): number =>
  'rate' in mix.load ? (findRateRecord(mix, context)?.rate ?? mix.load.rate) : 0;
