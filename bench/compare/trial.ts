/** One trial: a mix against a side for some seconds, and what it says of itself whether it may be used. */
import { createLatencyHistogram, type LatencyHistogram } from '../load/latency-histogram.ts';
import { runClosedLoop } from '../load/closed-loop.ts';
import type { LoadResult } from '../load/load-result.ts';
import { runOpenLoop } from '../load/open-loop.ts';
import { readCpuSeconds } from '../load/process-cpu.ts';
import { createRandom } from '../load/random.ts';
import { createRequestMaker, type Mix } from './mixes.ts';
import type { LatencyFigures, TrialRecord } from './records.ts';
import type { Side } from './sides.ts';
import type { LoadedData } from './workload-data.ts';

/** A generator that is later than this at p99 measures itself: the trial is thrown away. */
export const MAXIMUM_LAG_MS = 1;

export interface TrialRequest {
  readonly step: string;
  readonly attempt: number;
  readonly purpose: TrialRecord['purpose'];
  readonly side: Side;
  readonly data: LoadedData;
  readonly mix: Mix;
  /** For an open mix; a closed one has its clients. */
  readonly rate: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  /** Both sides of a block share it, and with it arrivals and requests. */
  readonly randomSeed: string;
  readonly block?: number;
  readonly arm?: TrialRecord['arm'];
  readonly signal: AbortSignal;
}

export const figuresOfHistogram = (histogram: LatencyHistogram): LatencyFigures => ({
  count: histogram.count,
  mean: histogram.mean,
  p50: histogram.percentile(50),
  p95: histogram.percentile(95),
  p99: histogram.percentile(99),
  max: histogram.maximum,
});

/** Latency of all operations together, milliseconds. */
export function latencyFigures(result: Pick<LoadResult, 'latency'>): LatencyFigures {
  const all = createLatencyHistogram();
  for (const histogram of Object.values(result.latency)) all.add(histogram);
  return figuresOfHistogram(all);
}

function runLoad(request: TrialRequest): Promise<LoadResult> {
  const { side, data, mix, warmupSeconds, seconds, signal } = request;
  const prepare = createRequestMaker(mix, side.api, data, createRandom(`${request.randomSeed}/requests`));
  const random = createRandom(`${request.randomSeed}/arrivals`);
  const common = { warmupSeconds, seconds, random, prepare, signal };
  return 'rate' in mix.load
    ? runOpenLoop({ ...common, rate: request.rate })
    : runClosedLoop({ ...common, clients: mix.load.clients, thinkMs: mix.load.thinkMs });
}

/** CPU seconds so far of the generator and, where they can be seen, of the service and its engines. */
function readCpu(side: Side): { generator: number; service: number | undefined; engine: number | undefined } {
  const { user, system } = process.cpuUsage();
  return {
    generator: (user + system) / 1e6,
    service: side.pid === undefined ? undefined : readCpuSeconds([side.pid]),
    engine: side.pid === undefined ? undefined : readCpuSeconds(side.enginePids(), { ended: true }),
  };
}

/** Runs the trial and records it; `discarded` says when it must not be used. */
export async function runTrial(request: TrialRequest): Promise<TrialRecord> {
  const { side, mix } = request;
  const startedAt = new Date().toISOString();
  const before = readCpu(side);
  const begin = performance.now();
  const result = await runLoad(request);
  const elapsed = (performance.now() - begin) / 1000;
  const after = readCpu(side);
  const share = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : (to - from) / elapsed;
  const service = share(before.service, after.service);
  const engine = share(before.engine, after.engine);
  const open = 'rate' in mix.load;
  const lagP99 = result.lag.percentile(99);
  const discarded =
    open && lagP99 > MAXIMUM_LAG_MS
      ? `send lag p99 ${lagP99.toFixed(2)} ms, above ${MAXIMUM_LAG_MS} ms`
      : undefined;
  return {
    type: 'trial',
    step: request.step,
    attempt: request.attempt,
    startedAt,
    side: side.key,
    mix: mix.name,
    ...(request.block === undefined ? {} : { block: request.block }),
    ...(request.arm === undefined ? {} : { arm: request.arm }),
    purpose: request.purpose,
    ...(open ? { rate: request.rate, lagP99 } : {}),
    seconds: result.seconds,
    arrivals: result.arrivals,
    succeeded: result.succeeded,
    failed: result.failed,
    achieved: result.achieved,
    requests: result.requests,
    errors: result.errors,
    cpu: {
      generator: (after.generator - before.generator) / elapsed,
      ...(service === undefined ? {} : { service }),
      ...(engine === undefined ? {} : { engine }),
    },
    latency: latencyFigures(result),
    ...(discarded === undefined
      ? {
          histograms: Object.fromEntries(
            Object.entries(result.latency).map(([name, h]) => [name, h.encode()]),
          ),
        }
      : { discarded }),
  };
}
