/** Reads HTTP/1.1 answers from the bytes of a socket, with as little work for each as will do. */

/** An answer; `body` only when it was asked for. */
export interface Answer {
  readonly status: number;
  /** Begins with `{"errors"`. */
  readonly failed: boolean;
  readonly body?: string;
}

interface Head {
  readonly status: number;
  /** Where the body begins. */
  readonly bodyAt: number;
  /** Of the body in bytes; undefined where it comes in chunks. */
  readonly length: number | undefined;
  readonly failed: boolean;
}

const END_OF_LINE = Buffer.from('\r\n');
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const ERRORS = Buffer.from('{"errors"');
/** The end of the header's name, which servers write in capitals or not. */
const LENGTH = Buffer.from('ength: ');
const ZERO = 48;
/** Bytes: a longer head is none. */
const LONGEST_HEAD = 65_536;

export interface AnswerReader {
  /**
   * @param chunk what came from the socket; it may be overwritten afterwards
   * @returns the answer, with the last piece of it
   * @throws Error when it is no answer
   */
  push(chunk: Buffer, keepBody: boolean): Answer | undefined;
}

export function createAnswerReader(): AnswerReader {
  let head: Head | undefined;
  let received = 0;
  /** Copies of what has come, where the body is kept or more than one piece is needed to understand it. */
  let parts: Buffer[] = [];

  const finish = ({ status, failed }: Head, body: string | undefined): Answer => {
    head = undefined;
    parts = [];
    return body === undefined
      ? { status, failed }
      : { status, failed: failed || body.startsWith('{"errors"'), body };
  };
  return {
    push(chunk, keepBody) {
      if (head) {
        received += chunk.length;
        if (parts.length > 0) parts.push(Buffer.from(chunk));
      } else {
        const whole = parts.length === 0 ? chunk : Buffer.concat([...parts, chunk]);
        head = readHead(whole);
        parts = !head || keepBody || head.length === undefined ? [Buffer.from(whole)] : [];
        if (!head) return undefined;
        received = whole.length - head.bodyAt;
      }
      if (received < (head.length ?? 0)) return undefined;
      if (head.length !== undefined && !keepBody) return finish(head, undefined);
      const rest = Buffer.concat(parts).subarray(head.bodyAt);
      const body = head.length === undefined ? joinChunks(rest) : rest;
      return body && finish(head, body.toString());
    },
  };
}

/** Reads the head in place; undefined while it is not all there. */
function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) {
    const begin = bytes.toString('latin1', 0, 9);
    if (!'HTTP/1.1 '.startsWith(begin) || bytes.length > LONGEST_HEAD)
      throw new Error(`No HTTP/1.1: ${begin}`);
    return undefined;
  }
  const bodyAt = end + END_OF_HEAD.length;
  const failed = bytes.subarray(bodyAt, bodyAt + ERRORS.length).equals(ERRORS);
  return { status: numberAt(bytes, 9), bodyAt, length: lengthOf(bytes, end), failed };
}

/** @param end of the head */
function lengthOf(bytes: Buffer, end: number): number | undefined {
  const at = bytes.indexOf(LENGTH);
  if (at >= 0 && at < end) return numberAt(bytes, at + LENGTH.length);
  const head = bytes.toString('latin1', 0, end);
  if (/^transfer-encoding: *chunked/im.test(head)) return undefined;
  if (/^HTTP\/1\.1 (204|304)/.test(head)) return 0;
  throw new Error('An answer without a content-length');
}

function numberAt(bytes: Buffer, at: number): number {
  let value = 0;
  for (let index = at; ; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}

/** The body without the marks of its chunks; undefined while the last one is missing. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf(END_OF_LINE, at);
    if (end < 0) return undefined;
    const from = end + END_OF_LINE.length;
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (Number.isNaN(length)) throw new Error('A chunk without a length');
    at = from + length + END_OF_LINE.length;
    if (bytes.length < at) return undefined;
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(from, from + length));
  }
}
