/** Kept-alive HTTP/1.1 connections to one server over raw sockets: the generator may share its core with the database. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * @param body to be read at once: its bytes are overwritten afterwards; empty with an error
 * @param head the lines before it, as they came
 */
export type Answered = (error: Error | undefined, status: number, body: Buffer, head?: string) => void;

interface Exchange {
  readonly request: Buffer;
  readonly answered: Answered;
}

interface Connection {
  readonly socket: Socket;
  current: Exchange | undefined;
  /** When its exchange began, or when it became free: performance.now() milliseconds. */
  since: number;
}

const NOTHING = Buffer.alloc(0);
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
export function openConnections(
  server: URL,
  { connections = CONNECTIONS, timeoutMs = 10_000 }: { connections?: number; timeoutMs?: number } = {},
) {
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
    connection.since = performance.now();
    const next = waiting.shift();
    if (next) start(connection, next);
    else free.push(connection);
  };
  const lose = (connection: Connection, error: Error) => {
    if (!open.delete(connection)) return;
    connection.socket.destroy();
    const place = free.indexOf(connection);
    if (place >= 0) free.splice(place, 1);
    connection.current?.answered(error, 0, NOTHING);
    const next = waiting.shift();
    if (next) start(openConnection(), next);
  };

  function openConnection(): Connection {
    /** What has come of an answer that is not all there. */
    let held: Buffer = NOTHING;
    const receive = (chunk: Buffer) => {
      const { current } = connection;
      if (!current) return;
      try {
        const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        const answer = readAnswer(bytes);
        held = answer ? NOTHING : bytes === chunk ? Buffer.from(chunk) : bytes;
        if (!answer) return;
        release(connection);
        current.answered(undefined, answer.status, answer.body, answer.head);
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
    for (const one of open)
      if (one.current && one.since < end) lose(one, new Error(`no answer in ${timeoutMs} ms`));
  }, 500).unref();

  return {
    /** Opens so many beforehand. */
    async warm(count: number) {
      const opening = Array.from({ length: count }, async () => {
        const connection = openConnection();
        await once(connection.socket, 'connect');
        release(connection);
      });
      await Promise.all(opening);
    },
    /** Sends a request over a free connection, a new one, or the first that becomes free. */
    send(request: Buffer, answered: Answered) {
      const exchange = { request, answered };
      const now = performance.now();
      let connection = free.pop();
      // Only this one: those below it are older still, and closing them all would take the time of a burst that needs them.
      if (connection && now - connection.since > LONGEST_IDLE) {
        lose(connection, new Error('idle'));
        connection = undefined;
      }
      if (connection) start(connection, exchange, now);
      else if (open.size < connections) start(openConnection(), exchange, now);
      else waiting.push(exchange);
    },
    /** What is under way fails. */
    close() {
      clearInterval(patience);
      const closed = new Error('The generator closed its connections');
      for (const { answered } of waiting.splice(0)) answered(closed, 0, NOTHING);
      for (const connection of open) lose(connection, closed);
    },
  };
}
export type Connections = ReturnType<typeof openConnections>;

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

/** The answer in these bytes, or undefined while it is not all there. @throws Error when it is none */
function readAnswer(bytes: Buffer): { status: number; body: Buffer; head: string } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, end < 0 ? 9 : end);
  if (!'HTTP/1.1 '.startsWith(head.slice(0, 9))) throw new Error(`No HTTP/1.1: ${head.slice(0, 9)}`);
  if (end < 0) return undefined;
  const status = Number(head.slice(9, 12));
  const body = bytes.subarray(end + 4);
  const [, length = status === 204 || status === 304 ? '0' : undefined] =
    /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length !== undefined)
    return body.length < Number(length)
      ? undefined
      : { status, head, body: body.subarray(0, Number(length)) };
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) throw new Error('An answer without a content-length');
  const joined = joinChunks(body);
  return joined && { status, head, body: joined };
}

/** The body without the marks of its chunks; undefined while the last one is missing. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const from = bytes.indexOf('\r\n', at) + 2;
    if (from < 2) return undefined;
    const length = Number.parseInt(bytes.toString('latin1', at, from), 16);
    if (Number.isNaN(length)) throw new Error('A chunk without a length');
    at = from + length + 2;
    if (bytes.length < at) return undefined;
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(from, from + length));
  }
}
