/** Which scripts of other sites may call the service from a browser. */
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds for which a browser need not ask again. */
const MAX_AGE = 7_200;

const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, idempotency-key, x-request-id, apollo-require-preflight, x-apollo-operation-name',
  'access-control-max-age': String(MAX_AGE),
};

export interface Cors {
  /** The headers that an answer needs. */
  headersFor(headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
  /** The headers of the answer to a preflight request; undefined when it is none, or not of an origin that may call. */
  preflightFor(
    method: string | undefined,
    headers: IncomingHttpHeaders,
  ): Readonly<Record<string, string>> | undefined;
}

/**
 * Tokens travel in a header that scripts set, never in cookies: no answer allows credentials.
 * @param origins exactly as browsers send them; none: CORS is off
 */
export function createCors(origins: readonly string[]): Cors {
  const none = {};
  const strangers = origins.length === 0 ? none : { vary: 'origin' };
  const allowed = new Map(
    origins.map((origin) => [
      origin,
      {
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'location, retry-after, www-authenticate, x-request-id',
      },
    ]),
  );
  const headersFor = ({ origin }: IncomingHttpHeaders) =>
    (origin === undefined ? undefined : allowed.get(origin)) ?? strangers;

  return {
    headersFor,
    preflightFor(method, headers) {
      const asks = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
      if (!asks || !allowed.has(headers.origin ?? '')) return undefined;
      return { ...headersFor(headers), ...preflight };
    },
  };
}
