/**
 * The service under mixed load for a long time, four reads to one change at 128 connections and in twenty texts each, a new cart now and
 * then, with little memory: whether its heap grows, or what it holds open.
 */
import { progress } from '../command-line.ts';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRequests, readChange } from '../client/cart-api.ts';
import type { PreparedRequest } from '../load/generator.ts';
import type { Engine } from '../processes/engines.ts';
import type { CpuPlan } from '../processes/machine.ts';
import { slopeOf } from '../statistics.ts';
import { withService, type MeteredService } from './metrics.ts';
import { goalOf, goalTable, type Report } from './report.ts';
import { runWithoutFailure } from './rounds.ts';
import { mixed, READS, storeCarts } from './works.ts';

const CONNECTIONS = 128;
const TEXTS = Array.from({ length: 20 }, (_, at) => String(at));
const CREATES_EVERY = 50;
/** Seconds between samples; a tenth of the time where that is short. */
const INTERVAL = 30;
/**
 * The share of the time until caches are full, the code is compiled, and each statement is prepared on each connection: of half an hour the
 * rarest of them took fourteen minutes to meet the last of eight connections.
 */
const SETTLING = 1 / 2;

/** Milliseconds between the end of a load and a look. */
const SETTLED_MS = 2_000;

/** How much each may grow in a minute. The heap's is the noise of ten minutes; of what is counted half of one in three minutes is none. */
const GOALS = { 'heap MB': 1, descriptors: 0.2, handles: 0.2, connections: 0.2, statements: 0.2 };
type Figure = keyof typeof GOALS;
const FIGURES = Object.keys(GOALS) as Figure[];

/** Samples after a collection. */
export async function measureSoak(
  { env, stores }: Engine,
  minutes: number,
  cpus: CpuPlan | undefined,
): Promise<Report> {
  const ids = await storeCarts(stores.carts, 1000, 10);
  const bytes = createRequests('http://127.0.0.1').create({});
  const creation: PreparedRequest = { name: 'create', bytes, check: readChange };
  const next = mixed(ids, TEXTS);
  let made = 0;
  const prepare = () => ((made += 1) % CREATES_EVERY === 0 ? creation : next());
  const seconds = Math.min(INTERVAL, minutes * 6);
  const samples: ({ minute: number; rss: number } & Record<Figure, number>)[] = [];
  const sampleService = async (service: MeteredService) => {
    const started = performance.now();
    for (let minute = 0; minute < minutes;) {
      await runWithoutFailure(service.url, { connections: CONNECTIONS, prepare, seconds });
      // The connections of the load are closed by then.
      await sleep(SETTLED_MS);
      const { heap, rss, handles, statements } = await service.usage(true);
      const connections = (await service.metrics()).sum('db_client_connection_count');
      minute = (performance.now() - started) / 60_000;
      const descriptors = readdirSync(`/proc/${service.pid}/fd`).length;
      const sample = { 'heap MB': heap / 1e6, descriptors, handles, connections, statements };
      samples.push({ minute, rss: rss / 1e6, ...sample });
      const line = FIGURES.map((figure) => `${sample[figure].toFixed(0)} ${figure}`).join(', ');
      progress(`soak, minute ${minute.toFixed(1)}: ${line}`);
    }
  };
  await withService(env, cpus, sampleService, ['--max-old-space-size=160', '--expose-gc']);
  const settled = samples.filter(({ minute }) => minute > minutes * SETTLING);
  const growth = FIGURES.map((figure) => slopeOf(settled.map((one) => [one.minute, one[figure]] as const)));
  const goals = FIGURES.map((figure, at) => {
    const [first = NaN, last = NaN] = [settled[0]?.[figure], settled.at(-1)?.[figure]];
    const [grown = NaN, limit] = [growth[at], GOALS[figure]];
    const measured = `${grown.toFixed(2)} (${first.toFixed(1)} → ${last.toFixed(1)})`;
    return goalOf(figure, `< ${limit} more a minute`, measured, grown < limit);
  });
  const rss = samples.at(-1)?.rss.toFixed(0) ?? '';
  const title = `### soak, ${stores.title}, ${minutes} minutes, ${made} requests, ${READS} reads to 1 change, c=${CONNECTIONS}`;
  const text = `${title}\n\n${goalTable(goals)}\n\nRSS at the end: ${rss} MB.\n`;
  return { text, result: { store: stores.type, samples, requests: made, growth }, goals };
}
