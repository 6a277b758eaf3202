/** The time that requests have. */
import { setMaxListeners } from 'node:events';
import { DeadlineExceeded } from '../waiting/abortable.ts';

/** Requests that begin within this part of a request's time share one signal. */
const SHARED = 1 / 16;

/**
 * Returns the signal of a request that begins now. It is aborted, with {@link DeadlineExceeded}, after `timeout`
 * milliseconds at the earliest and one sixteenth more at the latest: a signal and a timer for each request would cost
 * more than everything else that the server does for it.
 */
export function createDeadlines(timeout: number): () => AbortSignal {
  const span = timeout * SHARED;
  let signal: AbortSignal | undefined;
  let until = 0;

  return () => {
    const now = performance.now();
    if (!signal || now >= until) {
      until = now + span;
      signal = abortAfter(timeout + span, timeout);
    }
    return signal;
  };
}

function abortAfter(milliseconds: number, timeout: number): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  // As many listeners as there are requests, and no leak.
  setMaxListeners(0, signal);
  setTimeout(() => {
    controller.abort(new DeadlineExceeded(timeout));
  }, milliseconds).unref();
  return signal;
}
