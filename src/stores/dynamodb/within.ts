import { abortable } from '../../cart/abortable.ts';

/**
 * Runs an SDK call within the request's time: it gets the signal, and when that is aborted fails with the signal's reason
 * rather than the SDK's AbortError. An attempt under way is cut off; DynamoDB may still carry it out.
 */
export async function within<Result>(
  signal: AbortSignal | undefined,
  call: (options: { abortSignal?: AbortSignal }) => Promise<Result>,
): Promise<Result> {
  if (!signal) return call({});
  signal.throwIfAborted();
  return abortable(call({ abortSignal: signal }), signal);
}
