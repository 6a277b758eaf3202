/** `npm run bench`: the service against its floors, stock Apollo and Mercurius on this machine; see USAGE. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { flag, number, readArguments, runCommand, text, UsageError, type Usage } from '../command-line.ts';
import { readEnvironment } from '../machine.ts';
import { pinProcess, planCpus, type CpuPlan } from '../processes/cpus.ts';
import { openDynamoDBEngine, openPostgresEngine, type Engine } from '../processes/engines.ts';
import { build } from './build.ts';
import { measureDynamoDBGrowth } from './growth-dynamodb.ts';
import { measurePostgresGrowth } from './growth-postgres.ts';
import { describeMemoryGrowth, measureMemoryGrowth } from './memory-growth.ts';
import { describeWork, judge } from './report.ts';
import { measureWork, type Plan } from './rounds.ts';
import { dynamodbWorks, memoryWorks, postgresWorks, type OpenWork } from './works.ts';

const USAGE = {
  call: 'npm run bench -- [options]: measures ratios to floors and stock Apollo, and holds them against their goals',
  options: {
    quick: flag('three rounds, some minutes; the default'),
    full: flag('twelve rounds, about an hour'),
    only: text('NAMES', 'a part, such as memory,get10; "growth" and "memory-growth" run only when named'),
    rounds: number('instead of three or twelve', { fallback: undefined, minimum: 1, maximum: 1000 }),
    minutes: number('time of growth (4) and memory-growth (10)', {
      fallback: undefined,
      minimum: 0.1,
      maximum: 600,
    }),
    save: flag('write the samples to bench/results'),
  },
} satisfies Usage;

const LENGTHS = {
  full: { rounds: 12, warmUpSeconds: 1, seconds: 5, openLoopRequests: 20_000 },
  quick: { rounds: 3, warmUpSeconds: 0.7, seconds: 2, openLoopRequests: 10_000 },
};

const progress = (line: string) => {
  console.error(`  ${line}`);
};

interface Report {
  readonly text: string;
  /** For the file of results. */
  readonly result: object;
}

/** What takes long and is no work of rounds; by name. */
const reports: Record<string, (minutes: number | undefined, cpus: CpuPlan | undefined) => Promise<Report>> = {
  async growth(minutes = 4) {
    const postgres = await withEngine(openPostgresEngine, (engine) =>
      measurePostgresGrowth(engine, progress),
    );
    const dynamodb = await withEngine(openDynamoDBEngine, (engine) =>
      measureDynamoDBGrowth(engine, minutes, progress),
    );
    return { text: `${postgres}\n${dynamodb}`, result: { postgres, dynamodb } };
  },
  async 'memory-growth'(minutes = 10, cpus) {
    const result = await withEngine(openPostgresEngine, (engine) =>
      measureMemoryGrowth(engine, minutes, cpus, progress),
    );
    return { text: describeMemoryGrowth(result), result };
  },
};

async function withEngine<T>(open: () => Promise<Engine>, run: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open();
  try {
    return await run(engine);
  } finally {
    await engine.close();
  }
}

const noEngine = (): Promise<Engine> =>
  Promise.resolve({ env: {}, stores: undefined as never, close: () => Promise.resolve() });
const groups: readonly { open: () => Promise<Engine>; works: Record<string, OpenWork> }[] = [
  { open: noEngine, works: memoryWorks },
  { open: openPostgresEngine, works: postgresWorks },
  { open: openDynamoDBEngine, works: dynamodbWorks },
];

/** The names in their order; @throws UsageError for one that there is not */
function readWanted(only: string | undefined): string[] {
  const names = groups.flatMap(({ works }) => Object.keys(works));
  const known = [...names, ...Object.keys(reports)];
  const wanted = only?.split(',') ?? names;
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--only=${unknown}: there is ${known.join(', ')}`);
  return wanted;
}

/** The service has one core to itself; the load, the database and everything else share the other. */
function pinSelf(): CpuPlan | undefined {
  const plan = planCpus();
  if (!plan || !pinProcess(process.pid, plan.service)) {
    console.error('Nothing is pinned: taskset or a second core is missing. The ratios are less exact.');
    return undefined;
  }
  return { service: plan.generator, generator: plan.service, engine: plan.service };
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, USAGE);
  const wanted = readWanted(values.only);
  const length = values.full ? LENGTHS.full : LENGTHS.quick;
  const plan: Plan = { ...length, rounds: values.rounds ?? length.rounds };
  build();
  const cpus = pinSelf();
  const machine = readEnvironment(cpus, false);
  const results: object[] = [];
  const add = (report: Report) => {
    console.log(report.text);
    results.push(report.result);
    if (values.save) save(values, { machine, plan, results });
  };
  for (const { open, works } of groups) {
    const chosen = Object.entries(works).filter(([name]) => wanted.includes(name));
    if (chosen.length === 0) continue;
    await withEngine(open, async (engine) => {
      for (const [, openWork] of chosen) {
        const work = await openWork(engine);
        const samples = await measureWork(work, plan, cpus, progress);
        const goals = work.goals.map((goal) => judge(goal, samples));
        add({ text: `${describeWork(work, samples)}\n`, result: { work: work.name, samples, goals } });
      }
    });
  }
  for (const [name, report] of Object.entries(reports)) {
    if (!wanted.includes(name)) continue;
    const { text, result } = await report(values.minutes, cpus);
    add({ text, result: { work: name, ...result } });
  }
  return 0;
}

function save({ full, only }: { full: boolean; only: string | undefined }, content: object): void {
  const folder = new URL('../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const part = only === undefined ? '' : `-${only.replaceAll(',', '-')}`;
  const file = new URL(`performance-${day}-${full ? 'full' : 'quick'}${part}.json`, folder);
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  console.error(`The samples are in ${file.pathname}`);
}

await runCommand(import.meta.filename, main);
