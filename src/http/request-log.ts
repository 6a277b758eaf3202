/**
 * One line for a request: of all that went well some, chosen at random, and every one that was slow; of those that did not the
 * first ones of a while, and how many more there were. What a client wrote is in none, but for the id it gave its request; nor is
 * its address.
 */
import type { Log } from '../process/log.ts';
import { createThrottle } from '../waiting/throttle.ts';
import type { EndedRequest } from './ended-request.ts';
import { traceContextOf } from './trace-context.ts';

export interface RequestLogOptions {
  /** The share of requests that went well of which there is a line, from 0 to 1. */
  readonly sample: number;
  /** Milliseconds from which on a request has a line, however it went. */
  readonly slow: number;
}

/** Lines for one code at one place in ten seconds. */
export const MOST_LINES = 20;

/** @param now milliseconds on the clock of {@link EndedRequest.started} */
export function createRequestLog(
  log: Log,
  { sample, slow }: RequestLogOptions,
  random: () => number = Math.random,
  now: () => number = () => performance.now(),
): (request: EndedRequest) => void {
  const mayTell = createThrottle({
    most: MOST_LINES,
    clock: now,
    leftOut: (kind, count) => {
      const [code, route] = kind.split(' ');
      log.info({ code, route, leftOut: count }, 'more such requests were left out');
    },
  });
  const tellAll = log.isLevelEnabled('debug');
  if (!log.isLevelEnabled('info')) return () => undefined;

  return (request) => {
    const { code, route } = request;
    const duration = now() - request.started;
    const chosen = duration >= slow ? mayTell(`SLOW ${route}`) : random() < sample;
    if (chosen || tellAll || (code !== 'OK' && mayTell(`${code} ${route}`)))
      log.info(describe(request, duration), 'request');
  };
}

function describe(
  { method, route, operation, code, status, requestId, headers, traced }: EndedRequest,
  duration: number,
) {
  const trace = (traced ?? traceContextOf(headers))?.traceId;
  return {
    method,
    route,
    operation,
    code,
    status,
    duration: Math.round(duration * 10) / 10,
    requestId,
    ...(trace !== undefined && { trace }),
  };
}
