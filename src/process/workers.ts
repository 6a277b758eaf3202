/**
 * Several processes behind one port, by node:cluster. The first process keeps what there may be only one of: the port, an
 * embedded engine and the migrations; and watches over the others, each of which is a whole service.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { noMeter, type Meter } from '../metrics/meter.ts';
import { createFrontDesk } from './front-desk.ts';
import type { Log } from './log.ts';
import { DRAIN, isFailure, LAST, LEAVING, READY, tell } from './worker-messages.ts';

/** Milliseconds before a worker that ended by itself is replaced: one that cannot start must not do so all the time. */
const PAUSE = 1_000;

export interface WorkersOptions {
  readonly count: number;
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** What a worker needs beside this process's own environment. */
  readonly env: Record<string, string>;
  readonly log: Log;
  readonly meter?: Meter;
}

export interface Workers {
  /** Of the service. */
  readonly port: number;
  /** Goes on for `delay` milliseconds while workers say that they are not ready, then lets every worker finish what it has begun. */
  close(delay: number): Promise<void>;
}

/**
 * @throws Error what listening throws, and when a worker ends before it is up: its own, with `code` and `syscall`, where it could
 *   tell
 */
// eslint-disable-next-line max-lines-per-function -- what happens to workers, in one place
export async function startWorkers({
  count,
  port,
  host,
  env,
  log,
  meter = noMeter,
}: WorkersOptions): Promise<Workers> {
  const help = 'Workers that ended by themselves, each of which was replaced.';
  const restarts = meter.counter('cartwright_worker_restarts_total', help);
  const desk = createFrontDesk();
  let stage: 'open' | 'draining' | 'closed' = 'open';
  const fork = () => cluster.fork(env);

  cluster.on('message', (worker, message) => {
    if (message === LEAVING && stage === 'open') desk.leave(worker);
    if (message !== READY) return;
    desk.join(worker);
    // It was still starting when the others were told.
    if (stage !== 'open') tell(worker, DRAIN);
    if (stage === 'closed') tell(worker, LAST);
  });
  cluster.on('exit', (worker, code, signal) => {
    desk.lose(worker);
    if (stage !== 'open') return;
    restarts.add();
    log.error({ worker: worker.id, code, signal }, 'a worker has ended, and another one takes its place');
    setTimeout(() => {
      if (stage === 'open') fork();
    }, PAUSE);
  });
  const close = async (delay: number) => {
    stage = 'draining';
    const left = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    const ended = left.map(endOf);
    for (const worker of left) tell(worker, DRAIN);
    await sleep(delay);
    await desk.close();
    stage = 'closed';
    for (const worker of left) tell(worker, LAST);
    await Promise.all(ended);
  };
  try {
    await Promise.all(Array.from({ length: count }, () => isUp(fork())));
    return { port: await desk.listen(port, host), close };
  } catch (error) {
    await close(0);
    throw error;
  }
}

async function endOf(worker: Worker): Promise<void> {
  if (!worker.isDead()) await once(worker, 'exit');
}

/** Resolves when the worker takes connections. */
function isUp(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    worker.on('message', (message: unknown) => {
      if (message === READY) resolve();
      if (isFailure(message)) failure = Object.assign(new Error(message.failure.message), message.failure);
    });
    worker.once('exit', (code) => {
      reject(failure ?? new Error(`A worker ended with code ${code} before it was up.`));
    });
  });
}
