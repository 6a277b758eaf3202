/** Requests as spans, under OpenTelemetry's names. The path itself, in which ids stand, is in none. */
import type { IncomingMessage } from 'node:http';
import { noTracer, type Traced, type Tracer } from '../tracing/tracer.ts';
import { methodName, type EndedRequest } from './ended-request.ts';
import { traceContextOf } from './trace-context.ts';

export interface RequestSpans {
  /** A request for a route has begun; undefined where there are no traces. */
  begin(request: IncomingMessage, route: string): Traced | undefined;
  ended(request: EndedRequest): void;
}

const nothing: RequestSpans = { begin: () => undefined, ended: () => undefined };

/** Faults of the service also where the status is 200, as GraphQL has it. */
const FAULTS = new Set(['INTERNAL_SERVER_ERROR', 'DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN', 'OVERLOADED']);

export function isFault(code: string): boolean {
  return FAULTS.has(code);
}

export function createRequestSpans(tracer: Tracer = noTracer): RequestSpans {
  if (tracer === noTracer) return nothing;
  return {
    begin({ method: given = 'GET', headers, httpVersion }, route) {
      const method = methodName(given);
      const name = method === '_OTHER' ? 'HTTP' : method;
      return tracer.begin(route === '' ? name : `${name} ${route}`, traceContextOf(headers), {
        'http.request.method': method,
        'network.protocol.version': httpVersion,
        'url.scheme': 'http',
        ...(route !== '' && { 'http.route': route }),
      });
    },
    ended({ traced, status, code, operation }) {
      const span = traced?.span;
      if (!span) return;
      span.set({ 'cartwright.operation': operation, 'cartwright.code': code });
      if (status !== undefined) span.set({ 'http.response.status_code': status });
      if (isFault(code) || (status ?? 0) >= 500) span.fail(code);
      span.end();
    },
  };
}
