/** What a worker and the first process have to do with each other, in the worker; elsewhere nothing of it does anything. */
import cluster from 'node:cluster';
import type { Socket } from 'node:net';
import {
  CONNECTION,
  DRAIN,
  LAST,
  LEAVING,
  READY,
  TAKEN,
  tell,
  type FailureMessage,
} from './worker-messages.ts';

/** The number of this process among the workers; undefined for the first process, and where there are none. */
export const workerNumber = cluster.worker?.id;

/** Whether this process is a worker. */
export const isWorker = cluster.isWorker;

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

let noMore: () => void;
/** Told by the first process, perhaps sooner than this one asks. */
const last = new Promise<void>((resolve) => (noMore = resolve));

/** The connections that the first process hands to this one. */
export const handedOver = {
  begin(take: (socket: Socket) => void): void {
    process.on('message', (message, socket?: Socket) => {
      if (message === LAST) noMore();
      if (message !== CONNECTION) return;
      // It may have ended on the way.
      if (socket) take(socket);
      say(TAKEN);
    });
  },
  /** Resolves when no more of them come. */
  end(): Promise<void> {
    say(LEAVING);
    return last;
  },
};

/** A worker says that it is up, and ends as by SIGTERM when the first process says so. When that is gone, node:cluster ends it. */
export function leaveWith(stopping: { readonly begun: boolean }): void {
  process.on('message', (message) => {
    if (message === DRAIN && !stopping.begun) process.emit('SIGTERM', 'SIGTERM');
  });
  say(READY);
}

/** A worker that has stopped has nothing to listen for any more. */
export function leaveWorkers(): void {
  cluster.worker?.disconnect();
}

function say(message: string): void {
  if (cluster.worker) tell(cluster.worker, message);
}
