/** One trial: a mix against a side for some seconds, and what it says of itself whether it may be used. */
import { runClosedLoop, runOpenLoop } from '../load/generator.ts';
import { mergeHistograms } from '../load/histogram.ts';
import { createRandom } from '../load/random.ts';
import type { LoadResult } from '../load/recorder.ts';
import { readCpuSeconds } from '../processes/cpus.ts';
import { createRequestMaker, type Mix } from './mixes.ts';
import type { Progress } from './progress.ts';
import type { RecordFile } from './record-file.ts';
import type { SideKey, TrialRecord } from './records.ts';
import type { RunSettings } from './settings.ts';
import type { Side } from './sides.ts';
import type { LoadedData } from './workload-data.ts';

/** What every step of a run needs. */
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

/** What is measured, and as which step of the plan. */
export interface Trial extends Pick<TrialRecord, 'step' | 'purpose' | 'block' | 'arm'> {
  readonly mix: Mix;
  readonly side: SideKey;
  /** For an open mix; a closed one has its clients. */
  readonly rate: number;
  readonly warmupSeconds: number;
  /** Without warm-up. */
  readonly seconds: number;
  /** Both sides of a block share it, and with it arrivals and requests. */
  readonly randomSeed: string;
}

type TrialContext = Pick<RunContext, 'sides' | 'data' | 'signal'>;

/** A generator that is later than this at p99 measures itself: the trial is thrown away. */
const MAXIMUM_LAG_MS = 1;
/** A trial that had to be thrown away is measured so many times in all. */
const ATTEMPTS = 4;

/** Until a trial may be kept, at most ATTEMPTS times; every attempt is recorded. */
export async function runWithRetries(context: RunContext, trial: Trial): Promise<TrialRecord> {
  for (let attempt = 1; ; attempt += 1) {
    const record = await runTrial(context, trial, attempt);
    context.records.append(record);
    if (record.discarded === undefined) return record;
    context.progress.note(`thrown away: ${trial.step}, attempt ${attempt}: ${record.discarded}`);
    if (attempt === ATTEMPTS) return record;
  }
}

function runLoad({ sides, data, signal }: TrialContext, trial: Trial): Promise<LoadResult> {
  const { mix, side, randomSeed, warmupSeconds, seconds, rate } = trial;
  const requests = createRandom(`${randomSeed}/requests`);
  const prepare = createRequestMaker(mix, sides[side].api, data[side], requests);
  const load = { warmupSeconds, seconds, random: createRandom(`${randomSeed}/arrivals`), prepare, signal };
  return 'rate' in mix.load ? runOpenLoop({ ...load, rate }) : runClosedLoop({ ...load, ...mix.load });
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

/** Runs the trial and says what is to be recorded; `discarded` says when it must not be used. */
export async function runTrial(context: TrialContext, trial: Trial, attempt: number): Promise<TrialRecord> {
  const { mix, side, rate, step, purpose, block, arm } = trial;
  const startedAt = new Date().toISOString();
  const before = readCpu(context.sides[side]);
  const begin = performance.now();
  const { latency, lag, ...counts } = await runLoad(context, trial);
  const elapsed = (performance.now() - begin) / 1000;
  const after = readCpu(context.sides[side]);
  const share = (part: keyof typeof before) => {
    const [from, to] = [before[part], after[part]];
    return from === undefined || to === undefined ? undefined : (to - from) / elapsed;
  };
  const open = 'rate' in mix.load;
  const lagP99 = lag.percentile(99);
  const late = open && lagP99 > MAXIMUM_LAG_MS;
  const discarded = `send lag p99 ${lagP99.toFixed(2)} ms, above ${MAXIMUM_LAG_MS} ms`;
  const histograms = Object.entries(latency);
  return {
    type: 'trial',
    step,
    attempt,
    startedAt,
    side,
    mix: mix.name,
    block,
    arm,
    purpose,
    ...(open ? { rate, lagP99 } : {}),
    ...counts,
    cpu: { generator: share('generator') ?? 0, service: share('service'), engine: share('engine') },
    latency: mergeHistograms(histograms.map(([, histogram]) => histogram)).figures(),
    ...(late
      ? { discarded }
      : { histograms: Object.fromEntries(histograms.map(([name, h]) => [name, h.encode()])) }),
  };
}
