/** Large answers, compressed for clients that ask for it. */
import type { IncomingHttpHeaders } from 'node:http';
import { constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

/** Longest Accept-Encoding that is looked at. Browsers send some 30 characters. */
const LONGEST = 200;

/** The fastest one: JSON is an eighth with it already. */
const OPTIONS = { level: constants.Z_BEST_SPEED };

/**
 * In gzip, which every client knows. No answer of the API depends on cookies, so that nobody can have a browser ask for somebody
 * else's secrets again and again and learn them from the lengths (BREACH).
 */
export function acceptsGzip({ 'accept-encoding': accepted }: IncomingHttpHeaders): boolean {
  if (typeof accepted !== 'string' || accepted.length > LONGEST) return false;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  return negotiator.encoding(['gzip', 'identity']) === 'gzip';
}

/** In a thread of its own. @param done gets undefined when it cannot be done */
export function compress(body: string, done: (compressed: Buffer | undefined) => void): void {
  gzip(body, OPTIONS, (error, compressed) => {
    done(error ? undefined : compressed);
  });
}
