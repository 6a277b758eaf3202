/** Which scripts of other sites may call the service from a browser. */
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds for which a browser need not ask again. */
const MAX_AGE = 7_200;

const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-max-age': String(MAX_AGE),
};

/** What a site that may call at all is told where it asks for no header, or for none that could be one. */
const USUAL =
  'authorization, content-type, idempotency-key, x-request-id, apollo-require-preflight, x-apollo-operation-name';

/** Characters of a list of headers that is repeated. Clients with all kinds of tracing ask for some 300. */
const LONGEST = 1_000;

/** The name of a header (RFC 9110, 5.1). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Whatever headers a site that is allowed wants to send: tracing and clients bring their own. */
function allowedHeaders(asked: string | undefined): string {
  if (asked === undefined || asked.length > LONGEST) return USUAL;
  const names = asked.split(',').map((name) => name.trim());
  return names.every((name) => TOKEN.test(name)) ? names.join(', ') : USUAL;
}

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
      const asked = headers['access-control-request-headers'];
      return {
        ...headersFor(headers),
        ...preflight,
        vary: 'origin, access-control-request-headers',
        'access-control-allow-headers': allowedHeaders(asked),
      };
    },
  };
}
