/**
 * More requests than the service can answer: from half of the knee to four times as many, in an open loop. What is answered (goodput),
 * how soon the rest is refused, measured by the service itself, and how much memory that takes.
 */
import { progress } from '../command-line.ts';
import { SECONDS } from '../../src/metrics/meter.ts';
import { findKnee, judgeProbe, type Probe } from '../compare/knee.ts';
import { findLateness } from '../compare/lateness.ts';
import type { PreparedRequest } from '../load/generator.ts';
import { mergeHistograms } from '../load/histogram.ts';
import type { Engine } from '../processes/engines.ts';
import type { RunningProgram } from '../processes/launch.ts';
import type { CpuPlan } from '../processes/machine.ts';
import { table } from '../report/table.ts';
import { withService, type MeteredService, type Metrics } from './metrics.ts';
import { goalOf, goalTable, whole, type PlainGoal, type Report } from './report.ts';
import { runLoad, runWithoutFailure } from './rounds.ts';
import { mixed, storeCarts } from './works.ts';

/** Times the knee, rising: memory that was taken once is seldom given back. */
const LOADS = [0.5, 0.75, 1, 1.5, 2, 3, 4];
/** At one time, at every load; more than the service answers at one time, and fewer than it has connections for. */
const CONNECTIONS = 1500;
/** For the compilers of the engine. */
const WARM = { connections: 64, seconds: 8 };
/** Of each load, which do not count: until the service has accepted all of its connections. */
const OPENING = 1;
/** Where the search for the knee begins and ends, requests/s. */
const RATES = { start: 250, maximum: 20_000 };
/** The part of a load's time that a trial of that search has. */
const OF_TRIAL = 1 / 3;
/**
 * Memory at the highest load against that at the knee. Slots, connections and queues are the same in number at both; what waits
 * without a bound would grow as the load does, four times. A half more is left to V8, which collects later the more it is asked to do.
 */
const GOALS = { goodput: 0.9, shedMs: 50, memory: 1.5 };
const SHED = 'http_response_status_code="503"';
const DURATION = 'http_server_request_duration_seconds';
/** Its own limits, not those of a patient bench. */
const LIMITS = {
  REQUEST_TIMEOUT_MS: '2000',
  DATABASE_CONNECT_TIMEOUT_MS: '1000',
  DATABASE_STATEMENT_TIMEOUT_MS: '1500',
  DATABASE_LOCK_TIMEOUT_MS: '300',
};

/** Milliseconds: the bound of the bucket that the 99th percentile of what was shed between two looks is in; 0 where nothing was. */
function shedBetween(before: Metrics, after: Metrics) {
  const between = (name: string, ...having: string[]) =>
    after.sum(name, SHED, ...having) - before.sum(name, SHED, ...having);
  const count = between(`${DURATION}_count`);
  const upTo = (bound: number) => between(`${DURATION}_bucket`, `le="${bound}"`);
  return { count, p99: count && 1000 * (SECONDS.find((bound) => upTo(bound) >= count * 0.99) ?? Infinity) };
}

/** Offers a rate on as many connections as ever. */
async function offer({ url }: RunningProgram, prepare: () => PreparedRequest, rate: number, seconds: number) {
  let unasked = 0;
  const watch = (status: number, head: string) => {
    // Whoever is refused has to be told when to come back.
    if (status === 503 && !/\r\nretry-after: *\d/i.test(head)) unasked += 1;
  };
  const result = await runLoad(url, {
    ...{ connections: CONNECTIONS, warmupSeconds: OPENING, prepare, rate, seconds, watch },
  });
  const p99 = mergeHistograms(Object.values(result.latency)).percentile(99);
  return { ...result, rate, p99, lagP99: result.lag.percentile(99), unasked };
}

type Prepare = () => PreparedRequest;

/** @param load times the knee */
async function measurePoint(
  service: MeteredService,
  prepare: Prepare,
  load: number,
  knee: number,
  seconds: number,
) {
  const before = await service.metrics();
  const seen = await offer(service, prepare, knee * load, seconds);
  const shed = shedBetween(before, await service.metrics());
  const { p99, unasked, errors, lagP99: lag } = seen;
  const [offered, goodput] = [seen.arrivals / seconds, seen.succeeded / seconds];
  progress(`overload, ${load} times the knee: ${goodput.toFixed(0)}/s of ${offered.toFixed(0)}`);
  return {
    load,
    /** Requests/s; what was shed with that of the opening. */
    offered,
    goodput,
    shed: shed.count / (OPENING + seconds),
    /** Of what was shed, in the service, and of what was answered; milliseconds. */
    shedMs: shed.p99,
    p99,
    /** Answers 503 without Retry-After. */
    unasked,
    /** The highest RSS so far, MB. */
    memory: (await service.usage(false)).peak / 1e6,
    ...{ lag, errors },
  };
}
type Point = Awaited<ReturnType<typeof measurePoint>>;

export async function measureOverload(
  { env, stores }: Engine,
  seconds: number,
  cpus: CpuPlan | undefined,
): Promise<Report> {
  const prepare = mixed(await storeCarts(stores.carts, 5_000, 10));
  // To compare: MAX_IN_FLIGHT=64 npm run bench -- --only=overload.
  const { MAX_IN_FLIGHT } = process.env;
  const own = { ...env, ...LIMITS, ...(MAX_IN_FLIGHT !== undefined && { MAX_IN_FLIGHT }) };
  /** A process of its own: what an earlier one has been through is in its memory. */
  const withWarm = <T>(run: (service: MeteredService) => Promise<T>): Promise<T> =>
    withService(own, cpus, async (service) => {
      await runWithoutFailure(service.url, { ...WARM, prepare });
      return run(service);
    });

  const { rate, unresolved = '' } = await withWarm((service) => {
    const probe = async (at: number): Promise<Probe> => {
      const seen = await offer(service, prepare, at, seconds * OF_TRIAL);
      const found = judgeProbe(seen, findLateness(seen, 'knee', 'p95') !== undefined);
      progress(`the knee: ${at}/s, p99 ${found.p99.toFixed(0)} ms, ${seen.failed} failed: ${found.outcome}`);
      return found;
    };
    return findKnee(probe, RATES);
  });
  if (rate === undefined) return describe(stores, `none, ${unresolved}`, []);
  const points = await withWarm(async (service) => {
    const climbed: Point[] = [];
    for (const load of LOADS) climbed.push(await measurePoint(service, prepare, load, rate, seconds));
    return climbed;
  });
  return describe(stores, `${rate}/s`, points);
}

/** The goals that the points are held against. */
export function judgeOverload(points: readonly Point[]): PlainGoal[] {
  if (points.length === 0) return [goalOf('a knee', 'found', 'none', false)];
  const at = (times: number) => points.find(({ load }) => load === times);
  const most = (figure: 'goodput' | 'shedMs' | 'unasked') => Math.max(...points.map((one) => one[figure]));
  const { goodput = NaN, offered = NaN } = at(2) ?? {};
  // Where the knee lies far below what can be answered at all, twice as much may still be less than that.
  const share = goodput / Math.min(offered, most('goodput'));
  const [slowest, unasked] = [most('shedMs'), most('unasked')];
  const memory = (points.at(-1)?.memory ?? NaN) / (at(1)?.memory ?? NaN);
  const ofPeak = `≥ ${GOALS.goodput} of the peak, or of what was offered`;
  const atMost = `≤ ${GOALS.memory} × that at the knee`;
  const soon = `≤ ${GOALS.shedMs} ms, p99`;
  return [
    goalOf('goodput at twice the knee', ofPeak, share.toFixed(2), share >= GOALS.goodput),
    goalOf('what is shed is answered within', soon, `≤ ${slowest} ms`, slowest <= GOALS.shedMs),
    goalOf('what is shed without Retry-After', '0', String(unasked), unasked === 0),
    goalOf('memory at the highest load', atMost, memory.toFixed(2), memory <= GOALS.memory),
  ];
}

function describe({ title, type }: Engine['stores'], knee: string, points: readonly Point[]): Report {
  const goals = judgeOverload(points);
  const peak = Math.max(...points.map(({ goodput }) => goodput));
  const rows = points.map(({ load, offered, goodput, shed, p99, shedMs, memory, lag }) => [
    ...[String(load), whole(offered), whole(goodput), whole(shed), (goodput / peak).toFixed(2)],
    ...[whole(p99), shedMs === 0 ? '' : `≤ ${shedMs}`, whole(memory), whole(lag)],
  ]);
  const head = ['× knee', 'offered/s', 'goodput/s', 'shed/s', 'of the peak', 'p99 ms', 'shed in ms, p99'];
  const parts = [
    `### overload, ${title}; the knee: ${knee}`,
    table([...head, 'highest RSS MB', 'generator late, p99 ms'], rows),
    goalTable(goals),
  ];
  return { text: `${parts.join('\n\n')}\n`, result: { store: type, knee, points }, goals };
}
