/**
 * HTTP/1.1 over one kept-alive socket, with as little work for each answer as will do: the generator shares its core with
 * the database, and what it uses is not there for the measurement.
 */
import { connect, type Socket } from 'node:net';

/** An answer; `body` only when it was asked for. */
export interface Answer {
  readonly status: number;
  /** Begins with `{"errors"`. */
  readonly failed: boolean;
  readonly body?: string;
}

export interface HttpConnection {
  /** One request at a time. `done` is called when the whole answer is there. */
  send(request: Buffer, keepBody: boolean, done: (answer: Answer) => void): void;
  close(): void;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const ERRORS = Buffer.from('{"errors"');

/** @param onLost the socket failed or was closed by the server */
export async function openHttpConnection(
  port: number,
  onLost: (error: Error) => void,
): Promise<HttpConnection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let closing = false;
  let waiting: { keepBody: boolean; done: (answer: Answer) => void } | undefined;
  let parts: Buffer[] = [];
  let received = 0;
  /** Bytes of the whole answer, once its head has been read. */
  let expected = 0;

  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    received += chunk.length;
    if (expected === 0) expected = lengthOf(parts.length === 1 ? chunk : Buffer.concat(parts));
    if (expected === 0 || received < expected || !waiting) return;
    const { keepBody, done } = waiting;
    const answer = read(parts, keepBody);
    waiting = undefined;
    parts = [];
    received = 0;
    expected = 0;
    done(answer);
  });
  const lost = (error: Error) => {
    if (!closing) onLost(error);
    closing = true;
  };
  socket.on('error', lost);
  socket.on('close', () => {
    lost(new Error('The server closed a connection'));
  });

  return {
    send(request, keepBody, done) {
      waiting = { keepBody, done };
      socket.write(request);
    },
    close() {
      closing = true;
      socket.destroy();
    },
  };
}

/** Bytes of head and body; 0 while the head is incomplete. */
function lengthOf(start: Buffer): number {
  const end = start.indexOf(END_OF_HEAD);
  if (end < 0) return 0;
  const match = /\r\ncontent-length: *(\d+)/i.exec(start.toString('latin1', 0, end));
  if (!match) throw new Error('The server answered without a content-length');
  return end + END_OF_HEAD.length + Number(match[1]);
}

function read(parts: readonly Buffer[], keepBody: boolean): Answer {
  const first = parts[0] as Buffer;
  const status = Number(first.toString('latin1', 9, 12));
  if (!keepBody) {
    const start = first.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
    return { status, failed: first.subarray(start, start + ERRORS.length).equals(ERRORS) };
  }
  const whole = Buffer.concat(parts);
  const body = whole.subarray(whole.indexOf(END_OF_HEAD) + END_OF_HEAD.length).toString();
  return { status, failed: body.startsWith('{"errors"'), body };
}

/** A POST of JSON as it goes over the wire. */
export function postRequest(path: string, body: unknown): Buffer {
  const json = JSON.stringify(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
  );
}
