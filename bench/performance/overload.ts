/**
 * More requests than the service can answer: from half of the knee to three times as many, what is answered (goodput), how soon the rest
 * is refused, measured by the service itself, and how much memory that takes.
 */
import { SECONDS } from '../../src/metrics/meter.ts';
import { openConnections } from '../load/connections.ts';
import { runOpenLoop, summarise, type PreparedRequest } from '../load/generator.ts';
import { createRandom } from '../load/random.ts';
import { mergeHistograms } from '../load/histogram.ts';
import type { Engine } from '../processes/engines.ts';
import type { CpuPlan } from '../processes/machine.ts';
import { table } from '../report/sections.ts';
import { readMetrics, withMetrics, type Metrics } from './metrics.ts';
import { runLoad, startMeasured } from './rounds.ts';
import { adding, getting, storeCarts } from './works.ts';

/** Times the knee. */
const LOADS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
/** The knee: what this many clients get who wait for their answers. */
const CLIENTS = 64;
/** At one time; more than the service answers at one time, and fewer than it has connections for. */
const CONNECTIONS = 1500;
const READS = 4;
const GOALS = { goodput: 0.9, shedMs: 50 };
const SHED = 'http_response_status_code="503"';
const DURATION = 'http_server_request_duration_seconds';

/** Milliseconds: the bound of the bucket that the 99th percentile of what was shed between two looks is in. */
function shedP99(before: Metrics, after: Metrics): number {
  const between = (name: string, ...having: string[]) =>
    after.sum(name, SHED, ...having) - before.sum(name, SHED, ...having);
  const upTo = (bound: number) => between(`${DURATION}_bucket`, `le="${bound}"`);
  const all = between(`${DURATION}_count`);
  return 1000 * (SECONDS.find((bound) => upTo(bound) >= all * 0.99) ?? Infinity);
}

export async function measureOverload(
  { env, stores }: Engine,
  seconds: number,
  cpus: CpuPlan | undefined,
  progress: (line: string) => void,
) {
  const ids = await storeCarts(stores.carts, 5_000, 10);
  const [gets, adds] = [getting(ids), adding(ids)];
  let made = 0;
  const prepare = () => ((made += 1) % (READS + 1) === 0 ? adds : gets)[made % ids.length] as PreparedRequest;
  // Its own limits, not those of a patient bench.
  const limits = {
    REQUEST_TIMEOUT_MS: '2000',
    DATABASE_CONNECT_TIMEOUT_MS: '1000',
    DATABASE_STATEMENT_TIMEOUT_MS: '1500',
  };
  const metered = await withMetrics({ name: 'service', file: 'src/main.ts', env: { ...env, ...limits } });
  const service = await startMeasured(metered.program, cpus?.service);
  const points = [];
  try {
    const closed = { connections: CLIENTS, prepare, seconds };
    await runLoad(service.url, closed);
    const knee = (await runLoad(service.url, closed)).succeeded / seconds;
    for (const load of LOADS) {
      const pool = openConnections(new URL(service.url), { connections: CONNECTIONS });
      await pool.warm(CONNECTIONS);
      const before = await readMetrics(metered.url);
      const open = { rate: knee * load, maximumInFlight: Infinity, spin: false, warmupSeconds: 0, seconds };
      const loop = await runOpenLoop({
        ...open,
        random: createRandom(String(load)),
        prepare,
        send: pool.send,
      });
      const after = await readMetrics(metered.url);
      const { succeeded, arrivals, errors, latency, lag } = summarise(loop, 200);
      pool.close();
      const { rss } = await service.usage(false);
      const p99 = mergeHistograms(Object.values(latency)).percentile(99);
      const shed = after.sum(`${DURATION}_count`, SHED) - before.sum(`${DURATION}_count`, SHED);
      const point = {
        load,
        offered: arrivals / seconds,
        goodput: succeeded / seconds,
        shed: shed / seconds,
        p99,
        errors,
      };
      points.push({
        ...point,
        shedMs: shed > 0 ? shedP99(before, after) : 0,
        rss: rss / 1e6,
        lag: lag.percentile(99),
      });
      progress(
        `overload, ${load} times the knee: ${point.goodput.toFixed(0)}/s of ${point.offered.toFixed(0)}`,
      );
    }
  } finally {
    await service.stop();
  }
  const peak = Math.max(...points.map(({ goodput }) => goodput));
  const rows = points.map(({ load, offered, goodput, shed, p99, shedMs, rss, lag }) => [
    ...[
      String(load),
      ...[offered, goodput, shed].map((value) => value.toFixed(0)),
      (goodput / peak).toFixed(2),
    ],
    ...[p99.toFixed(0), shedMs === 0 ? '' : `≤ ${shedMs}`, rss.toFixed(0), lag.toFixed(0)],
  ]);
  const head = [
    '× knee',
    'offered/s',
    'goodput/s',
    'shed/s',
    'of the peak',
    'p99 ms',
    'shed in ms, p99',
    'RSS MB',
    'generator late, p99 ms',
  ];
  const twice = points.find(({ load }) => load === 2);
  const share = (twice?.goodput ?? 0) / peak;
  const slowest = Math.max(...points.map(({ shedMs }) => shedMs));
  const said = (reached: boolean) => (reached ? 'reached' : 'missed');
  const goals = [
    [
      'goodput at twice the knee',
      `≥ ${GOALS.goodput} of the peak`,
      share.toFixed(2),
      said(share >= GOALS.goodput),
    ],
    [
      'what is shed is answered within',
      `≤ ${GOALS.shedMs} ms, p99`,
      `≤ ${slowest} ms`,
      said(slowest <= GOALS.shedMs),
    ],
  ];
  const text = [
    `### overload, ${stores.title}`,
    table(head, rows),
    table(['goal', 'limit', 'measured', ''], goals),
  ];
  return { text: `${text.join('\n\n')}\n`, result: { store: stores.type, points, share, slowest } };
}
