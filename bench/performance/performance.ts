/**
 * `npm run bench`: measures the service against its floors, stock Apollo and Mercurius on this machine and holds the
 * ratios against their goals. `--quick` (default) takes some minutes, `--full` about an hour; `--only=memory,dynamodb`
 * measures a part; `--rounds=n`; `--save` writes the samples to bench/results. `--only=growth` and
 * `--only=memory-growth` are never part of a run that does not name them; `--minutes=n` is their time.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { connectionsWork, hotWork } from './descriptive-works.ts';
import { openDynamoDBEngine, openPostgresEngine, type Engine } from './engines.ts';
import { measureDynamoDBGrowth } from './growth-dynamodb.ts';
import { measurePostgresGrowth } from './growth-postgres.ts';
import { describeMemoryGrowth, measureMemoryGrowth } from './memory-growth.ts';
import { describeMachine, pinCores } from './machine.ts';
import { describeWork, judge } from './report.ts';
import { measureWork, type Plan } from './rounds.ts';
import type { Work } from './work.ts';
import { addItemWork, dynamodbWork, getCartWork, latencyWork, memoryWork, workersWork } from './works.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    minutes: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
});

const plan: Plan = {
  ...(options.full
    ? { rounds: 12, warmUpSeconds: 1, seconds: 5, openLoopRequests: 20_000 }
    : { rounds: 3, warmUpSeconds: 0.7, seconds: 2, openLoopRequests: 10_000 }),
  ...(options.rounds !== undefined && { rounds: Number(options.rounds) }),
};

type OpenWork = (engine: Engine) => Promise<Work> | Work;

const postgresWorks: Record<string, OpenWork> = {
  get10: (engine) => getCartWork(engine, 10),
  get50: (engine) => getCartWork(engine, 50),
  get500: (engine) => getCartWork(engine, 500, 50),
  connections: connectionsWork,
  latency: latencyWork,
  add: addItemWork,
  hot: hotWork,
  workers: workersWork,
};

interface Report {
  readonly text: string;
  /** For the file of results. */
  readonly result: object;
}

/** What takes long and is no work of rounds. */
const reports: Record<string, () => Promise<Report>> = {
  async growth() {
    const minutes = Number(options.minutes ?? 4);
    const postgres = await on(openPostgresEngine, (engine) => measurePostgresGrowth(engine, progress));
    const dynamodb = await on(openDynamoDBEngine, (engine) =>
      measureDynamoDBGrowth(engine, minutes, progress),
    );
    return { text: `${postgres}\n${dynamodb}`, result: { postgres, dynamodb } };
  },
  async 'memory-growth'() {
    const minutes = Number(options.minutes ?? 10);
    const result = await on(openPostgresEngine, (engine) =>
      measureMemoryGrowth(engine, minutes, cores, progress),
    );
    return { text: describeMemoryGrowth(result), result };
  },
};

const groups: { open?: () => Promise<Engine>; works: Record<string, OpenWork> }[] = [
  { works: { memory: () => memoryWork(), memory50: () => memoryWork(50) } },
  { open: openPostgresEngine, works: postgresWorks },
  { open: openDynamoDBEngine, works: { dynamodb: dynamodbWork } },
];

const names = groups.flatMap(({ works }) => Object.keys(works));
const known = [...names, ...Object.keys(reports)];
const wanted = options.only?.split(',') ?? names;
for (const name of wanted) {
  if (!known.includes(name)) throw new Error(`--only=${name}: there is ${known.join(', ')}`);
}

build();
const cores = pinCores();
if (!cores)
  console.error('Nothing is pinned: taskset or a second core is missing. The ratios are less exact.');
const machine = describeMachine();
const progress = (line: string) => {
  console.error(`  ${line}`);
};
const results: object[] = [];
for (const group of groups) await measureGroup(group);
for (const [name, report] of Object.entries(reports)) {
  if (!wanted.includes(name)) continue;
  const { text, result } = await report();
  console.log(text);
  results.push({ work: name, ...result });
  if (options.save) await save();
}

async function measureGroup({ open, works }: (typeof groups)[number]): Promise<void> {
  const chosen = Object.keys(works).filter((name) => wanted.includes(name));
  if (chosen.length === 0) return;
  const engine = await open?.();
  try {
    for (const name of chosen) {
      const work = await (works[name] as OpenWork)(engine as Engine);
      const samples = await measureWork(work, plan, cores, progress);
      console.log(`${describeWork(work, samples)}\n`);
      results.push({ work: work.name, samples, goals: work.goals.map((goal) => judge(goal, samples)) });
      if (options.save) await save();
    }
  } finally {
    await engine?.close();
  }
}

async function on<T>(open: () => Promise<Engine>, run: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open();
  try {
    return await run(engine);
  } finally {
    await engine.close();
  }
}

async function save(): Promise<void> {
  const folder = new URL('../results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const part = options.only === undefined ? '' : `-${options.only.replaceAll(',', '-')}`;
  const file = new URL(`performance-${day}-${options.full ? 'full' : 'quick'}${part}.json`, folder);
  await writeFile(file, `${JSON.stringify({ machine, plan, cores, results }, null, 1)}\n`);
  console.error(`The samples are in ${file.pathname}`);
}
