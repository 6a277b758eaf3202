/**
 * The heap of the service under mixed load, four reads to one change at 128 connections and in twenty texts each, with little
 * memory: after a collection every half minute, and how much it grows in a minute.
 */
import { storeCarts } from './data.ts';
import type { Engine } from './engines.ts';
import { slopeOf } from './least-squares.ts';
import { runClosedLoop } from './load.ts';
import type { Cores } from './machine.ts';
import { startMeasured, type Program } from './measured-process.ts';
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
  cores: Cores | undefined,
  progress: (line: string) => void,
): Promise<MemoryGrowth> {
  const ids = await storeCarts(stores.carts, CARTS, 10);
  const program: Program = {
    name: 'service',
    file: 'src/main.ts',
    env,
    nodeOptions: ['--max-old-space-size=160', '--expose-gc'],
  };
  const measured = await startMeasured(program, cores?.service);
  const load = { port: measured.port, connections: CONNECTIONS, next: mixed(ids), check: checkEither };
  const samples: HeapSample[] = [];
  let requests = 0;
  try {
    const started = performance.now();
    for (let minute = 0; minute < minutes;) {
      requests += (await runClosedLoop({ ...load, seconds: Math.min(INTERVAL, minutes * 60) })).requests;
      const { heap, rss } = await measured.usage(true);
      minute = (performance.now() - started) / 60_000;
      samples.push({ minute, heap: heap / 1e6, rss: rss / 1e6 });
      progress(
        `memory growth, minute ${minute.toFixed(1)}: ${(heap / 1e6).toFixed(1)} MB after a collection`,
      );
    }
  } finally {
    await measured.stop();
  }
  const settled = Math.min(SETTLING, minutes / 5);
  const points = samples.filter(({ minute }) => minute > settled).map((s) => [s.minute, s.heap] as const);
  return { samples, requests, growth: slopeOf(points) };
}

export function describeMemoryGrowth({ samples, requests, growth }: MemoryGrowth): string {
  const [first, last] = [samples[0], samples.at(-1)];
  return [
    `### memory growth, PostgreSQL, ${READS} reads to 1 change, c=${CONNECTIONS}`,
    '',
    '| minutes | requests | heap MB, first | heap MB, last | RSS MB, last | growth MB/min | goal | |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${last?.minute.toFixed(1)} | ${requests} | ${first?.heap.toFixed(1)} | ${last?.heap.toFixed(1)} | ${last?.rss.toFixed(0)} | ${growth.toFixed(2)} | < ${GOAL} | ${growth < GOAL ? 'reached' : 'missed'} |`,
    '',
  ].join('\n');
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
