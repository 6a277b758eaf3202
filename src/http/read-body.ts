/** The bodies of requests. One that is under way holds no slot: it has a deadline, a least rate, and a share of a bound for all. */
import type { IncomingMessage } from 'node:http';

/** A body that is not read to its end; `status` is what the client is told. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';

  constructor(
    readonly status: 400 | 408 | 413,
    message: string,
  ) {
    super(message);
  }
}

/** Bytes a second that a body must have had on average beyond its grace: Apache's MinRate (mod_reqtimeout). */
const LEAST_RATE = 500;

/** How many times its grace the whole of a body may take. */
const LONGEST = 5;

/** How many times the limit of a body is read and thrown away, so that a client that has not read yet can read the answer. */
const THROWN_AWAY = 10;

/** Least bytes for a body that comes in pieces. */
const LEAST_ROOM = 1_024;

/** Bytes that are held for all bodies under way, above which the oldest is given up: 256 of the usual limit. */
const ALL_BODIES = 25_600_000;

export interface BodyLimits {
  /** Bytes of one body. */
  readonly maxBody: number;
  /** Milliseconds in which a body may come as slowly as it likes. */
  readonly grace: number;
  /** Bytes held for all bodies under way. */
  readonly allBodies?: number;
  /** Milliseconds since any moment. */
  readonly clock?: () => number;
}

export interface Bodies {
  /**
   * The whole body as text (UTF-8).
   * @throws BodyRefused
   */
  read(req: IncomingMessage): Promise<string>;
  /** Refuses what is too slow or too late: called by a timer of its own while bodies are under way. */
  sweep(): void;
  /** Held for all bodies under way. */
  readonly bytes: number;
}

interface Waiting {
  readonly since: number;
  /** All that came of it, and room for more where it came in pieces; undefined before the first one, and for what is thrown away. */
  held: Buffer | undefined;
  size: number;
  refuse(status: 400 | 408 | 413, message: string): void;
}

const LATE = 'The body did not arrive in time.';

// eslint-disable-next-line max-lines-per-function -- short functions that share the bodies under way and the count of their bytes
export function createBodies(limits: BodyLimits): Bodies {
  const { maxBody, grace, allBodies = ALL_BODIES, clock = () => performance.now() } = limits;
  /** In the order in which they began. */
  const waiting = new Set<Waiting>();
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    // Not after each body: starting a timer costs more than reading a small body.
    if (waiting.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    const now = clock();
    for (const body of waiting) {
      const age = now - body.since;
      if (age <= grace) return; // and so are all that came later
      const late = age > grace * LONGEST || body.size < (LEAST_RATE * age) / 1000;
      if (late) body.refuse(408, LATE);
    }
  }

  function add(body: Waiting): void {
    waiting.add(body);
    timer ??= setInterval(sweep, Math.max(20, grace / 8)).unref();
  }

  function remove(body: Waiting): void {
    if (!waiting.delete(body)) return;
    bytes -= body.held?.length ?? 0;
  }

  function take(body: Waiting, chunk: Buffer): void {
    const before = body.held?.length ?? 0;
    const end = body.size + chunk.length;
    body.held = end > maxBody ? undefined : append(body.held, body.size, chunk, maxBody);
    body.size = end;
    if (!waiting.has(body)) return;
    bytes += (body.held?.length ?? 0) - before;
    // Whoever sends a body at the pace of a network is never the oldest for long.
    for (const oldest of waiting) {
      if (bytes <= allBodies) return;
      oldest.refuse(408, LATE);
    }
  }

  return {
    sweep,
    get bytes() {
      return bytes;
    },
    read(req) {
      const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
      if ((length === undefined || length === '0') && encoding === undefined) return Promise.resolve('');
      return new Promise((resolve, reject) => {
        const body: Waiting = {
          since: clock(),
          held: undefined,
          size: 0,
          refuse(status, message) {
            remove(body);
            body.held = undefined;
            reject(new BodyRefused(status, message));
          },
        };
        const tooLarge = () => {
          body.refuse(413, `The body must have at most ${maxBody} bytes.`);
        };
        add(body);
        req.on('data', (chunk: Buffer) => {
          take(body, chunk);
          if (body.size > maxBody * THROWN_AWAY) tooLarge();
        });
        req.on('end', () => {
          remove(body);
          if (body.size > maxBody) tooLarge();
          else resolve(body.held?.toString('utf8', 0, body.size) ?? '');
          // The request waits for its answer, and these listeners with it.
          body.held = undefined;
        });
        // A lost connection is an event 'error' too where somebody listens to that.
        req.on('close', () => {
          if (!req.readableEnded) body.refuse(400, 'The body did not arrive.');
        });
      });
    },
  };
}

/**
 * One piece is the whole of most bodies, and stays as it is. Pieces are put together as they come: a buffer of its own for each
 * takes some 200 bytes, whatever is in it, and a client may send each byte by itself.
 * @param held has `size` bytes in it
 * @param most bytes of the whole, not exceeded by this piece
 */
function append(held: Buffer | undefined, size: number, piece: Buffer, most: number): Buffer {
  if (!held) return piece;
  const end = size + piece.length;
  let roomy = held;
  if (end > held.length) {
    roomy = Buffer.allocUnsafeSlow(Math.min(most, Math.max(LEAST_ROOM, end * 2)));
    held.copy(roomy, 0, 0, size);
  }
  piece.copy(roomy, size);
  return roomy;
}
