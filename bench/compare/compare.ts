/** `npm run compare`: see USAGE in settings.ts. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError, type Print } from '../command-line.ts';
import { pinProcess, planCpus, readEnvironment, type Environment } from '../processes/machine.ts';
import { readRun, summariseFolder, writeReports } from '../report/write-reports.ts';
import { loadData } from './mixes.ts';
import { buildPlan } from './plan.ts';
import { bySide, findHalfBlocks, openRecords, SIDES } from './records.ts';
import type { BySide, RecordFile, RunDescription } from './records.ts';
import { runSteps } from './run-steps.ts';
import { readInvocation, type Invocation } from './settings.ts';
import { openSides, type Side } from './sides.ts';

/** Progress, a line a step. */
const note = (line: string) => {
  process.stderr.write(`${line}\n`);
};

async function loadSides({ first, second }: BySide<Side>, { settings }: RunDescription, signal: AbortSignal) {
  // Customers of this run alone: 1,000 million ids are divided among the milliseconds.
  const customerBase = 1 + (Date.now() % 1_000_000) * 1000;
  const load = async ({ label, api }: Side) => {
    note(`loading carts into ${label}`);
    return loadData(api, settings.data, { seed: settings.seed, customerBase, signal });
  };
  return { first: await load(first), second: await load(second) };
}

/** The description of a new run, or that of the run that goes on. */
function describeRun(
  { resume, name, settings }: Invocation,
  folder: string,
  sides: BySide<Side>,
  environment: Environment,
): RunDescription {
  if (!resume) {
    const described = bySide((key) => {
      const { label, behind, engine, running } = sides[key];
      return { label, behind, engine, running };
    });
    return { name, startedAt: new Date().toISOString(), settings, environment, sides: described };
  }
  const run = readRun(folder);
  for (const key of SIDES) {
    const [before, now] = [run.sides[key].behind, sides[key].behind];
    if (before !== now) throw new UsageError(`--resume: the ${key} side was ${before}, now it is ${now}`);
  }
  const commits = new Set([...(run.otherCommits ?? []), environment.commit]);
  commits.delete(run.environment.commit);
  return commits.size === 0 ? run : { ...run, otherCommits: [...commits] };
}

/** Starts both sides, measures what is missing of the run, stops them. Throws the signal's reason when it is aborted. */
async function measure(
  invocation: Invocation,
  folder: string,
  records: RecordFile,
  signal: AbortSignal,
): Promise<void> {
  const begin = performance.now();
  const cpus = planCpus();
  if (cpus !== undefined) pinProcess(process.pid, cpus.generator);
  // Before anything of this run is a part of the machine's load.
  const environment = readEnvironment(cpus);
  note('starting both sides');
  const { targets, settings } = invocation;
  const sides = await openSides({ targets, engines: settings.engines, logs: folder, cpus, signal });
  try {
    const run = describeRun(invocation, folder, sides, environment);
    writeFileSync(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
    for (const step of findHalfBlocks(records.records)) records.append({ type: 'annulled', step });
    const data = await loadSides(sides, run, signal);
    const deadline = begin + run.settings.minutes * 60_000;
    const context = { settings: run.settings, sides, data, records, note, signal, deadline };
    await runSteps(buildPlan(run.settings), context);
  } finally {
    await Promise.all([sides.first.close(), sides.second.close()]);
  }
}

/** Whether it came to its end; false when it was interrupted. The first Ctrl-C stops `run`, the second ends at once. */
async function untilInterrupted(run: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(130);
    note('Stopping; the report of what there is follows. Ctrl-C again ends at once.');
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  try {
    await run(controller.signal);
    return true;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    return false;
  } finally {
    process.off('SIGINT', listener).off('SIGTERM', listener);
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
  const finished = await untilInterrupted((signal) => measure(invocation, folder, records, signal));
  // Interrupted before both sides had started: there is nothing to report.
  if (!existsSync(join(folder, 'run.json'))) return 130;
  const summary = summariseFolder(folder, records.records);
  print(writeReports(folder, summary, records.records));
  if (!finished) return 130;
  return summary.failures.length > 0 ? 1 : 0;
}

await runCommand(import.meta.filename, main);
