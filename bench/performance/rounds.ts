/** Interleaved rounds: each variant in turn, in an order that changes, so that a noisy minute spoils all alike. */
import { progress } from '../command-line.ts';
import { exchange } from '../client/cart-api.ts';
import { openConnections } from '../load/connections.ts';
import {
  runClosedLoop,
  runOpenLoop,
  summarise,
  type LoadResult,
  type PreparedRequest,
} from '../load/generator.ts';
import { mergeHistograms } from '../load/histogram.ts';
import { createRandom } from '../load/random.ts';
import { built } from '../processes/build.ts';
import { launch, type RunningProgram } from '../processes/launch.ts';
import { findDescendants, readCpuSeconds, type CpuPlan } from '../processes/machine.ts';
import type { MeasuredProgram, Variant, Work } from './works.ts';

/** A machine that others use stands still at times; an answer that comes late is measured, but no failure. */
const patience = {
  REQUEST_TIMEOUT_MS: '30000',
  DATABASE_CONNECT_TIMEOUT_MS: '20000',
  DATABASE_STATEMENT_TIMEOUT_MS: '20000',
  DATABASE_LOCK_TIMEOUT_MS: '10000',
  DYNAMODB_CONNECT_TIMEOUT_MS: '10000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '20000',
};

/** @param cpus where it may run; undefined leaves it to the system */
export const startMeasured = (
  { name, file, env, nodeOptions = [], isNative = false }: MeasuredProgram,
  cpus: string | undefined,
): Promise<RunningProgram> =>
  launch({
    name,
    ...(isNative
      ? { executable: file }
      : { node: [...nodeOptions, '--import', `./${built('bench/processes/measured.ts')}`, built(file)] }),
    env: {
      ...{ PATH: process.env['PATH'], NODE_ENV: 'production', ALLOW_UNAUTHENTICATED: 'true' },
      ...{ SHUTDOWN_DELAY_SECONDS: '0', LOG_LEVEL: 'error', ...patience, ...env },
    },
    cpus,
  });

/** Longest wait for an answer, and for the last ones of an open loop, in seconds. */
const PATIENCE = 60;
/** One answer in so many is read and checked in full. */
const CHECK_EVERY = 200;

interface LoadOptions {
  readonly connections: number;
  readonly prepare: () => PreparedRequest;
  readonly seconds: number;
  /** Before what counts; 0 by default. */
  readonly warmupSeconds?: number;
  /** For an open loop, requests/s. */
  readonly rate?: number;
  /** Sees each answer. @param head the lines before its body */
  readonly watch?: (status: number, head: string) => void;
}

/** A closed loop for some seconds, or an open one at a rate. */
export async function runLoad(
  url: string,
  { connections, prepare, warmupSeconds = 0, seconds, rate, watch }: LoadOptions,
): Promise<LoadResult> {
  const pool = openConnections(new URL(url), { connections, timeoutMs: PATIENCE * 1000 });
  const watched: typeof pool.send = (request, answered) => {
    pool.send(request, (error, status, body, head = '') => {
      watch?.(status, head);
      answered(error, status, body);
    });
  };
  const send = watch ? watched : pool.send;
  const load = { warmupSeconds, seconds, random: createRandom('1'), prepare, send };
  try {
    await pool.warm(connections);
    // The generator sleeps between requests, if only for a timer's millisecond: the database has the same core.
    const open = { spin: false, maximumInFlight: Infinity, drainSeconds: PATIENCE };
    const made = await (rate === undefined
      ? runClosedLoop({ ...load, clients: connections, thinkMs: 0 })
      : runOpenLoop({ ...load, ...open, rate }));
    return summarise(made, CHECK_EVERY);
  } finally {
    pool.close();
  }
}

/** @throws Error when a request failed */
export async function runWithoutFailure(url: string, options: LoadOptions): Promise<LoadResult> {
  const result = await runLoad(url, options);
  const [problem] = Object.keys(result.errors);
  if (problem !== undefined) throw new Error(problem);
  return result;
}

export interface Plan {
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Requests of one open-loop trial. */
  readonly openLoopRequests: number;
}

/** Connections of an open loop: more than are ever under way below the knee. */
const OPEN_LOOP_CONNECTIONS = 128;
/**
 * Requests until the compilers of the engine have done their work (a get cart fell from 190 to 112 µs over the first 30,000), and so long
 * a wait for them, in seconds.
 */
const WARM = { requests: 20_000, seconds: 10 };

export async function measureWork(work: Work, plan: Plan, cpus: CpuPlan | undefined): Promise<Samples> {
  const processes = new Map<string, RunningProgram>();
  const processOf = ({ program }: Variant) => processes.get(program.name) as RunningProgram;
  const load = (variant: Variant, seconds: number, more: { rate?: number; connections?: number } = {}) => {
    const connections = variant.connections ?? work.connections;
    const options = { connections, prepare: variant.next, seconds, ...more };
    return runWithoutFailure(processOf(variant).url, options);
  };
  try {
    for (const { program } of work.variants) {
      if (!processes.has(program.name))
        processes.set(program.name, await startMeasured(program, cpus?.service));
    }
    await compareAnswers(work, processOf);
    for (const variant of work.variants) {
      await work.prepare?.();
      const end = performance.now() + WARM.seconds * 1000;
      for (let made = 0; made < WARM.requests && performance.now() < end;)
        made += (await load(variant, 1)).succeeded;
    }
    const base = work.variants.find(({ name }) => name === work.openLoop?.base);
    // Half of what it reaches in a closed loop stands for half of its knee: near enough for a program without queues of its own.
    const rate = base && (await load(base, plan.seconds)).succeeded / plan.seconds / 2;
    const samples: Samples = Object.fromEntries(work.variants.map(({ name }) => [name, []]));
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const variant of rotated(work.variants, round)) {
        await work.prepare?.();
        await load(variant, plan.warmUpSeconds);
        const run = () =>
          rate === undefined
            ? load(variant, plan.seconds)
            : load(variant, plan.openLoopRequests / rate, { rate, connections: OPEN_LOOP_CONNECTIONS });
        const sample = await observe(work, processOf(variant), run);
        samples[variant.name]?.push(sample);
        const { cpu, rate: reached, p99 } = sample;
        const figures = `${cpu.toFixed(0)} µs CPU, ${reached.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms`;
        progress(`${work.name} ${round + 1}/${plan.rounds} ${variant.name}: ${figures}`);
      }
    }
    return samples;
  } finally {
    await Promise.all([...processes.values()].map((one) => one.stop()));
  }
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  const turned = [...list.slice(at), ...list.slice(0, at)];
  return Math.floor(by / list.length) % 2 === 0 ? turned : turned.reverse();
}

async function observe(work: Work, program: RunningProgram, run: () => Promise<LoadResult>) {
  const look = async () => ({
    counted: await work.counted?.read(),
    cpu: (await program.usage(false)).cpu + 1e6 * (readCpuSeconds(findDescendants(program.pid)) ?? 0),
  });
  const [before, { latency, lag, succeeded, seconds }, after] = [await look(), await run(), await look()];
  const cpu = after.cpu - before.cpu;
  const all = mergeHistograms(Object.values(latency)).figures();
  return {
    /** Microseconds of the service's CPU time per request. */
    cpu: cpu / succeeded,
    rate: succeeded / seconds,
    /** Milliseconds. */
    p50: all.p50,
    p99: all.p99,
    /** The process's CPU time over the time that went by. */
    serviceBusy: cpu / 1e6 / seconds,
    /** Milliseconds the generator was late, for an open loop. */
    lagP99: work.openLoop && lag.percentile(99),
    /** Of what the work counts, for each request. */
    counted: work.counted && ((after.counted ?? NaN) - (before.counted ?? NaN)) / succeeded,
  };
}
export type Sample = Awaited<ReturnType<typeof observe>>;
export type Samples = Record<string, Sample[]>;

/** @throws Error unless all variants of a work give the same JSON */
async function compareAnswers({ name, variants }: Work, processOf: (variant: Variant) => RunningProgram) {
  const answers = new Map<string, string>();
  for (const variant of variants) {
    if (!variant.probe) continue;
    const pool = openConnections(new URL(processOf(variant).url));
    const { status, body } = await exchange(pool, variant.probe.bytes).finally(pool.close);
    if (status !== 200) throw new Error(`${variant.name}: status ${status}: ${body}`);
    variant.probe.check(body);
    answers.set(variant.name, JSON.stringify(JSON.parse(body)));
  }
  if (new Set(answers.values()).size <= 1) return;
  throw new Error(`${name}: the answers differ\n${JSON.stringify([...answers], null, 2)}`);
}
