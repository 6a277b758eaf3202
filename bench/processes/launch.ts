/** One way to start what is measured: a Node program as a process of its own, on CPUs of its own, until it is stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { dieWithParent, watchParent } from '../../src/stores/embedded/parent-death.ts';
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import type { Usage } from './measured.ts';

export interface Program {
  readonly name: string;
  /** Arguments of node: its options, then the file, relative to the project's root. */
  readonly node: readonly string[];
  /** All of its environment beside PORT and HOST. */
  readonly env: NodeJS.ProcessEnv;
  /** Ready when this path is answered with success; otherwise as soon as it answers anything. */
  readonly readyPath?: string;
  /** Receives what the program prints, and is named in errors; without one its errors go to standard error. */
  readonly logFile?: string;
  /** Where it may run with all that it starts, as taskset lists them. */
  readonly cpus?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RunningProgram {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Answered by a program that has measured.ts loaded. */
  usage(afterCollection: boolean): Promise<Usage>;
  stop(): Promise<void>;
}

const READY_MS = 120_000;
const STOP_MS = 15_000;
const root = join(import.meta.dirname, '../..');

/** @throws Error when it ends or is not ready in time; the signal's reason when that is aborted */
export async function launch(program: Program): Promise<RunningProgram> {
  const { name, readyPath, logFile, signal } = program;
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startChild(program, port);
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async () => {
    await stopChild(child);
    process.off('exit', killAtExit);
  };
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with code ${String(code)}`);
  });
  ended.catch(() => undefined);

  for (const patience = performance.now() + READY_MS; !(await answers(url, readyPath));) {
    if (child.exitCode !== null || performance.now() > patience || signal?.aborted === true) {
      await stop();
      signal?.throwIfAborted();
      throw new Error(`${name} did not become ready${logFile === undefined ? '' : `, see ${logFile}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    name,
    port,
    url,
    pid: child.pid ?? 0,
    async usage(afterCollection) {
      const told = once(child, 'message') as Promise<[Usage]>;
      child.send(afterCollection ? 'usage after gc' : 'usage');
      const [usage] = await Promise.race([told, ended]);
      return usage;
    },
    stop,
  };
}

function startChild({ node, env, logFile, cpus }: Program, port: number): ChildProcess {
  const pinned = cpus === undefined ? [] : ['taskset', '-c', cpus];
  const [first = '', ...args] = [...pinned, process.execPath, ...node];
  const command = dieWithParent(first, args, 'SIGTERM');
  const output = logFile === undefined ? (['ignore', 'inherit'] as const) : (['pipe', 'pipe'] as const);
  // Out of the terminal's process group: Ctrl-C is for the bench, which then stops the program itself.
  const child = spawn(command.command, command.args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', ...output, 'ipc'],
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
  });
  if (!command.watched) watchParent(child, 'SIGTERM');
  if (logFile !== undefined) {
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => {
      log.end();
    });
  }
  return child;
}

async function answers(url: string, path: string | undefined): Promise<boolean> {
  try {
    const answer = await fetch(`${url}${path ?? '/'}`, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return path === undefined || answer.ok;
  } catch {
    return false;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
