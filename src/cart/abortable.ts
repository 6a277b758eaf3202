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

/**
 * Runs `work` for several who wait for it, with a signal that is aborted when all of theirs are, for the first one's reason.
 * @param signals at least one
 */
export async function untilAllAborted<Result>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [only] = signals;
  if (only && signals.length === 1) return work(only);
  const all = new AbortController();
  const abort = () => {
    if (signals.every((signal) => signal.aborted)) all.abort(only?.reason);
  };
  abort();
  for (const signal of signals) signal.addEventListener('abort', abort);
  try {
    return await work(all.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  }
}

/** The time for a request is over. What it was doing may still take effect, but nobody waits for it. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  /** @param deadline milliseconds */
  constructor(deadline: number) {
    super(`The request took longer than ${deadline} ms. Read the cart before trying again.`);
  }
}
