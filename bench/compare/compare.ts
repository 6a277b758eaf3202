/** `npm run compare`: see HELP in settings.ts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError, type Print } from '../command-line.ts';
import { makeRealTime, pinProcess, planCpus, REAL_TIME } from '../load/process-cpu.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { listenForInterrupt } from './interrupt.ts';
import { buildPlan } from './plan.ts';
import { createProgress, type Progress } from './progress.ts';
import { findHalfBlocks, findMissing, openRecords, type RecordFile } from './record-file.ts';
import type { SideKey } from './records.ts';
import { writeReports } from './report.ts';
import { runSteps } from './run-steps.ts';
import { HELP, readInvocation, type Invocation } from './settings.ts';
import { openSides, type Side } from './sides.ts';
import { summarise, type RunDescription } from './summary.ts';
import { loadData } from './workload-data.ts';

function readRun(folder: string): RunDescription {
  const path = join(folder, 'run.json');
  if (!existsSync(path)) throw new UsageError(`nothing to resume: ${path} is not there`);
  return JSON.parse(readFileSync(path, 'utf8')) as RunDescription;
}

async function loadSides(
  sides: readonly Side[],
  run: RunDescription,
  progress: Progress,
  signal: AbortSignal,
) {
  // Customers of this run alone: 1,000 million ids are divided among the milliseconds.
  const customerBase = 1 + (Date.now() % 1_000_000) * 1000;
  const loaded = [];
  for (const side of sides) {
    progress.step(`loading carts into ${side.label}`, 0, 1, 0);
    const { data, seed } = run.settings;
    const onProgress = (share: number) => {
      progress.detail(`${Math.round(share * 100)} %`);
    };
    loaded.push(await loadData(side.api, data, { seed, customerBase, signal, onProgress }));
  }
  const [first, second] = loaded;
  if (first === undefined || second === undefined) throw new Error('two sides are needed');
  return { first, second };
}

/** The description of a new run, or that of the run that goes on. */
function describeRun(
  invocation: Invocation,
  folder: string,
  sides: Readonly<Record<SideKey, Side>>,
  environment: Environment,
): RunDescription {
  const describe = ({ label, behind, engine, running }: Side) => ({
    label,
    behind,
    engine,
    ...(running === undefined ? {} : { running }),
  });
  if (!invocation.resume) {
    const { name, settings } = invocation;
    const described = { first: describe(sides.first), second: describe(sides.second) };
    return { name, startedAt: new Date().toISOString(), settings, environment, sides: described };
  }
  const run = readRun(folder);
  for (const key of ['first', 'second'] as const) {
    const { behind } = sides[key];
    if (run.sides[key].behind !== behind) {
      throw new UsageError(`--resume: the ${key} side was ${run.sides[key].behind}, now it is ${behind}`);
    }
  }
  const commits = new Set([...(run.otherCommits ?? []), environment.commit]);
  commits.delete(run.environment.commit);
  return commits.size === 0 ? run : { ...run, otherCommits: [...commits] };
}

interface Session {
  readonly invocation: Invocation;
  readonly folder: string;
  readonly records: RecordFile;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Starts both sides, measures what is missing of the run, stops them. Throws the signal's reason when it is aborted. */
async function measure({ invocation, folder, records, progress, signal }: Session): Promise<void> {
  const begin = performance.now();
  const cpus = planCpus();
  if (cpus !== undefined) pinProcess(process.pid, cpus.generator);
  const realTime = invocation.realTime && makeRealTime(process.pid, REAL_TIME.generator);
  progress.step('starting both sides', 0, 1, 0);
  const { targets, settings } = invocation;
  const options = { targets, engines: settings.engines, logs: folder, cpus, realTime, signal };
  const [first, second] = await openSides(options);
  const sides = { first, second };
  try {
    const run = describeRun(invocation, folder, sides, readEnvironment(cpus, realTime));
    writeFileSync(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
    const plan = buildPlan(run.settings);
    records.annul(findHalfBlocks(records.records, plan));
    const data = await loadSides([first, second], run, progress, signal);
    const deadline = begin + run.settings.minutes * 60_000;
    await runSteps(plan, { settings: run.settings, sides, data, records, progress, signal, deadline });
  } finally {
    progress.end();
    await Promise.all([first, second].map((side) => side.close()));
  }
}

/** Whether it came to its end; false when it was interrupted. */
async function measureUntilInterrupted(session: Omit<Session, 'signal'>): Promise<boolean> {
  const interrupt = listenForInterrupt(session.progress);
  try {
    await measure({ ...session, signal: interrupt.signal });
    return true;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return false;
  } finally {
    interrupt.stop();
  }
}

/** Measures, writes the reports; returns the exit code: 0, 1 when a step failed, 130 when interrupted. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const invocation = readInvocation(args, new Date());
  if (invocation.help) {
    print(`${HELP}\n`);
    return 0;
  }
  const folder = join(invocation.out, invocation.name);
  if (!invocation.resume && existsSync(join(folder, 'steps.jsonl'))) {
    throw new UsageError(`${folder} has a result already: give another --name, or --resume to go on with it`);
  }
  if (invocation.resume) readRun(folder);
  mkdirSync(folder, { recursive: true });
  const records = openRecords(join(folder, 'steps.jsonl'));
  const finished = await measureUntilInterrupted({
    invocation,
    folder,
    records,
    progress: createProgress(),
  });
  // Interrupted before both sides had started: there is nothing to report.
  if (!existsSync(join(folder, 'run.json'))) return 130;
  const run = readRun(folder);
  const missing = findMissing(records.records, buildPlan(run.settings), run.settings.blocks)
    .filter((step) => step.kind !== 'trial' || step.spare !== true)
    .map(({ id }) => id);
  const summary = summarise(run, records.records, missing);
  print(writeReports(folder, summary, records.records));
  if (!finished) return 130;
  return summary.failures.length > 0 ? 1 : 0;
}

await runCommand(import.meta.filename, main);
