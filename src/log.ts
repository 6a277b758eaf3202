/**
 * Structured logs: one JSON object a line on standard output. Ids of guests' carts are secrets (whoever knows one may use the
 * cart), so no request's path or arguments are ever logged.
 */
import { pino, type Logger } from 'pino';

export type Log = Logger;

/** @param level one of pino's: trace, debug, info, warn, error, fatal, silent */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
