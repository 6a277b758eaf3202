/**
 * The heap of the service under mixed load, four reads to one change at 128 connections and in twenty texts each, with little
 * memory: after a collection every half minute, and how much it grows in a minute.
 */
import type { Engine } from '../processes/engines.ts';
import type { CpuPlan } from '../processes/machine.ts';
import { table } from '../report/sections.ts';
import { slopeOf } from '../statistics.ts';
import { runLoad, startMeasured } from './rounds.ts';
import { adding, getting, storeCarts } from './works.ts';

const CONNECTIONS = 128;
const TEXTS = Array.from({ length: 20 }, (_, at) => String(at));
const READS = 4;
/** Seconds between samples. */
const INTERVAL = 30;
/** Minutes until caches are full and the code is compiled; a fifth of the time where that is short. */
const SETTLING = 2;
/** MB a minute. */
const GOAL = 1;

/** Samples in MB after a collection. */
export async function measureMemoryGrowth(
  { env, stores }: Engine,
  minutes: number,
  cpus: CpuPlan | undefined,
  progress: (line: string) => void,
) {
  const ids = await storeCarts(stores.carts, 1000, 10);
  const [gets, adds] = [getting(ids, '/graphql', TEXTS), adding(ids, '/graphql', TEXTS)];
  let made = 0;
  const prepare = () => {
    made += 1;
    return (made % (READS + 1) === 0 ? adds : gets)[made % ids.length] as (typeof gets)[number];
  };
  const nodeOptions = ['--max-old-space-size=160', '--expose-gc'];
  const service = await startMeasured(
    { name: 'service', file: 'src/main.ts', env, nodeOptions },
    cpus?.service,
  );
  const seconds = Math.min(INTERVAL, minutes * 60);
  const samples: { minute: number; heap: number; rss: number }[] = [];
  try {
    const started = performance.now();
    for (let minute = 0; minute < minutes;) {
      await runLoad(service.url, { connections: CONNECTIONS, prepare, seconds });
      const { heap, rss } = await service.usage(true);
      minute = (performance.now() - started) / 60_000;
      samples.push({ minute, heap: heap / 1e6, rss: rss / 1e6 });
      progress(
        `memory growth, minute ${minute.toFixed(1)}: ${(heap / 1e6).toFixed(1)} MB after a collection`,
      );
    }
  } finally {
    await service.stop();
  }
  const settled = samples.filter(({ minute }) => minute > Math.min(SETTLING, minutes / 5));
  const growth = slopeOf(settled.map((s) => [s.minute, s.heap] as const));
  const [first, last] = [samples[0], samples.at(-1)];
  const heaps = [first?.heap.toFixed(1), last?.heap.toFixed(1), last?.rss.toFixed(0)];
  const verdict = [growth.toFixed(2), `< ${GOAL}`, growth < GOAL ? 'reached' : 'missed'];
  const head = ['minutes', 'requests', 'heap MB, first', 'last', 'RSS MB, last', 'growth MB/min', 'goal', ''];
  const rows = [[last?.minute.toFixed(1), made, ...heaps, ...verdict].map(String)];
  const title = `### memory growth, PostgreSQL, ${READS} reads to 1 change, c=${CONNECTIONS}`;
  return { text: `${title}\n\n${table(head, rows)}\n`, result: { samples, requests: made, growth } };
}
