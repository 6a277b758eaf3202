/** `npm run compare`: see HELP in settings.ts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError, type Print } from '../command-line.ts';
import { makeRealTime, pinProcess, planCpus, REAL_TIME } from '../load/process-cpu.ts';
import { readEnvironment } from './environment.ts';
import { buildPlan } from './plan.ts';
import { createProgress, type Progress } from './progress.ts';
import { findMissing, openRecords, type RecordFile } from './records.ts';
import { writeReports } from './report.ts';
import { runSteps } from './run-steps.ts';
import { HELP, readInvocation, type Invocation } from './settings.ts';
import { openSides, type Side } from './sides.ts';
import { summarise, type RunDescription } from './summary.ts';
import { loadData } from './workload-data.ts';

/** The first Ctrl-C stops in an orderly way, the second one at once. */
function listenForInterrupt(progress: Progress): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(130);
    progress.note('Stopping; the report of what there is follows. Ctrl-C again ends at once.');
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => process.off('SIGINT', listener).off('SIGTERM', listener),
  };
}

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

/** Measures what is missing of the run; returns whether it was interrupted. */
async function measure(
  invocation: Invocation,
  folder: string,
  progress: Progress,
): Promise<{ run: RunDescription; records: RecordFile; interrupted: boolean }> {
  const begin = performance.now();
  const interrupt = listenForInterrupt(progress);
  const { signal } = interrupt;
  const cpus = planCpus();
  if (cpus !== undefined) pinProcess(process.pid, cpus.generator);
  const realTime = invocation.realTime && makeRealTime(process.pid, REAL_TIME.generator);
  progress.step('starting both sides', 0, 1, 0);
  const records = openRecords(join(folder, 'steps.jsonl'));
  const sides = await openSides({
    targets: invocation.targets,
    engines: invocation.settings.engines,
    logs: folder,
    cpus,
    realTime,
    signal,
  });
  const [first, second] = sides;
  const describe = ({ label, behind, engine }: Side) => ({ label, behind, engine });
  const run: RunDescription = invocation.resume
    ? readRun(folder)
    : {
        name: invocation.name,
        startedAt: new Date().toISOString(),
        settings: invocation.settings,
        environment: readEnvironment(cpus, realTime),
        sides: { first: describe(first), second: describe(second) },
      };
  let interrupted = false;
  try {
    for (const key of ['first', 'second'] as const) {
      const now = (key === 'first' ? first : second).behind;
      if (run.sides[key].behind !== now) {
        throw new UsageError(`--resume: the ${key} side was ${run.sides[key].behind}, now it is ${now}`);
      }
    }
    writeFileSync(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
    const data = await loadSides(sides, run, progress, signal);
    await runSteps(buildPlan(run.settings), {
      settings: run.settings,
      sides: { first, second },
      data,
      records,
      progress,
      signal,
      deadline: begin + run.settings.minutes * 60_000,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    interrupted = true;
  } finally {
    progress.end();
    await Promise.all(sides.map((side) => side.close()));
    interrupt.stop();
  }
  return { run, records, interrupted };
}

/** Measures, writes the reports; returns the exit code: 0, or 130 when interrupted. */
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
  mkdirSync(folder, { recursive: true });
  const progress = createProgress();
  const { run, records, interrupted } = await measure(invocation, folder, progress);
  const missing = findMissing(records.records, buildPlan(run.settings), run.settings.blocks)
    .filter((step) => step.kind !== 'trial' || step.spare !== true)
    .map(({ id }) => id);
  print(writeReports(folder, summarise(run, records.records, missing), records.records));
  return interrupted ? 130 : 0;
}

await runCommand(import.meta.filename, main);
