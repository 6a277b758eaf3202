import type { IncomingMessage } from 'node:http';

/** A request's body has more bytes than are accepted. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';

  constructor(limit: number) {
    super(`The body must have at most ${limit} bytes.`);
  }
}

/**
 * The whole body as text (UTF-8). What comes after the limit is read and thrown away, so that the client can read the answer.
 * @param limit bytes
 * @throws BodyTooLarge
 */
export async function readBody(req: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  if (length > limit) throw new BodyTooLarge(limit);
  return Buffer.concat(chunks).toString();
}
