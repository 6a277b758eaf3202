/** Metrics of several processes: the first one asks the others, adds up what they say, and keeps what those that ended had counted. */
import cluster from 'node:cluster';
import type { Registry } from '../metrics/registry.ts';
import { addUp, withoutGauges, type Snapshot } from '../metrics/snapshot.ts';
import { tell } from './worker-messages.ts';

/** Milliseconds in which a worker must answer; what it said last stands in for one that does not. */
const PATIENCE = 1_000;

/** What the first process asks. */
const COLLECT = 'collect';

interface Answer {
  readonly metrics: Snapshot;
}

/** A worker answers the first process. */
export function answerCollections(registry: Registry): void {
  process.on('message', (message) => {
    const { worker } = cluster;
    if (message === COLLECT && worker) tell(worker, { metrics: registry.snapshot() } satisfies Answer);
  });
}

/**
 * In the first process: the metrics of all, its own among them. A worker that ended goes on to count with what it said last, so that
 * no sum ever falls.
 */
export function createWorkerMetrics(own: Registry): () => Promise<Snapshot> {
  const said = new Map<number, Snapshot>();
  let ended: Snapshot = [];
  let told: (() => void) | undefined;
  const waitedFor = new Set<number>();

  function answered(id: number): void {
    if (waitedFor.delete(id) && waitedFor.size === 0) told?.();
  }

  cluster.on('message', ({ id }, message: unknown) => {
    if (!isAnswer(message)) return;
    said.set(id, message.metrics);
    answered(id);
  });
  cluster.on('exit', ({ id }) => {
    ended = addUp([ended, withoutGauges(said.get(id) ?? [])]);
    said.delete(id);
    answered(id);
  });

  function ask(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      told = () => {
        clearTimeout(timer);
        resolve();
      };
      waitedFor.clear();
      for (const worker of Object.values(cluster.workers ?? {})) {
        if (!worker?.isConnected()) continue;
        waitedFor.add(worker.id);
        tell(worker, COLLECT);
      }
      if (waitedFor.size === 0) told();
    });
  }

  return async () => {
    await ask();
    return addUp([own.snapshot(), ended, ...said.values()]);
  };
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'metrics' in message;
}
