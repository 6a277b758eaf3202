/** Kept-alive connections to one server over raw sockets: the generator may share its core with the database. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createAnswerReader, type Answer } from './answer-reader.ts';

export type Done = (error: Error | undefined, answer?: Answer) => void;

export interface HttpPool {
  /** Opens so many connections beforehand. */
  warm(count: number): Promise<void>;
  /** Sends a request over a free connection, a new one, or the first that becomes free. */
  exchange(request: Buffer, keepBody: boolean, done: Done): void;
  /** What is under way fails. */
  close(): void;
}

interface Exchange {
  readonly request: Buffer;
  readonly keepBody: boolean;
  readonly done: Done;
}

interface Connection {
  readonly socket: Socket;
  current: Exchange | undefined;
  /** When its exchange began, or when it became free: performance.now() milliseconds. */
  since: number;
}

/** Bytes that are read at once. */
const CHUNK = 65_536;
/** A connection that was free for longer is not used again: the server may be about to close it. Milliseconds. */
const LONGEST_IDLE = 4000;
/**
 * More than an open loop ever has under way (2,000): with fewer, requests would queue in here, and the latency, the knee and
 * the share that is achieved would be the generator's own.
 */
const CONNECTIONS = 2048;

/** @param options connections: at most so many at once. timeoutMs: without an answer for so long a request fails */
export function openHttpPool(
  server: URL,
  { connections = CONNECTIONS, timeoutMs = 10_000 }: { connections?: number; timeoutMs?: number } = {},
): HttpPool {
  const open = new Set<Connection>();
  const free: Connection[] = [];
  const waiting: Exchange[] = [];

  const start = (connection: Connection, exchange: Exchange, now = performance.now()) => {
    connection.current = exchange;
    connection.since = now;
    connection.socket.write(exchange.request);
  };
  const release = (connection: Connection) => {
    connection.current = undefined;
    const next = waiting.shift();
    if (next) {
      start(connection, next);
      return;
    }
    connection.since = performance.now();
    free.push(connection);
  };
  const lose = (connection: Connection, error: Error) => {
    if (!open.delete(connection)) return;
    connection.socket.destroy();
    const place = free.indexOf(connection);
    if (place >= 0) free.splice(place, 1);
    connection.current?.done(error);
    const next = waiting.shift();
    if (next) start(openConnection(), next);
  };

  function openConnection(): Connection {
    const reader = createAnswerReader();
    const receive = (chunk: Buffer) => {
      const { current } = connection;
      if (!current) return;
      try {
        const answer = reader.push(chunk, current.keepBody);
        if (!answer) return;
        release(connection);
        current.done(undefined, answer);
      } catch (error) {
        lose(connection, error as Error);
      }
    };
    const connection: Connection = { socket: openSocket(server, receive), current: undefined, since: 0 };
    open.add(connection);
    connection.socket.on('error', (error) => {
      lose(connection, error);
    });
    connection.socket.on('close', () => {
      lose(connection, new Error('The server closed a connection'));
    });
    return connection;
  }

  const patience = setInterval(() => {
    const end = performance.now() - timeoutMs;
    for (const connection of open) {
      if (connection.current && connection.since < end)
        lose(connection, new Error(`no answer in ${timeoutMs} ms`));
    }
  }, 500).unref();

  return {
    async warm(count) {
      const opening = Array.from({ length: count }, async () => {
        const connection = openConnection();
        await once(connection.socket, 'connect');
        release(connection);
      });
      await Promise.all(opening);
    },
    exchange(request, keepBody, done) {
      const exchange = { request, keepBody, done };
      const now = performance.now();
      let connection = free.pop();
      while (connection && now - connection.since > LONGEST_IDLE) {
        lose(connection, new Error('idle'));
        connection = free.pop();
      }
      if (connection) start(connection, exchange, now);
      else if (open.size < connections) start(openConnection(), exchange, now);
      else waiting.push(exchange);
    },
    close() {
      clearInterval(patience);
      const closed = new Error('The generator closed its connections');
      for (const { done } of waiting.splice(0)) done(closed);
      for (const connection of open) lose(connection, closed);
    },
  };
}

/** @param receive called with what has come; the buffer is used again afterwards */
function openSocket({ protocol, hostname, port }: URL, receive: (chunk: Buffer) => void): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'https:') {
    const secure = connectTls({ host, port: Number(port || 443), servername: host });
    return secure.setNoDelay(true).on('data', receive);
  }
  // One buffer for all reads: no stream, and nothing to collect, lies between the socket and the reader.
  const buffer = Buffer.allocUnsafe(CHUNK);
  const callback = (bytes: number) => {
    receive(buffer.subarray(0, bytes));
    return true;
  };
  return connect({ host, port: Number(port || 80), noDelay: true, onread: { buffer, callback } });
}
