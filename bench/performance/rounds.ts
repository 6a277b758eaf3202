/** Interleaved rounds: each variant in turn, in an order that changes, so that a noisy minute spoils all alike. */
import { openHttpPool } from '../load/http-pool.ts';
import type { LoadResult } from '../load/recorder.ts';
import { busyShare, readCore } from '../machine.ts';
import { findDescendants, readCpuSeconds, type CpuPlan } from '../processes/cpus.ts';
import type { RunningProgram } from '../processes/launch.ts';
import { ANSWERED, runLoad, startMeasured } from './measured-program.ts';
import type { Variant, Work } from './work.ts';

export interface Sample {
  /** Microseconds of the service's CPU time per request. */
  readonly cpu: number;
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The process's CPU time over the time that went by. */
  readonly serviceBusy: number;
  /** Both cores, whoever used them: 0 to 1. */
  readonly serviceCore: number | undefined;
  readonly otherCore: number | undefined;
  /** Milliseconds the generator was late, for an open loop. */
  readonly lagP99?: number;
  /** Of what the work counts, for each request. */
  readonly counted?: number;
}

export interface Plan {
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Requests of one open-loop trial. */
  readonly openLoopRequests: number;
}

export type Samples = Record<string, Sample[]>;

/** Connections of an open loop: more than are ever under way below the knee. */
const OPEN_LOOP_CONNECTIONS = 128;

export async function measureWork(
  work: Work,
  plan: Plan,
  cpus: CpuPlan | undefined,
  progress: (line: string) => void,
): Promise<Samples> {
  const programs = new Map(work.variants.map(({ program }) => [program.name, program]));
  const processes = new Map<string, RunningProgram>();
  try {
    for (const [name, program] of programs) processes.set(name, await startMeasured(program, cpus?.service));
    const processOf = (variant: Variant) => processes.get(variant.program.name) as RunningProgram;
    await compareAnswers(work, (variant) => processOf(variant).url);
    const rate = work.openLoop && (await findRate(work, plan, processOf));
    const samples: Samples = Object.fromEntries(work.variants.map(({ name }) => [name, []]));
    for (const variant of work.variants) await warmUp(work, variant, processOf(variant).url);
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const variant of rotated(work.variants, round)) {
        const program = processOf(variant);
        await work.prepare?.();
        await load(work, variant, program.url, plan.warmUpSeconds);
        const run = () =>
          rate === undefined
            ? load(work, variant, program.url, plan.seconds)
            : runLoad(
                program.url,
                { ...requestsOf(work, variant), connections: OPEN_LOOP_CONNECTIONS },
                { rate, seconds: plan.openLoopRequests / rate },
              );
        const sample = await observe(work, program, cpus, run);
        samples[variant.name]?.push(sample);
        progress(`${work.name} ${round + 1}/${plan.rounds} ${variant.name}: ${describe(sample)}`);
      }
    }
    return samples;
  } finally {
    await Promise.all([...processes.values()].map((one) => one.stop()));
  }
}

const describe = ({ cpu, rate, p99 }: Sample) =>
  `${cpu.toFixed(0)} µs CPU, ${rate.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms`;

const requestsOf = ({ connections, check }: Work, { next, ...variant }: Variant) => ({
  connections: variant.connections ?? connections,
  next,
  check,
});

const load = (work: Work, variant: Variant, url: string, seconds: number): Promise<LoadResult> =>
  runLoad(url, requestsOf(work, variant), { seconds });

/** Requests until the compilers of the engine have done their work, and so long a wait for them, in seconds. */
const WARM = { requests: 4000, seconds: 30 };

async function warmUp(work: Work, variant: Variant, url: string): Promise<void> {
  await work.prepare?.();
  const end = performance.now() + WARM.seconds * 1000;
  for (let made = 0; made < WARM.requests && performance.now() < end;) {
    made += (await load(work, variant, url, 1)).succeeded;
  }
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  const turned = [...list.slice(at), ...list.slice(0, at)];
  return Math.floor(by / list.length) % 2 === 0 ? turned : turned.reverse();
}

/**
 * Half of what the base reaches in a closed loop, in requests per second. That stands for half of its knee, the rate from
 * which on latency climbs: near enough for a program without queues of its own, and found in one trial instead of ten.
 */
async function findRate(work: Work, plan: Plan, processOf: (v: Variant) => RunningProgram): Promise<number> {
  const base = work.variants.find(({ name }) => name === work.openLoop?.base);
  if (!base) throw new Error(`${work.name} has no variant ${String(work.openLoop?.base)}`);
  const { url } = processOf(base);
  await load(work, base, url, plan.warmUpSeconds * 2);
  const { succeeded, seconds } = await load(work, base, url, plan.seconds);
  return succeeded / seconds / 2;
}

async function observe(
  work: Work,
  program: RunningProgram,
  cpus: CpuPlan | undefined,
  run: () => Promise<LoadResult>,
): Promise<Sample> {
  const look = async () => ({
    cpu: (await program.usage(false)).cpu + 1e6 * (readCpuSeconds(findDescendants(program.pid)) ?? 0),
    service: cpus && readCore(cpus.service),
    other: cpus && readCore(cpus.engine),
  });
  const counted = async () => (await work.counted?.read()) ?? NaN;
  const countedBefore = await counted();
  const before = await look();
  const { latency, lag, succeeded, seconds } = await run();
  const after = await look();
  const countedPerRequest = ((await counted()) - countedBefore) / succeeded;
  const cpu = after.cpu - before.cpu;
  const at = (percent: number) => latency[ANSWERED]?.percentile(percent) ?? NaN;
  return {
    cpu: cpu / succeeded,
    rate: succeeded / seconds,
    p50: at(50),
    p99: at(99),
    serviceBusy: cpu / 1e6 / seconds,
    serviceCore: busyShare(before.service, after.service),
    otherCore: busyShare(before.other, after.other),
    ...(work.counted && { counted: countedPerRequest }),
    ...(lag.count > 0 && { lagP99: lag.percentile(99) }),
  };
}

/** @throws Error unless all variants of a work give the same JSON */
async function compareAnswers(work: Work, urlOf: (variant: Variant) => string): Promise<void> {
  const answers = new Map<string, string>();
  for (const variant of work.variants) {
    if (!variant.probe) continue;
    const body = await askOnce(urlOf(variant), variant.probe);
    work.check(body);
    answers.set(variant.name, JSON.stringify(JSON.parse(body)));
  }
  if (new Set(answers.values()).size <= 1) return;
  throw new Error(`${work.name}: the answers differ\n${JSON.stringify([...answers], null, 2)}`);
}

function askOnce(url: string, request: Buffer): Promise<string> {
  const pool = openHttpPool(new URL(url));
  return new Promise<string>((resolve, reject) => {
    pool.exchange(request, true, (error, { status, body = '' } = { status: 0, failed: true }) => {
      if (status === 200) resolve(body);
      else reject(error ?? new Error(`Status ${status}: ${body}`));
    });
  }).finally(() => {
    pool.close();
  });
}
