/** `npm run bench`: the service against its floors, stock Apollo and Mercurius on this machine; see USAGE. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flag, number, readArguments, runCommand, text, UsageError, type Usage } from '../command-line.ts';
import { buildPrograms } from '../processes/build.ts';
import { openDynamoDBEngine, openPostgresEngine, type Engine } from '../processes/engines.ts';
import { pinProcess, planCpus, readEnvironment, type CpuPlan } from '../processes/machine.ts';
import { measureGrowth } from './growth.ts';
import { measureOverload } from './overload.ts';
import { measureSoak } from './soak.ts';
import { reportWork, type PlainGoal, type Report } from './report.ts';
import { measureWork, type Plan } from './rounds.ts';
import { PEER, peerWorks } from './peer-works.ts';
import { dynamodbWorks, memoryWorks, postgresWorks, type OpenWork } from './works.ts';

const USAGE = {
  call: 'npm run bench -- [options]: measures ratios to floors and stock Apollo, and holds them against their goals',
  options: {
    quick: flag('three rounds, some minutes; the default'),
    full: flag('twelve rounds, about an hour'),
    only: text(
      'NAMES',
      'such as memory,get10; "growth", "overload" and "soak" run only when named',
      undefined,
    ),
    rounds: number('instead of three or twelve', [1, 1000], undefined, 'a whole number'),
    minutes: number('time of growth (4), overload (2) and soak (30), on each store', [0.1, 600], undefined),
    save: flag('write the samples to bench/results'),
  },
  notes:
    'Exit code 1 when overload or soak misses a goal. The others compare programs, and only say what they have reached.',
} satisfies Usage;

const LENGTHS = {
  full: { rounds: 12, warmUpSeconds: 1, seconds: 5, openLoopRequests: 20_000 },
  quick: { rounds: 3, warmUpSeconds: 0.7, seconds: 2, openLoopRequests: 10_000 },
};

async function withEngine<T>(open: () => Promise<Engine>, run: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open();
  try {
    return await run(engine);
  } finally {
    await engine.close();
  }
}

async function onBoth(measure: (engine: Engine) => Promise<Report>): Promise<Report> {
  const postgres = await withEngine(openPostgresEngine, measure);
  const dynamodb = await withEngine(openDynamoDBEngine, measure);
  return {
    text: `${postgres.text}\n${dynamodb.text}`,
    result: [postgres.result, dynamodb.result],
    goals: [...(postgres.goals ?? []), ...(dynamodb.goals ?? [])],
  };
}

/** What takes long and is no work of rounds; by name. */
const reports: Record<string, (minutes: number | undefined, cpus: CpuPlan | undefined) => Promise<Report>> = {
  growth: (minutes = 4) => onBoth((engine) => measureGrowth(engine, minutes)),
  overload: (minutes = 2, cpus) => onBoth((engine) => measureOverload(engine, minutes * 6, cpus)),
  soak: (minutes = 30, cpus) => onBoth((engine) => measureSoak(engine, minutes, cpus)),
};

const noEngine = () =>
  Promise.resolve({ env: {}, stores: undefined as never, close: () => Promise.resolve() });
const groups: readonly { open: () => Promise<Engine>; works: Record<string, OpenWork> }[] = [
  { open: noEngine, works: memoryWorks },
  { open: openPostgresEngine, works: postgresWorks },
  { open: openPostgresEngine, works: peerWorks },
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

/** Whether what is written in Go can be measured: Go is no part of what the project needs. */
function buildPeer(): boolean {
  const root = join(import.meta.dirname, '../..');
  const args = ['build', '-trimpath', '-o', join(root, PEER), '.'];
  return spawnSync('go', args, { cwd: join(root, 'bench/peers/go'), stdio: ['ignore', 2, 2] }).status === 0;
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
  const cpus = pinSelf();
  // Before anything of this run is a part of the machine's load.
  const machine = readEnvironment(cpus);
  buildPrograms();
  const results: object[] = [];
  const goals: PlainGoal[] = [];
  const add = (report: Report) => {
    console.log(report.text);
    results.push(report.result);
    goals.push(...(report.goals ?? []));
    if (values.save) save(values, { machine, plan, results });
  };
  for (const { open, works } of groups) {
    const chosen = Object.entries(works).filter(([name]) => wanted.includes(name));
    if (chosen.length === 0) continue;
    if (works === peerWorks && !buildPeer()) {
      console.log(`Skipped, because Go is not at hand: ${chosen.map(([name]) => name).join(', ')}\n`);
      continue;
    }
    await withEngine(open, async (engine) => {
      for (const [, openWork] of chosen) {
        const work = await openWork(engine);
        add(reportWork(work, await measureWork(work, plan, cpus)));
      }
    });
  }
  for (const [name, report] of Object.entries(reports)) {
    if (!wanted.includes(name)) continue;
    const made = await report(values.minutes, cpus);
    add({ ...made, result: { work: name, result: made.result } });
  }
  return goals.every(({ reached }) => reached) ? 0 : 1;
}

function save({ full, only }: { full: boolean; only: string | undefined }, content: object): void {
  const day = new Date().toISOString().slice(0, 10);
  const part = only === undefined ? '' : `-${only.replaceAll(',', '-')}`;
  const file = join(
    import.meta.dirname,
    `../results/performance-${day}-${full ? 'full' : 'quick'}${part}.json`,
  );
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  console.error(`The samples are in ${file}`);
}

await runCommand(import.meta.filename, main);
