/** What a request is called: by its caller in answers, and in the log so that nothing there is a secret. */
import { createHash, randomUUID } from 'node:crypto';

export interface RequestId {
  /** For the caller: its own where that is harmless to repeat, else a new one. */
  readonly requestId: string;
  /** For the log. */
  readonly loggedId: string;
}

/** Hexadecimal digits of a UUID. */
const UUID_DIGITS = 32;

export function requestIdOf(given: string | readonly string[] | undefined): RequestId {
  if (typeof given !== 'string' || !/^[\w.:/-]{1,128}$/.test(given)) {
    const requestId = randomUUID();
    return { requestId, loggedId: requestId };
  }
  // Whoever knows a guest's cart's id may use the cart; and a token has no place in a log either.
  const mayBeSecret = hasUuid(given) || given.startsWith('eyJ');
  return { requestId: given, loggedId: mayBeSecret ? hashOf(given) : given };
}

/** The first 16 hexadecimal digits, as unreadable carts have them. */
function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** Whether as many digits follow each other as a UUID has, with dashes between them or without. */
function hasUuid(text: string): boolean {
  let run = 0;
  for (const character of text) {
    if (/^[0-9a-f]$/i.test(character)) run += 1;
    else if (character !== '-') run = 0;
    if (run >= UUID_DIGITS) return true;
  }
  return false;
}
