/**
 * Clients that have ended their side of the connection after their request. Some wait for the answer; others have closed
 * all of it, and TCP tells the two apart only once something is sent. Every answer begins with the same nine bytes, so these
 * are sent one by one, with pauses that grow: a client that has gone answers with a reset.
 */
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How every answer of node:http begins. */
const BEGINNING = 'HTTP/1.1 ';

/** Milliseconds before the second byte; each further pause is three times as long, so that the last comes after some ten seconds. */
const FIRST_PAUSE = 2;

/** What is known of a connection. */
export interface Connection {
  /** Requests that are not answered yet. */
  open: number;
  /** The one of them that came last. */
  latest: ServerResponse | undefined;
  /** Bytes of the beginning that were sent. */
  sent: number;
  /** Nothing that comes any more is answered. */
  full: boolean;
}

/** @returns the connection of a socket of this server; it must be told of each request and each end of one */
export function allowHalfClosed(server: Server): (socket: Socket) => Connection {
  // Not in the documentation, but in every version: without it node:http closes a connection that its client has half-closed.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  const connections = new WeakMap<Socket, Connection>();

  return (socket) => {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { open: 0, latest: undefined, sent: 0, full: false };
    connections.set(socket, connection);
    socket.once('end', () => {
      const { open, latest } = connection;
      // Of several that came together nobody knows whose answer comes first: their work is done to the end.
      if (latest && open === 1 && !latest.headersSent) probe(socket, connection, FIRST_PAUSE);
    });
    return connection;
  };
}

function probe(socket: Socket, connection: Connection, pause: number): void {
  // Once there is an answer, the socket is ending.
  if (connection.open === 0 || !socket.writable || connection.sent >= BEGINNING.length) return;
  socket.write(BEGINNING.charAt(connection.sent));
  connection.sent += 1;
  setTimeout(probe, pause, socket, connection, pause * 3).unref();
}

/**
 * Sends what is left of an answer whose beginning was sent already.
 * @param headers names and values in turn
 */
export function sendRest(
  socket: Socket,
  { sent }: Connection,
  status: number,
  headers: readonly string[],
  body: string | Buffer,
): void {
  const lines = [`${BEGINNING}${status} ${STATUS_CODES[status] ?? ''}`.slice(sent)];
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at] !== 'connection') lines.push(`${headers[at] ?? ''}: ${headers[at + 1] ?? ''}`);
  }
  lines.push(`date: ${new Date().toUTCString()}`, 'connection: close', '', '');
  socket.write(lines.join('\r\n'));
  socket.end(body);
}
