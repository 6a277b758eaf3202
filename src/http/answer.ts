import type { IncomingMessage } from 'node:http';
import type { Identify } from '../auth/identifier.ts';
import type { Handler, HttpResponse } from './messages.ts';
import type { Traced } from '../tracing/tracer.ts';
import { createBodies } from './read-body.ts';
import { OVERLOADED } from './refusals.ts';
import type { RequestId } from './request-id.ts';
import { RequestSignal } from './request-signal.ts';

export interface AnswerOptions {
  /** Who is asking. */
  readonly identify: Identify;
  /** Milliseconds for one request, from when its body is there. */
  readonly requestTimeout: number;
  /** Bytes. */
  readonly maxBody: number;
  /** Requests that are answered at one time; any more are refused at once, if possible before their bodies are read. */
  readonly maxInFlight: number;
  /** The deadline of a request that begins now. */
  readonly begin: () => AbortSignal;
}

/** Gets its signal together with its slot. */
interface Asking extends RequestId {
  readonly req: IncomingMessage;
  readonly path: string;
  readonly gone: boolean;
  readonly traced: Traced | undefined;
  signal: RequestSignal | undefined;
}

/**
 * A request takes its slot when all of it is there, and gives it back when its handler has ended, whether or not anybody still
 * waits for the answer: work that nobody counts has no bound.
 */
export function createAnswer({ identify, maxBody, maxInFlight, requestTimeout, begin }: AnswerOptions) {
  const bodies = createBodies({ maxBody, grace: requestTimeout });
  let inFlight = 0;

  /** @throws OVERLOADED, BodyRefused, what `identify` and the handler throw */
  const answer = async (handler: Handler, asking: Asking, search: string): Promise<HttpResponse> => {
    const { req, path, requestId, loggedId } = asking;
    const { method = 'GET', headers } = req;
    const body = await bodies.read(req);
    if (inFlight >= maxInFlight) throw OVERLOADED;
    inFlight += 1;
    try {
      const signal = new RequestSignal(begin(), asking.traced?.span);
      asking.signal = signal;
      if (asking.gone) signal.leave();
      signal.throwIfAborted();
      const viewer = await identify(headers);
      signal.throwIfAborted();
      return await handler({ method, path, search, headers, viewer, body, requestId, loggedId, signal });
    } finally {
      asking.signal = undefined;
      inFlight -= 1;
    }
  };

  return {
    answer,
    /** Asked at the head of a request, whose body need not be read then. */
    isFull: () => inFlight >= maxInFlight,
  };
}
