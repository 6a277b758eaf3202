/** What is told of a request when its answer was sent: to the log, and as numbers. Nothing of it was written by a client. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Traced } from '../tracing/tracer.ts';

export interface EndedRequest {
  readonly method: string;
  /** The pattern of its path, such as `/shopping-carts/{id}`; empty where there is nothing. */
  readonly route: string;
  /** What was asked for: of GraphQL its operation, elsewhere the method. */
  readonly operation: string;
  /** `OK`, or why it was not done. */
  readonly code: string;
  /** Undefined where nobody waited for the answer any longer. */
  readonly status: number | undefined;
  /** `performance.now()` when its head had been read. */
  readonly started: number;
  /** As the log has it. */
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  /** Absent where there are no traces. */
  readonly traced?: Traced | undefined;
}

/** The code of a request whose client did not wait. */
export const CLIENT_GONE = 'CLIENT_GONE';

/** Of an answer that says nothing itself. */
export function codeOfStatus(status: number): string {
  return status < 400 ? 'OK' : `HTTP_${status}`;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** As OpenTelemetry has it: any other is one. */
export function methodName(method: string): string {
  return METHODS.has(method) ? method : '_OTHER';
}
