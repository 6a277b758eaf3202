/** Requests as numbers: how long, how many of what, and which were refused. */
import { noMeter, perValue, SECONDS, type Meter } from '../metrics/meter.ts';
import type { EndedRequest } from './ended-request.ts';

export interface RequestMeter {
  /** Requests whose answers have not been sent are counted between these two. */
  began(): void;
  closed(): void;
  /** Its answer was handed to its connection, or there is nobody left to answer. */
  ended(request: EndedRequest): void;
  /** Refused before any route has seen it. @param reason one of a fixed list */
  refused(reason: string): void;
}

/** Operations that are told apart: of trusted documents there may be many. */
const MOST_OPERATIONS = 1_000;

export function createRequestMeter(meter: Meter = noMeter): RequestMeter {
  const durationOf = createDurations(meter);
  const count = createCounts(meter);
  const refusals = perValue((reason) =>
    meter.counter('cartwright_refusals_total', 'Requests refused before a route saw them.', { reason }),
  );
  let active = 0;
  const help = 'Requests whose answers have not been sent.';
  meter.observe({ name: 'http_server_active_requests', help }, () => active);

  return {
    began() {
      active += 1;
    },
    closed() {
      active -= 1;
    },
    ended({ method, route, operation, code, status, started }) {
      if (status !== undefined) durationOf(method)(route)(String(status)).since(started);
      count(route)(operation)(code).add();
    },
    refused(reason) {
      refusals(reason).add();
    },
  };
}

function createDurations(meter: Meter) {
  const help = 'Seconds from the head of a request to its answer.';
  return perValue((method) =>
    perValue((route) =>
      perValue((status) => {
        const labels = { http_request_method: method, http_route: route, http_response_status_code: status };
        return meter.histogram('http_server_request_duration_seconds', help, SECONDS, labels);
      }),
    ),
  );
}

function createCounts(meter: Meter) {
  const help = 'Requests by what they asked for and what came of it: OK, or the code of the error.';
  return perValue((route) =>
    perValue(
      (operation) =>
        perValue((code) => meter.counter('cartwright_requests_total', help, { route, operation, code })),
      MOST_OPERATIONS,
    ),
  );
}
