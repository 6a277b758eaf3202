/** The answers to requests that no route is to see. */
import type { IncomingMessage } from 'node:http';
import { KeysUnavailable, Unauthenticated } from '../auth/unauthenticated.ts';
import type { HttpResponse, Refusal } from './messages.ts';
import { BodyRefused } from './read-body.ts';

/** Seconds after which a refused client may try again. */
const RETRY_AFTER = { 'retry-after': '1' };

const BODY_CODES = { 400: 'BAD_REQUEST', 408: 'REQUEST_TIMEOUT', 413: 'BODY_TOO_LARGE' } as const;

/** All slots are taken. One for all requests: a refusal must not cost a stack trace. */
export const OVERLOADED = new Error('overloaded');

export const overloaded: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message: 'Too many requests are being answered at the moment. Try again in a second.',
  headers: RETRY_AFTER,
};

/** Of one connection. */
export const tooManyOpen: Refusal = {
  ...overloaded,
  reason: 'TOO_MANY_OPEN',
  message: 'Too many requests of this connection wait for their answers. Read those first.',
  headers: { ...RETRY_AFTER, connection: 'close' },
};

const twoHosts: Refusal = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'The request must have one Host header.',
  headers: { connection: 'close' },
};

const unknownCoding: Refusal = {
  status: 501,
  code: 'NOT_IMPLEMENTED',
  message: 'The Transfer-Encoding must be chunked.',
  headers: { connection: 'close' },
};

/** What node:http lets pass, and another server before this one may understand otherwise (RFC 9112, 3.2 and 6.1). */
export function headProblem({ headers, rawHeaders }: IncomingMessage): Refusal | undefined {
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding !== 'chunked' && coding.trim().toLowerCase() !== 'chunked')
    return unknownCoding;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1 ? twoHosts : undefined;
}

export function notFound(path: string): Refusal {
  return { status: 404, code: 'NOT_FOUND', message: `There is nothing at ${path.slice(0, 100)}.` };
}

/** What is there for GET and HEAD alone. */
export const onlyReads: Refusal = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'The method must be one of: GET, HEAD.',
  headers: { allow: 'GET, HEAD' },
};

/** The answers to what is refused when there is most to do: the same for all requests, so each is made once. */
export function madeOnce(make: (refusal: Refusal) => HttpResponse): (refusal: Refusal) => HttpResponse {
  const made = new Map([overloaded, tooManyOpen].map((refusal) => [refusal, make(refusal)]));
  return (refusal) => made.get(refusal) ?? make(refusal);
}

/** The refusal that an error means; undefined for a fault of the service. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error === OVERLOADED) return overloaded;
  if (error instanceof Unauthenticated) {
    const headers = { 'www-authenticate': error.challenge };
    return { status: 401, code: 'UNAUTHENTICATED', message: error.message, headers };
  }
  if (error instanceof KeysUnavailable) {
    return { status: 503, code: 'KEYS_UNAVAILABLE', message: error.message, headers: RETRY_AFTER };
  }
  if (error instanceof BodyRefused) {
    // What is left of the body is not waited for.
    const headers: Record<string, string> = error.status === 413 ? {} : { connection: 'close' };
    return { status: error.status, code: BODY_CODES[error.status], message: error.message, headers };
  }
  return undefined;
}

export function fault(requestId: string): Refusal {
  const message = `Internal server error. The request's id is ${requestId}.`;
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message };
}
