/**
 * Structured logs: one JSON object a line on standard output. Ids of guests' carts are secrets (whoever knows one may use the
 * cart), so no request's path or arguments are ever logged, and of an error only what cannot hold them.
 */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * @param level one of pino's: trace, debug, info, warn, error, fatal, silent
 * @param destination standard output by default
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: withoutCredentials },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** How many causes of an error are told. */
const DEEPEST_CAUSE = 4;

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Only these: drivers hang whole requests, rows and items on their errors. */
function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutIds(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutIds(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.stack !== undefined && { stack: withoutIds(error.stack) }),
    ...(error.cause !== undefined &&
      depth < DEEPEST_CAUSE && { cause: describeError(error.cause, depth + 1) }),
  };
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
/** Three parts in base64url, the first of which is that of `{"`. */
const TOKEN = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;
/** What stands between a scheme and the host of an address. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@":]+(?::[^\s"]*)?@/gi;

function withoutIds(text: string): string {
  return text.replace(UUID, '[id]');
}

/** Of a finished line: no log call can forget it. */
function withoutCredentials(line: string): string {
  return line.replace(TOKEN, '[token]').replace(CREDENTIALS, '$1[redacted]@');
}
