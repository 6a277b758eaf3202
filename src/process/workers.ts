/**
 * Several processes behind one port, by node:cluster. The first process keeps what there may be only one of, an embedded
 * engine and the migrations, and watches over the others, each of which is a whole service.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { noMeter, type Meter } from '../metrics/meter.ts';
import type { Log } from './log.ts';

/** Milliseconds before a worker that ended by itself is replaced: one that cannot start must not do so all the time. */
const PAUSE = 1_000;

/** What a worker tells the first process when it cannot begin: what went wrong, as far as it can be told to people. */
interface FailureMessage {
  readonly failure: {
    readonly name: string;
    readonly message: string;
    readonly code: string | undefined;
    readonly syscall: string | undefined;
  };
}

/** What the first process tells a worker. No signal, which one of a terminal would follow, or have come before. */
const DRAIN = 'drain';

export interface Workers {
  /** Of the service; all workers listen there. */
  readonly port: number;
  /** Lets every worker finish what it has begun. */
  close(): Promise<void>;
}

/**
 * @param env what a worker needs beside this process's own environment
 * @throws Error when a worker ends before it listens: its own, with `code` and `syscall`, where it could tell
 */
export async function startWorkers(
  count: number,
  env: Record<string, string>,
  log: Log,
  meter: Meter = noMeter,
): Promise<Workers> {
  const help = 'Workers that ended by themselves, each of which was replaced.';
  const restarts = meter.counter('cartwright_worker_restarts_total', help);
  let closing = false;
  const fork = () => cluster.fork(env);

  cluster.on('exit', (worker, code, signal) => {
    if (closing) return;
    restarts.add();
    log.error({ worker: worker.id, code, signal }, 'a worker has ended, and another one takes its place');
    setTimeout(() => {
      if (!closing) fork();
    }, PAUSE);
  });
  const close = async () => {
    closing = true;
    const left = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(left.map(drain));
  };
  try {
    const [first = 0] = await Promise.all(Array.from({ length: count }, () => portOf(fork())));
    return { port: first, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function drain(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const ended = once(worker, 'exit');
  if (worker.isConnected()) worker.send(DRAIN);
  await ended;
}

/** Resolves when the worker listens. */
function portOf(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('listening', ({ port }) => {
      resolve(port);
    });
    let failure: Error | undefined;
    worker.on('message', (message: unknown) => {
      if (isFailure(message)) failure = Object.assign(new Error(message.failure.message), message.failure);
    });
    worker.once('exit', (code) => {
      reject(failure ?? new Error(`A worker ended with code ${code} before it listened.`));
    });
  });
}

function isFailure(message: unknown): message is FailureMessage {
  return typeof message === 'object' && message !== null && 'failure' in message;
}

/** A worker tells the first process why it ends; resolves when that is said, elsewhere at once. */
export async function reportFailure(error: unknown): Promise<void> {
  const { worker } = cluster;
  if (!worker?.isConnected() || !(error instanceof Error)) return;
  const { name, message, code, syscall } = error as NodeJS.ErrnoException;
  const report: FailureMessage = { failure: { name, message, code, syscall } };
  await new Promise((resolve) => {
    worker.send(report, resolve);
  });
}

/** The number of this process among the workers; undefined for the first process, and where there are none. */
export const workerNumber = cluster.worker?.id;

/** Whether this process is a worker. */
export const isWorker = cluster.isWorker;

/** A worker ends as by SIGTERM when the first process says so, or is gone. */
export function leaveWith(stopping: { readonly begun: boolean }): void {
  const stop = () => {
    if (!stopping.begun) process.emit('SIGTERM', 'SIGTERM');
  };
  process.on('message', (message) => {
    if (message === DRAIN) stop();
  });
  process.on('disconnect', stop);
}

/** A worker that has stopped has nothing to listen for any more; elsewhere this does nothing. */
export function leaveWorkers(): void {
  cluster.worker?.disconnect();
}
