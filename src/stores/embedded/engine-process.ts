import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import type { Account } from './postgres-account.ts';
import { dieWithParent, ENGINE_ENVIRONMENT, watchParent } from './parent-death.ts';

export interface EngineCommand {
  /** For messages: "PostgreSQL". */
  name: string;
  command: string;
  args: readonly string[];
  /** Run as this user; absent: as this process. */
  account?: Account | undefined;
  /** Open files for the child, as its descriptors 3, 4 … */
  descriptors?: readonly number[];
  /** From the gentlest, which also goes out when this process ends, to the last resort. */
  signals: readonly [NodeJS.Signals, ...NodeJS.Signals[]];
  /** Every line of the engine's standard error. */
  log: (line: string) => void;
}

export interface EngineProcess {
  pid: number;
  /** Settles when the process has ended, with how it ended and what it said last. Never rejects. */
  ended: Promise<{ code: number | null; summary: string }>;
  /** Settles at the first line of standard error that matches; throws when the process ends before, or after 60 s. */
  waitForLine: (pattern: RegExp) => Promise<void>;
  /** Lets this process end although the engine runs; the engine ends with it. */
  unref: () => void;
  /** Stops the engine and settles when it has ended. Safe to call again. */
  stop: () => Promise<void>;
}

/** Enough for crash recovery on a slow machine. */
const START_TIMEOUT_MS = 60_000;
/** For lines that are still on their way when the engine is gone. */
const LAST_WORDS_MS = 1_000;
/** A fast shutdown writes a checkpoint; beyond this it is stuck. */
const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts a program that ends when this process ends, whether by exit, exception or SIGKILL. It gets its own session, so
 * that Ctrl-C in a terminal reaches this process alone, which can then finish its work before it stops the engine.
 */
export function spawnEngine(spec: EngineCommand): EngineProcess {
  if (!isMainThread) {
    // The kernel counts the end of the thread that started the engine as the parent's end.
    throw new Error(`${spec.name} must be started from the main thread, not from a worker thread.`);
  }
  const [signal] = spec.signals;
  const { command, args, watched } = dieWithParent(spec.command, spec.args, signal);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', ...(spec.descriptors ?? [])],
    cwd: '/',
    env: ENGINE_ENVIRONMENT,
    detached: true,
    ...spec.account,
  });
  if (!watched && child.pid !== undefined) watchParent(child, signal);
  const killAtExit = (): void => void child.kill(signal);
  process.once('exit', killAtExit);
  const output = watchOutput(child, spec.log);
  const ended = describeEnd(child, spec.name, output.tail).finally(() => process.off('exit', killAtExit));
  let stopped: Promise<void> | undefined;
  return {
    pid: child.pid ?? 0,
    ended,
    waitForLine: async (pattern) => waitForLine(spec.name, pattern, output, ended),
    unref: () => {
      child.unref();
      (child.stderr as Socket).unref();
    },
    stop: () => (stopped ??= stopChild(child, spec.signals, ended)),
  };
}

interface Output {
  tail: string[];
  onLine: ((line: string) => void)[];
}

/** Reads standard error to its end, so that the engine never blocks on a full pipe. */
function watchOutput(child: ChildProcess, log: (line: string) => void): Output {
  const output: Output = { tail: [], onLine: [] };
  createInterface({ input: child.stderr as Socket }).on('line', (line) => {
    output.tail.push(line);
    if (output.tail.length > 12) output.tail.shift();
    log(line);
    for (const listener of output.onLine) listener(line);
  });
  return output;
}

async function describeEnd(child: ChildProcess, name: string, tail: string[]): EngineProcess['ended'] {
  try {
    // 'close' comes after 'exit' and after the last line of output, which a child of the engine's own may hold open.
    const closed = once(child, 'close');
    const exited = once(child, 'exit').then(async (end) => sleep(LAST_WORDS_MS, end, { ref: false }));
    const [code, signal] = (await Promise.race([closed, exited])) as [number | null, NodeJS.Signals | null];
    const how = signal ?? `exit code ${String(code)}`;
    return { code, summary: [`${name} ended (${how}).`, ...tail].join('\n  ') };
  } catch (error) {
    return { code: null, summary: `${name} cannot be run: ${(error as Error).message}` };
  }
}

async function waitForLine(
  name: string,
  pattern: RegExp,
  output: Output,
  ended: EngineProcess['ended'],
): Promise<void> {
  const seen = new Promise<'seen'>((done) => {
    if (output.tail.some((line) => pattern.test(line))) done('seen');
    output.onLine.push((line) => {
      if (pattern.test(line)) done('seen');
    });
  });
  const timer = new AbortController();
  const late = sleep(START_TIMEOUT_MS, 'late' as const, { signal: timer.signal }).catch(
    () => 'late' as const,
  );
  const outcome = await Promise.race([seen, ended, late]);
  timer.abort();
  output.onLine.length = 0;
  if (outcome === 'late') {
    throw new Error(
      `${name} is not ready after ${START_TIMEOUT_MS / 1000} s.\n  ${output.tail.join('\n  ')}`,
    );
  }
  if (outcome !== 'seen') throw new Error(outcome.summary);
}

async function stopChild(
  child: ChildProcess,
  signals: readonly NodeJS.Signals[],
  ended: EngineProcess['ended'],
): Promise<void> {
  child.ref();
  for (const signal of signals) {
    child.kill(signal);
    const timer = new AbortController();
    const late = sleep(STOP_TIMEOUT_MS, 'late' as const, { signal: timer.signal }).catch(
      () => 'late' as const,
    );
    const outcome = await Promise.race([ended, late]);
    timer.abort();
    if (outcome !== 'late') return;
  }
}
