/**
 * The heap of the service under mixed load, four reads to one change at 128 connections and in twenty texts each, with little
 * memory: after a collection every half minute, and how much it grows in a minute.
 */
import type { CpuPlan } from '../processes/cpus.ts';
import type { Engine } from '../processes/engines.ts';
import { table } from '../report/model.ts';
import { slopeOf } from '../statistics/statistics.ts';
import { storeCarts } from './data.ts';
import { runLoad, startMeasured } from './measured-program.ts';
import { ADD_ITEMS, addItemRequest, checkEither, GET_CART, getCartRequest, inTurn } from './operations.ts';

const CONNECTIONS = 128;
const CARTS = 1000;
const TEXTS = 20;
const READS = 4;
/** Seconds between samples. */
const INTERVAL = 30;
/** Minutes until caches are full and the code is compiled; a fifth of the time where that is short. */
const SETTLING = 2;
/** MB a minute. */
const GOAL = 1;

export interface HeapSample {
  readonly minute: number;
  /** MB after a collection. */
  readonly heap: number;
  readonly rss: number;
}

export interface MemoryGrowth {
  readonly samples: readonly HeapSample[];
  readonly requests: number;
  /** MB a minute, by least squares over the samples after the first minutes. */
  readonly growth: number;
}

export async function measureMemoryGrowth(
  { env, stores }: Engine,
  minutes: number,
  cpus: CpuPlan | undefined,
  progress: (line: string) => void,
): Promise<MemoryGrowth> {
  const ids = await storeCarts(stores.carts, CARTS, 10);
  const nodeOptions = ['--max-old-space-size=160', '--expose-gc'];
  const service = await startMeasured(
    { name: 'service', file: 'src/main.ts', env, nodeOptions },
    cpus?.service,
  );
  const requests = { connections: CONNECTIONS, next: mixed(ids), check: checkEither };
  const seconds = Math.min(INTERVAL, minutes * 60);
  const samples: HeapSample[] = [];
  let answered = 0;
  try {
    const started = performance.now();
    for (let minute = 0; minute < minutes;) {
      answered += (await runLoad(service.url, requests, { seconds })).succeeded;
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
  const settled = Math.min(SETTLING, minutes / 5);
  const points = samples.filter(({ minute }) => minute > settled).map((s) => [s.minute, s.heap] as const);
  return { samples, requests: answered, growth: slopeOf(points) };
}

export function describeMemoryGrowth({ samples, requests, growth }: MemoryGrowth): string {
  const [first, last] = [samples[0], samples.at(-1)];
  const figures = [
    last?.minute.toFixed(1),
    requests,
    first?.heap.toFixed(1),
    last?.heap.toFixed(1),
    last?.rss.toFixed(0),
    growth.toFixed(2),
    `< ${GOAL}`,
    growth < GOAL ? 'reached' : 'missed',
  ];
  const head = [
    'minutes',
    'requests',
    'heap MB, first',
    'heap MB, last',
    'RSS MB, last',
    'growth MB/min',
    'goal',
    '',
  ];
  const title = `### memory growth, PostgreSQL, ${READS} reads to 1 change, c=${CONNECTIONS}`;
  return `${title}\n\n${table(head, [figures.map(String)])}\n`;
}

/** Requests in turn; the texts differ as those of twenty clients do, in the name of the operation. */
function mixed(ids: readonly string[]): () => Buffer {
  const texts = Array.from({ length: TEXTS }, (_, at) => ({
    get: GET_CART.replace('Cart', `Cart${at}`),
    add: ADD_ITEMS.replace('Add', `Add${at}`),
  }));
  const reads = inTurn(ids.map((id, at) => getCartRequest(id, '/graphql', texts[at % TEXTS]?.get)));
  const changes = inTurn(
    ids.map((id, at) => addItemRequest(id, 1 + (at % 10), '/graphql', texts[at % TEXTS]?.add)),
  );
  let made = 0;
  return () => ((made += 1) % (READS + 1) === 0 ? changes() : reads());
}
