/**
 * Whether all workers can serve. A load balancer asks one of them, whichever gets its connection, and then sends requests to all: so
 * each has to have reached its store before any of them says that the service has started.
 */
import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from './worker-messages.ts';

/** What a worker tells the first process, and what that tells all. */
const STARTED = 'started';
const ALL_STARTED = 'all started';

/** Milliseconds between two looks at a store that does not answer yet. */
const PAUSE = 1_000;

let all = !cluster.isWorker;

/** In a worker: whether every one has reached its store once. Where there are none, always. */
export function haveAllStarted(): boolean {
  return all;
}

/** In a worker: asks until its store answers, and tells the first process. Nobody need ask this worker for it. */
export async function tellStart(ready: () => Promise<void>): Promise<void> {
  process.on('message', (message) => {
    if (message === ALL_STARTED) all = true;
  });
  for (;;) {
    try {
      await ready();
      break;
    } catch {
      // Whoever knows the store logs it.
      await sleep(PAUSE, undefined, { ref: false });
    }
  }
  if (cluster.worker) tell(cluster.worker, STARTED);
}

/** In the first process, before there are workers. One that takes another's place learns that the others have started long since. */
export function watchStarts(count: number): void {
  const started = new Set<number>();
  let everyone = false;
  cluster.on('exit', ({ id }) => started.delete(id));
  cluster.on('message', (worker, message: unknown) => {
    if (message !== STARTED) return;
    started.add(worker.id);
    const first = !everyone && started.size >= count;
    everyone ||= first;
    const told = first ? Object.values(cluster.workers ?? {}) : everyone ? [worker] : [];
    for (const one of told) if (one) tell(one, ALL_STARTED);
  });
}
