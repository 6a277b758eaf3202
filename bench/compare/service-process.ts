/** Starts the service as a process of its own, waits until it is ready, stops it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { dieWithParent, watchParent } from '../../src/stores/embedded/parent-death.ts';
import { inheritedEnvironment } from './service-environment.ts';
import { findDescendants, makeRealTime, pinProcess, REAL_TIME, type CpuPlan } from '../load/process-cpu.ts';

export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** The database engines the service started, as far as this platform shows them. */
  enginePids(): number[];
  stop(): Promise<void>;
}

const READY_MS = 120_000;
const STOP_MS = 15_000;
const root = new URL('../../', import.meta.url).pathname;

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/**
 * @param env configuration of the service beside PORT and HOST
 * @param logFile receives what the service prints; named in errors
 * @param cpus where the service and its engines may run; undefined pins nothing
 * @param realTime whether they get real-time scheduling, once they are ready
 */
export async function startService(options: {
  env: Readonly<Record<string, string>>;
  logFile: string;
  cpus: CpuPlan | undefined;
  realTime: boolean;
  signal?: AbortSignal;
}): Promise<ServiceProcess> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  // Out of the terminal's process group: Ctrl-C is for the comparison, which then stops the service itself.
  const command = dieWithParent(process.execPath, ['--import', 'tsx', 'src/main.ts'], 'SIGTERM');
  const child = spawn(command.command, command.args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnvironment(process.env, options.env),
      LOG_LEVEL: 'warn',
      PLAYGROUND: 'false',
      ...options.env,
      PORT: String(port),
      HOST: '127.0.0.1',
    },
  });
  if (!command.watched) watchParent(child, 'SIGTERM');
  const log = createWriteStream(options.logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async () => {
    await stopChild(child);
    process.off('exit', killAtExit);
    log.end();
  };
  const pid = child.pid;
  if (pid === undefined) throw new Error('the service could not be started');

  const patience = performance.now() + READY_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > patience || options.signal?.aborted === true) {
      await stop();
      options.signal?.throwIfAborted();
      throw new Error(`the service did not become ready, see ${options.logFile}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (options.cpus !== undefined) {
    for (const engine of findDescendants(pid)) pinProcess(engine, options.cpus.engine);
    pinProcess(pid, options.cpus.service);
  }
  if (options.realTime) {
    for (const id of [...findDescendants(pid), pid]) makeRealTime(id, REAL_TIME.service);
  }
  return { url, pid, enginePids: () => findDescendants(pid), stop };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
