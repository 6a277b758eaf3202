/** Waiting that ends with the request's deadline. */

/** The promise's own outcome, or the signal's reason if that comes first. What was begun is not undone. */
export function abortable<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, once);
    const stopListening = () => {
      signal.removeEventListener('abort', abort);
    };
    promise.then(stopListening, stopListening);
    promise.then(resolve, reject);
  });
}

const once = { once: true };

/** Resolves after so many milliseconds. @throws the signal's reason if that comes first */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await abortable(elapsed, signal).finally(() => {
    clearTimeout(timer);
  });
}

/** The time for a request is over. What it was doing may still take effect, but nobody waits for it. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  /** @param deadline milliseconds */
  constructor(deadline: number) {
    super(`The request took longer than ${deadline} ms. Read the cart before trying again.`);
  }
}
