/** How many connections there may be, and how many requests on one of them. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Counter } from '../metrics/meter.ts';
import type { Log } from '../process/log.ts';
import { allowHalfClosed, type Connection } from './half-closed.ts';

/**
 * Requests of one connection that wait for an answer. Browsers and usual clients send the next one when they have the answer;
 * those that do not, send a few.
 */
export const MOST_OPEN = 16;

/** Milliseconds between two lines of the log about connections that were closed for being too many. */
const SILENCE = 60_000;

export interface Connections {
  /** Those that are open. */
  readonly count: number;
  /**
   * A request begins; it counts until its end. Its connection is `full` from the first one on that is too many: that one
   * is to be refused, by an answer that ends the connection. @returns undefined for those that came after it, which get none
   */
  begin(socket: Socket, res: ServerResponse): Connection | undefined;
  /** The answer of a request is closed. */
  end(socket: Socket, connection: Connection): void;
  /** Nothing new is read while this work is done: the process has the time for it. */
  whileHeld(work: () => Promise<void>): Promise<void>;
}

/**
 * Where there are too many connections, the one is closed on which nothing has been asked for the longest time, which may be the
 * newcomer where all others are busy: who only keeps connections must not lock everybody out.
 */
// eslint-disable-next-line max-lines-per-function -- short functions that share what is open
export function createConnections(server: Server, most: number, log: Log, closed: Counter): Connections {
  const connectionOf = allowHalfClosed(server);
  /** Without a request that waits for its answer; in the order of their last answers. */
  const idle = new Set<Socket>();
  const warn = createWarning(most, log, closed);
  let held: Socket[] | undefined;
  let count = 0;

  function becomesIdle(socket: Socket): void {
    idle.add(socket);
    held?.push(socket.pause());
  }

  server.on('connection', (socket: Socket) => {
    count += 1;
    becomesIdle(socket);
    socket.once('close', () => {
      count -= 1;
      idle.delete(socket);
    });
    if (count > most) makeRoom();
  });

  function makeRoom(): void {
    const [longest] = idle;
    // Closed in a moment, but not to be chosen again.
    idle.delete(longest as Socket);
    longest?.destroy();
    warn();
  }

  return {
    get count() {
      return count;
    },
    begin(socket, res) {
      const connection = connectionOf(socket);
      if (connection.full) return undefined;
      connection.open += 1;
      if (connection.open > MOST_OPEN) {
        connection.full = true;
        // What was read already comes all the same.
        socket.pause();
      }
      connection.latest = res;
      idle.delete(socket);
      return connection;
    },
    end(socket, connection) {
      connection.open -= 1;
      if (connection.open === 0 && !socket.destroyed) becomesIdle(socket);
    },
    async whileHeld(work) {
      held = [...idle].map((socket) => socket.pause());
      await work();
      for (const socket of held) socket.resume();
      held = undefined;
    },
  };
}

function createWarning(most: number, log: Log, closed: Counter): () => void {
  let silentUntil = -Infinity;
  return () => {
    closed.add();
    if (performance.now() < silentUntil) return;
    silentUntil = performance.now() + SILENCE;
    log.warn(
      { most },
      'there are as many connections as there may be: those that idle are closed for others',
    );
  };
}
