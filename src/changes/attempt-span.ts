/** Attempts at changes as spans: one in the trace of each request that waits for it. */
import { beginShared, type Span } from '../tracing/tracer.ts';
import type { PendingChange } from './change.ts';

/**
 * The turn of these changes has come. Undefined where none of their requests is recorded.
 * @param tries attempts before this one
 */
export function beginAttempt(changes: readonly PendingChange[], tries: number): Span | undefined {
  let spans: Span[] | undefined;
  for (const pending of changes) {
    endWaiting(pending);
    const { span } = pending.request.signal;
    if (span) (spans ??= []).push(span);
  }
  return (
    spans &&
    beginShared(spans, 'change the cart', {
      'cartwright.changes': changes.length,
      'cartwright.attempt': tries + 1,
    })
  );
}

/** It waits no longer. */
export function endWaiting(pending: PendingChange): void {
  pending.waiting?.end();
  pending.waiting = undefined;
}
