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

/**
 * The whole body as text (UTF-8). What comes after the limit is read and thrown away, so that the client can read the answer;
 * but not beyond the request's time.
 * @param limit bytes
 * @throws BodyRefused
 */
export function readBody(req: IncomingMessage, limit: number, signal: AbortSignal): Promise<string> {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  if ((length === undefined || length === '0') && encoding === undefined) return Promise.resolve('');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (status: 400 | 408 | 413, message: string) => {
      signal.removeEventListener('abort', giveUp);
      reject(new BodyRefused(status, message));
    };
    const giveUp = () => {
      refuse(408, 'The body did not arrive in time.');
    };
    signal.addEventListener('abort', giveUp, once);
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    req.on('end', () => {
      if (size > limit) {
        refuse(413, `The body must have at most ${limit} bytes.`);
        return;
      }
      signal.removeEventListener('abort', giveUp);
      resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? '');
    });
    // A lost connection is an event 'error' too where somebody listens to that.
    req.on('close', () => {
      if (!req.readableEnded) refuse(400, 'The body did not arrive.');
    });
  });
}

const once = { once: true };
