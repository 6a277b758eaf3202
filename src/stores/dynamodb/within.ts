import { abortable, type Signal } from '../../waiting/abortable.ts';

/**
 * Runs an SDK call within the request's time: it gets the signal, and when that is aborted fails with the signal's reason
 * rather than the SDK's AbortError. An attempt under way is cut off; DynamoDB may still carry it out.
 */
export async function within<Result>(
  signal: Signal | undefined,
  call: (options: { abortSignal?: AbortSignal }) => Promise<Result>,
): Promise<Result> {
  if (!signal) return call({});
  signal.throwIfAborted();
  try {
    // The SDK uses no more of it than there is: `aborted`, `reason` and its listeners.
    return await abortable(call({ abortSignal: signal as AbortSignal }), signal);
  } catch (error) {
    // Before an attempt the SDK looks whether anybody still waits, also where no event has told it.
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') signal.throwIfAborted();
    throw error;
  }
}
