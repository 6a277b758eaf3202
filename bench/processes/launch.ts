/** One way to start what is measured: a program as a process of its own, on CPUs of its own, until it is stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import { dieWithParent, watchParent } from '../../src/stores/embedded/parent-death.ts';
import { built, buildPrograms } from './build.ts';
import { findDescendants, pinProcess, readCpuSeconds, type CpuPlan } from './machine.ts';
import type { Usage } from './measured.ts';

export interface Program {
  readonly name: string;
  /** Arguments of node: its options, then the file, relative to the project's root. */
  readonly node?: readonly string[];
  /** In place of node: a program that is no JavaScript, relative to the project's root. It tells of its CPU time alone, by the system. */
  readonly executable?: string | undefined;
  /** All of its environment beside PORT and HOST. */
  readonly env: NodeJS.ProcessEnv;
  /** Ready when this path is answered with success; otherwise as soon as it answers anything. */
  readonly readyPath?: string;
  /** Receives what the program prints, and is named in errors; without one its errors go to standard error. */
  readonly logFile?: string | undefined;
  /** Where it may run with all that it starts, as taskset lists them. */
  readonly cpus?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const READY_MS = 120_000;
const STOP_MS = 15_000;
const root = join(import.meta.dirname, '../..');

/** @throws Error when it ends or is not ready in time; the signal's reason when that is aborted */
export async function launch(program: Program) {
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
    url,
    pid: child.pid ?? 0,
    /** Answered by a program that has measured.ts loaded. */
    async usage(afterCollection: boolean): Promise<Usage> {
      if (program.executable !== undefined) {
        // Read from /proc to a hundredth of a second.
        const cpu = (readCpuSeconds([child.pid ?? 0]) ?? NaN) * 1e6;
        return { cpu, heap: NaN, rss: NaN, peak: NaN, handles: NaN, statements: NaN };
      }
      const told = once(child, 'message') as Promise<[Usage]>;
      child.send(afterCollection ? 'usage after gc' : 'usage');
      const [usage] = await Promise.race([told, ended]);
      return usage;
    },
    stop,
  };
}
export type RunningProgram = Awaited<ReturnType<typeof launch>>;

function startChild(
  { node = [], executable = process.execPath, env, logFile, cpus }: Program,
  port: number,
): ChildProcess {
  const pinned = cpus === undefined ? [] : ['taskset', '-c', cpus];
  const [first = '', ...args] = [...pinned, executable, ...node];
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
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(log, { end: false });
    child.once('close', () => log.end());
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

/**
 * What a service takes from the shell's environment: what a process needs to run at all, and how it reaches AWS. All settings
 * of the service have to come from the comparison: a WORKERS left over from somewhere would change what is measured unseen.
 */
const ALWAYS =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS|AWS_(?!ENDPOINT_URL).*)$/;
/** How to log in to a PostgreSQL that the asker named. */
const LOGIN = /^(DATABASE_AUTH|DATABASE_SSL_CA|PGPASSWORD)$/;
/** Which tables of a DynamoDB that the asker named. */
const TABLES = /^(DYNAMODB_TABLE_NAME|DYNAMODB_PRODUCTS_TABLE_NAME)$/;

/** @param given the settings the comparison gives, which say whether a database was named */
export function inheritedEnvironment(
  shell: Readonly<NodeJS.ProcessEnv>,
  given: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const dynamodb = 'AWS_ENDPOINT_URL_DYNAMODB' in given || given['NODE_ENV'] === 'production';
  const passing = [ALWAYS, ...('DATABASE_URL' in given ? [LOGIN] : []), ...(dynamodb ? [TABLES] : [])];
  const names = Object.keys(shell).filter((name) => passing.some((pattern) => pattern.test(name)));
  return Object.fromEntries(names.map((name) => [name, shell[name]]));
}

/** The service, compiled, with nothing of the shell's settings; its engines get CPUs of their own. */
export async function startService({
  env,
  cpus,
  ...options
}: Pick<Program, 'logFile' | 'signal'> & {
  readonly env: Readonly<Record<string, string>>;
  readonly cpus?: CpuPlan | undefined;
}): Promise<RunningProgram> {
  buildPrograms();
  const service = await launch({
    ...options,
    name: 'the service',
    node: [built('src/main.ts')],
    env: { ...inheritedEnvironment(process.env, env), LOG_LEVEL: 'warn', PLAYGROUND: 'false', ...env },
    readyPath: '/health',
    cpus: cpus?.service,
  });
  if (cpus !== undefined) for (const engine of findDescendants(service.pid)) pinProcess(engine, cpus.engine);
  return service;
}
