/** A request on a connection of its own, so that one that got lost can be told from one that nobody listened to. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** There was no connection, or an end of it before the client knew of it: nothing was sent. */
  | { readonly kind: 'refused' }
  /** The connection was there and the whole answer was not. */
  | { readonly kind: 'lost'; readonly why: string; readonly received: string };

/** A GraphQL operation as it goes over the wire; the server is to close the connection once it has answered. */
export function wireRequest(query: string): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** @throws Error when nobody listens */
export async function openConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** Sends a request, all of it at once. */
export async function askOnce(url: string, request: string): Promise<Outcome> {
  try {
    return await finish(await openConnection(url), request);
  } catch (error) {
    if (couldNotConnect(error)) return { kind: 'refused' };
    throw error;
  }
}

/** Whether a connection could not be made: nobody listened, or who listened stopped in that moment. */
export function couldNotConnect(error: unknown): boolean {
  const { syscall, code } = error as NodeJS.ErrnoException;
  return syscall === 'connect' && (code === 'ECONNREFUSED' || code === 'ECONNRESET');
}

/** Sends what is left of a request, and waits for the answer and the end of the connection. */
export function finish(socket: Socket, rest: string): Promise<Outcome> {
  return new Promise((resolve) => {
    let received = '';
    let why = 'closed';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', ({ message }) => (why = message));
    socket.on('close', () => {
      resolve(read(received) ?? { kind: 'lost', why, received });
    });
    socket.write(rest);
  });
}

/** Undefined unless all of the answer is there. */
function read(received: string): Outcome | undefined {
  const end = received.indexOf('\r\n\r\n');
  const head = received.slice(0, end);
  const status = /^HTTP\/1\.1 (\d+)/.exec(head)?.[1];
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const body = received.slice(end + 4);
  if (end < 0 || Buffer.byteLength(body) < Number(length)) return undefined;
  return { kind: 'answered', status: Number(status), body };
}
