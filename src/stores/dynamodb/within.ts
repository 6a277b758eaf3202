import { endWith, errorName } from '../../tracing/tracer.ts';
import { abortable, type Signal } from '../../waiting/abortable.ts';
import { strikeValues } from './strike-values.ts';
import { beginCall, type Command } from './call-span.ts';

/**
 * Runs an SDK call within the request's time: it gets the signal, and when that is aborted fails with the signal's reason
 * rather than the SDK's AbortError. An attempt under way is cut off; DynamoDB may still carry it out.
 * @param command what is sent, with values in it: for the span of the call, and for what an error may tell
 */
export async function within<Result>(
  signal: Signal | undefined,
  call: (options: { abortSignal?: AbortSignal }) => Promise<Result>,
  command?: Command,
): Promise<Result> {
  signal?.throwIfAborted();
  const span = command && signal?.span && beginCall(signal.span, command);
  try {
    // The SDK uses no more of it than there is: `aborted`, `reason` and its listeners.
    const sent = call(signal ? { abortSignal: signal as AbortSignal } : {});
    return await abortable(span ? endWith(span, sent, errorName) : sent, signal);
  } catch (error) {
    // Before an attempt the SDK looks whether anybody still waits, also where no event has told it.
    if (signal?.aborted && error instanceof Error && error.name === 'AbortError') signal.throwIfAborted();
    if (command) strikeValues(error);
    throw error;
  }
}
