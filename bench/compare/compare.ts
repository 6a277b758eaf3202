/** `npm run compare`: see USAGE in settings.ts. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError, type Print } from '../command-line.ts';
import { readEnvironment, type Environment } from '../machine.ts';
import { makeRealTime, pinProcess, planCpus, REAL_TIME } from '../processes/cpus.ts';
import { readRun, summariseFolder, writeReports } from '../report/write-reports.ts';
import { buildPlan } from './plan.ts';
import { createProgress, listenForInterrupt, type Progress } from './progress.ts';
import { findHalfBlocks, openRecords, type RecordFile } from './record-file.ts';
import type { RunDescription, SideKey } from './records.ts';
import { runSteps } from './run-steps.ts';
import { readInvocation, type Invocation } from './settings.ts';
import { openSides, type Side } from './sides.ts';
import { loadData } from './workload-data.ts';

type Sides = Readonly<Record<SideKey, Side>>;

async function loadSides(sides: Sides, run: RunDescription, progress: Progress, signal: AbortSignal) {
  // Customers of this run alone: 1,000 million ids are divided among the milliseconds.
  const customerBase = 1 + (Date.now() % 1_000_000) * 1000;
  const { data, seed } = run.settings;
  const load = ({ label, api }: Side) => {
    progress.step(`loading carts into ${label}`, 0, 1, 0);
    const onProgress = (share: number) => {
      progress.detail(`${Math.round(share * 100)} %`);
    };
    return loadData(api, data, { seed, customerBase, signal, onProgress });
  };
  return { first: await load(sides.first), second: await load(sides.second) };
}

/** The description of a new run, or that of the run that goes on. */
function describeRun(
  { resume, name, settings }: Invocation,
  folder: string,
  sides: Sides,
  environment: Environment,
): RunDescription {
  if (!resume) {
    const describe = ({ label, behind, engine, running }: Side) => ({
      label,
      behind,
      engine,
      ...(running === undefined ? {} : { running }),
    });
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
    const data = await loadSides(sides, run, progress, signal);
    const deadline = begin + run.settings.minutes * 60_000;
    await runSteps(plan, { settings: run.settings, sides, data, records, progress, signal, deadline });
  } finally {
    progress.end();
    await Promise.all([first.close(), second.close()]);
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
  const summary = summariseFolder(folder, records.records);
  print(writeReports(folder, summary, records.records));
  if (!finished) return 130;
  return summary.failures.length > 0 ? 1 : 0;
}

await runCommand(import.meta.filename, main);
