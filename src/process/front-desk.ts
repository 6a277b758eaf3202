/**
 * The port of several workers: the first process accepts every connection, and hands it to a worker that has taken its last one. What
 * a worker has not taken when it dies goes to another. node:cluster does as much, but forgets what it holds when the workers stop.
 */
import type { Worker } from 'node:cluster';
import { createServer, type Socket } from 'node:net';
import { closePort, openPort } from '../waiting/tcp-port.ts';
import { CONNECTION, LAST, TAKEN, tell } from './worker-messages.ts';

/** Connections that wait for a worker, at one time: as many as a worker may have. Who comes then is refused. */
const MOST_WAITING = 4_000;

export interface FrontDesk {
  /** As {@link openPort}; resolves with the port. */
  listen(port: number, host: string): Promise<number>;
  /** A worker is up. */
  join(worker: Worker): void;
  /** A worker is about to stop by itself: it is told when the last connection is on its way to it, once there is another worker. */
  leave(worker: Worker): void;
  /** A worker has ended. */
  lose(worker: Worker): void;
  /** Closes the port; resolves when everybody who came has got a worker. */
  close(): Promise<void>;
}

// eslint-disable-next-line max-lines-per-function -- short functions that share who waits for what
export function createFrontDesk(): FrontDesk {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
  server.maxConnections = MOST_WAITING;
  /** In the order in which they came. */
  const waiting: Socket[] = [];
  /** Those that are up and stay; who has waited longest for a connection comes first. */
  const workers = new Set<Worker>();
  const taking = new Map<Worker, Socket>();
  const leaving = new Set<Worker>();
  let held = false;
  let handedOver: (() => void) | undefined;

  function handOver(): void {
    if (held) return;
    for (const worker of workers) {
      if (taking.has(worker)) continue;
      const socket = waiting.shift();
      if (!socket) break;
      taking.set(worker, socket);
      worker.send(CONNECTION, socket, { keepOpen: true }, () => undefined);
    }
    if (!handedOver) return;
    // There is nobody to answer them.
    if (workers.size === 0) for (const socket of waiting.splice(0)) socket.destroy();
    if (waiting.length === 0 && taking.size === 0) handedOver();
  }

  function taken(worker: Worker): void {
    taking.get(worker)?.destroy();
    taking.delete(worker);
    if (workers.delete(worker)) workers.add(worker);
    handOver();
  }

  function letGo(): void {
    if ([...workers].every((worker) => leaving.has(worker))) return;
    for (const worker of leaving) {
      workers.delete(worker);
      tell(worker, LAST);
    }
    leaving.clear();
  }

  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    waiting.push(socket);
    handOver();
  });

  return {
    listen: async (port, host) => (await openPort(server, port, host)).port,
    join(worker) {
      workers.add(worker);
      worker.on('message', (message) => {
        if (message === TAKEN) taken(worker);
      });
      letGo();
      handOver();
    },
    leave(worker) {
      leaving.add(worker);
      letGo();
    },
    lose(worker) {
      const socket = taking.get(worker);
      if (socket) waiting.unshift(socket);
      for (const one of [workers, taking, leaving]) one.delete(worker);
      handOver();
    },
    async close() {
      // Who is answered comes back by a new connection, and the port would never be quiet.
      held = true;
      await closePort(server);
      held = false;
      const all = new Promise<void>((resolve) => (handedOver = resolve));
      handOver();
      await all;
    },
  };
}
