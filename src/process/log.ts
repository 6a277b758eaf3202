/**
 * Structured logs: one JSON object a line on standard output. Ids of guests' carts are secrets (whoever knows one may use the
 * cart), so no request's path or arguments are ever logged, and of an error only what cannot hold them.
 */
import { destination as openDestination, pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { createFaults, type Faults } from './faults.ts';
import { gatherLines, type GatheredLines } from './gather-lines.ts';

export type Log = Logger;

/**
 * @param level one of pino's: trace, debug, info, warn, error, fatal, silent
 * @param destination standard output by default
 * @param faults counts what is logged as `err` at the level error, also where the level of the log is higher
 * @param worker the number of this process among several, which each line then has
 */
export function createLog(
  level: string,
  destination: DestinationStream = standardOutput(),
  faults: Faults = createFaults(() => performance.now()),
  worker?: number,
): Log {
  const isQuiet = level === 'fatal' || level === 'silent';
  const options = {
    level: isQuiet ? 'error' : level,
    base: worker === undefined ? null : { worker },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: withoutCredentials, logMethod: noteFaults(faults, isQuiet ? level : undefined) },
  };
  const log = pino(options, destination);
  faults.onLeftOut((kind, count) => {
    log.error({ faults: kind, linesLeftOut: count }, 'more lines like these were left out');
  });
  return log;
}

let output: GatheredLines | undefined;

/** One for all logs of the process, whose lines stay in their order. */
function standardOutput(): DestinationStream {
  if (output === undefined) {
    output = gatherLines(openDestination({ dest: 1, sync: true }));
    process.once('exit', output.flush);
  }
  return output;
}

const { error: ERROR = 0, fatal: FATAL = 0 } = pino.levels.values;

/** Of every log call with an error that the service goes on after: no place where one is logged can forget it. */
function noteFaults(faults: Faults, only: 'fatal' | 'silent' | undefined) {
  return function noteFault(this: Logger, args: Parameters<LogFn>, method: LogFn, level: number): void {
    const [first, ...others] = args as unknown as [unknown, ...unknown[]];
    let told = first;
    if (level < FATAL && hasError(first)) {
      const {
        told: isTold,
        whole,
        leftOut,
      } = faults.note(first.err, typeof others[0] === 'string' ? others[0] : '', level === ERROR);
      if (!isTold) return;
      if (!whole) told = { ...first, err: new WithoutStack(first.err) };
      else if (leftOut > 0) told = { ...first, stacksLeftOut: leftOut };
    }
    if (only === 'silent' || (only === 'fatal' && level < FATAL)) return;
    method.apply(this, [told, ...others] as unknown as Parameters<LogFn>);
  };
}

function hasError(value: unknown): value is { readonly err: unknown } {
  return typeof value === 'object' && value !== null && 'err' in value;
}

/** An error whose stack, and those of its causes, has been told lately. */
class WithoutStack {
  constructor(readonly error: unknown) {}
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
function describeError(error: unknown): ErrorDescription {
  return error instanceof WithoutStack ? describe(error.error, false) : describe(error, true);
}

function describe(error: unknown, whole: boolean, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutIds(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutIds(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(whole && error.stack !== undefined && { stack: withoutIds(error.stack) }),
    ...(error.cause !== undefined &&
      depth < DEEPEST_CAUSE && { cause: describe(error.cause, whole, depth + 1) }),
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
