/** Interleaved rounds: each variant in turn, in an order that changes, so that a noisy minute spoils all alike. */
import { openHttpConnection } from './http-connection.ts';
import { quantile, runClosedLoop, runOpenLoop, type LoadResult } from './load.ts';
import { readCore, share, type Cores } from './machine.ts';
import { startMeasured, type MeasuredProcess } from './measured-process.ts';
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

export async function measureWork(
  work: Work,
  plan: Plan,
  cores: Cores | undefined,
  progress: (line: string) => void,
): Promise<Samples> {
  const programs = new Map(work.variants.map(({ program }) => [program.name, program]));
  const processes = new Map<string, MeasuredProcess>();
  try {
    for (const [name, program] of programs) processes.set(name, await startMeasured(program, cores?.service));
    const processOf = (variant: Variant) => processes.get(variant.program.name) as MeasuredProcess;
    await compareAnswers(work, processOf);
    const rate = work.openLoop && (await findRate(work, plan, processOf));
    const samples: Samples = Object.fromEntries(work.variants.map(({ name }) => [name, []]));
    for (const variant of work.variants) await warmUp(work, variant, processOf(variant).port);
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const variant of rotated(work.variants, round)) {
        const measured = processOf(variant);
        await work.prepare?.();
        await load(work, variant, measured.port, plan.warmUpSeconds);
        const sample = await observe(work, measured, cores, () =>
          rate === undefined
            ? load(work, variant, measured.port, plan.seconds)
            : runOpenLoop({
                ...loadOf(work, variant, measured.port),
                connections: 128,
                rate,
                requests: plan.openLoopRequests,
                random: Math.random,
              }),
        );
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

const loadOf = (work: Work, { next, connections = work.connections }: Variant, port: number) => ({
  port,
  connections,
  next,
  check: work.check,
});

function load(work: Work, variant: Variant, port: number, seconds: number): Promise<LoadResult> {
  return runClosedLoop({ ...loadOf(work, variant, port), seconds });
}

/** Requests until the compilers of the engine have done their work, and so long a wait for them, in seconds. */
const WARM = { requests: 4000, seconds: 30 };

async function warmUp(work: Work, variant: Variant, port: number): Promise<void> {
  await work.prepare?.();
  const end = performance.now() + WARM.seconds * 1000;
  for (let made = 0; made < WARM.requests && performance.now() < end;) {
    made += (await load(work, variant, port, 1)).requests;
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
async function findRate(work: Work, plan: Plan, processOf: (v: Variant) => MeasuredProcess): Promise<number> {
  const base = work.variants.find(({ name }) => name === work.openLoop?.base);
  if (!base) throw new Error(`${work.name} has no variant ${String(work.openLoop?.base)}`);
  const { port } = processOf(base);
  await load(work, base, port, plan.warmUpSeconds * 2);
  const { requests, seconds } = await load(work, base, port, plan.seconds);
  return requests / seconds / 2;
}

async function observe(
  work: Work,
  measured: MeasuredProcess,
  cores: Cores | undefined,
  run: () => Promise<LoadResult>,
): Promise<Sample> {
  const look = async () => ({
    usage: await measured.usage(),
    service: cores && readCore(cores.service),
    other: cores && readCore(cores.others),
  });
  const counted = async () => (await work.counted?.read()) ?? NaN;
  const countedBefore = await counted();
  const before = await look();
  const result = await run();
  const after = await look();
  const countedPerRequest = ((await counted()) - countedBefore) / result.requests;
  const cpu = after.usage.cpu - before.usage.cpu;
  return {
    cpu: cpu / result.requests,
    rate: result.requests / result.seconds,
    p50: quantile(result.latencies, 0.5),
    p99: quantile(result.latencies, 0.99),
    serviceBusy: cpu / 1e6 / result.seconds,
    serviceCore: share(before.service, after.service),
    otherCore: share(before.other, after.other),
    ...(work.counted && { counted: countedPerRequest }),
    ...(result.lags.length > 0 && { lagP99: quantile(result.lags, 0.99) }),
  };
}

/** @throws Error unless all variants of a work give the same JSON */
async function compareAnswers(work: Work, processOf: (variant: Variant) => MeasuredProcess): Promise<void> {
  const answers = new Map<string, string>();
  for (const variant of work.variants) {
    if (!variant.probe) continue;
    const body = await askOnce(processOf(variant).port, variant.probe);
    work.check(body);
    answers.set(variant.name, JSON.stringify(JSON.parse(body)));
  }
  if (new Set(answers.values()).size <= 1) return;
  throw new Error(`${work.name}: the answers differ\n${JSON.stringify([...answers], null, 2)}`);
}

async function askOnce(port: number, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    openHttpConnection(port, reject).then((connection) => {
      connection.send(request, true, ({ status, body = '' }) => {
        connection.close();
        if (status === 200) resolve(body);
        else reject(new Error(`Status ${status}: ${body}`));
      });
    }, reject);
  });
}
