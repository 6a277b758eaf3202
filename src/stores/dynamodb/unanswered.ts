/**
 * Which failures of a request leave open whether it was carried out. The SDK repeats what was not answered, and at the end throws
 * the last attempt's error, which says nothing about those before it; so each attempt is looked at.
 */

/** Requests, by the context that all attempts at one share, with an attempt that was sent and not answered. */
const open = new WeakSet();
const unanswered = new WeakSet();

/** Takes note of an attempt that failed. @param context what all attempts at a request have in common */
export function noteFailedAttempt(context: object, error: unknown): void {
  if (!isRefusal(error) && !isUnsent(error)) open.add(context);
}

/**
 * Takes note of a request that failed, after all of its attempts. Its error need not be one of theirs: for a further one there may
 * have been nothing to sign with.
 */
export function noteFailedRequest(context: object, error: unknown): void {
  if (open.has(context) && error instanceof Error) unanswered.add(error);
}

/** Whether the request may have been carried out, or may be yet, by an attempt that was never answered. */
export function wasUnanswered(error: unknown): boolean {
  return error instanceof Error && unanswered.has(error);
}

interface Told {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether DynamoDB answered that it has not done this, and will not. Its own faults, 5xx, may come after the work is done. */
function isRefusal(error: unknown): boolean {
  const { name, $fault, $metadata } = error as Told;
  // The first attempt at the same transaction is still at work.
  if (name === 'TransactionInProgressException') return false;
  const status = $metadata?.httpStatusCode ?? 0;
  // 408 is that of a middleman who did not wait for the answer.
  return $fault === 'client' && status >= 400 && status < 500 && status !== 408;
}

/** No connection, no address. What cannot be signed is no attempt. */
const UNSENT = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function isUnsent(error: unknown): boolean {
  return UNSENT.has((error as Told).code);
}
