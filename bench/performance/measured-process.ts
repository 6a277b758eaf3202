/** A program under measurement, on a core of its own. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import { findDescendants, readCpuSeconds } from '../load/process-cpu.ts';
import { BUILT } from './build.ts';
import type { Usage } from './measured.ts';

export interface MeasuredProcess {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  usage(afterCollection?: boolean): Promise<Usage>;
  stop(): Promise<void>;
}

export interface Program {
  readonly name: string;
  /** Relative to the project's root. */
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = (file: string) => join(root, BUILT, file.replace(/\.ts$/, '.js'));

/** Longest wait for a program to listen, in milliseconds. */
const START = 60_000;

/** A machine that others use stands still at times; an answer that comes late is measured, but no failure. */
const patience = {
  REQUEST_TIMEOUT_MS: '30000',
  DATABASE_CONNECT_TIMEOUT_MS: '20000',
  DATABASE_STATEMENT_TIMEOUT_MS: '20000',
  DATABASE_LOCK_TIMEOUT_MS: '10000',
  DYNAMODB_CONNECT_TIMEOUT_MS: '10000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '20000',
};

/** @param core the number of its CPU; undefined leaves it to the system */
export async function startMeasured(program: Program, core: number | undefined): Promise<MeasuredProcess> {
  const port = await findFreePort();
  const node = [
    process.execPath,
    ...(program.nodeOptions ?? []),
    '--import',
    built('bench/performance/measured.ts'),
    built(program.file),
  ];
  const [command = '', ...args] = core === undefined ? node : ['taskset', '-c', String(core), ...node];
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      SHUTDOWN_DELAY_SECONDS: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ALLOW_UNAUTHENTICATED: 'true',
      ...patience,
      ...program.env,
      PORT: String(port),
    },
  });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${program.name} ended with code ${String(code)}`));
    });
  });
  ended.catch(() => undefined);
  await Promise.race([listening(port), ended]);

  return {
    name: program.name,
    port,
    pid: child.pid ?? 0,
    async usage(afterCollection = false) {
      const own = await Promise.race([
        ended,
        new Promise<Usage>((resolve) => {
          child.once('message', (usage) => {
            resolve(usage as Usage);
          });
          child.send(afterCollection ? 'usage after gc' : 'usage');
        }),
      ]);
      const workers = readCpuSeconds(findDescendants(child.pid ?? 0)) ?? 0;
      return { ...own, cpu: own.cpu + workers * 1e6 };
    },
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended.catch(() => undefined);
      clearTimeout(force);
    },
  };
}

async function listening(port: number): Promise<void> {
  for (const end = Date.now() + START; Date.now() < end;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on port ${port} after ${START} ms`);
}
