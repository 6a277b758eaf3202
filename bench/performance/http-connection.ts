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

/** Bytes that are read at once; the head of an answer must be among the first of them. */
const CHUNK = 65_536;

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const ERRORS = Buffer.from('{"errors"');
/** The end of the header's name, which servers write in capitals or not. */
const LENGTH = Buffer.from('ength: ');
const ZERO = 48;

/** @param onLost the socket failed, was closed by the server, or brought what is no answer */
export async function openHttpConnection(
  port: number,
  onLost: (error: Error) => void,
): Promise<HttpConnection> {
  let closing = false;
  let waiting: { keepBody: boolean; done: (answer: Answer) => void } | undefined;
  let answer: Answer | undefined;
  let missing = 0;
  /** Copies of what has come, where the body is kept. */
  let parts: Buffer[] = [];

  /** One buffer for all reads: no stream, and nothing to collect, lies between the socket and this. */
  const receive = (bytes: number, buffer: Uint8Array) => {
    if (!waiting) return;
    const chunk = buffer as Buffer;
    if (answer) missing -= bytes;
    else ({ answer, missing } = begin(chunk, bytes));
    const { keepBody, done } = waiting;
    if (keepBody) parts.push(Buffer.from(chunk.subarray(0, bytes)));
    if (missing > 0) return;
    const whole = keepBody ? wholeOf(answer, parts) : answer;
    waiting = answer = undefined;
    parts = [];
    done(whole);
  };
  const lost = (error: Error) => {
    if (!closing) onLost(error);
    closing = true;
  };
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(CHUNK),
      callback(bytes, buffer) {
        try {
          receive(bytes, buffer);
        } catch (error) {
          lost(error as Error);
        }
        return true;
      },
    },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
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

/** Reads the head, in place. @throws Error when it is not all there */
function begin(chunk: Buffer, bytes: number): { answer: Answer; missing: number } {
  const end = chunk.indexOf(END_OF_HEAD);
  const length = chunk.indexOf(LENGTH);
  if (end < 0 || end > bytes || length < 0 || length > end)
    throw new Error('An answer without a content-length, or with a head in pieces');
  const body = end + END_OF_HEAD.length;
  const first = chunk.subarray(body, Math.min(body + ERRORS.length, bytes));
  return {
    answer: { status: numberAt(chunk, 9), failed: first.equals(ERRORS) },
    missing: body + numberAt(chunk, length + LENGTH.length) - bytes,
  };
}

function numberAt(chunk: Buffer, at: number): number {
  let value = 0;
  for (let index = at; ; index += 1) {
    const digit = (chunk[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}

function wholeOf(answer: Answer, parts: readonly Buffer[]): Answer {
  const whole = Buffer.concat(parts);
  const body = whole.subarray(whole.indexOf(END_OF_HEAD) + END_OF_HEAD.length).toString();
  return { ...answer, failed: body.startsWith('{"errors"'), body };
}

/** A POST of JSON as it goes over the wire. */
export function postRequest(path: string, body: unknown): Buffer {
  const json = JSON.stringify(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
  );
}
