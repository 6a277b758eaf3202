/** Waiting that ends with the request's deadline. */
import type { Span } from '../tracing/tracer.ts';

/**
 * How long an answer is of use to whoever asks: what is used of an AbortSignal, so that a request can have one without the
 * cost of an AbortController. It may be `aborted` without an event, which tells those who are about to begin something and
 * lets those wait who wait for what is under way.
 */
export interface Signal {
  /** What is done for this signal is told under it; absent where nobody records the request. */
  readonly span?: Span | undefined;
  readonly aborted: boolean;
  /** Why, once it is aborted. */
  readonly reason: Error;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The promise's own outcome, or the signal's reason if that comes first. What was begun is not undone. */
export function abortable<Result>(promise: Promise<Result>, signal: Signal | undefined): Promise<Result> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
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

/**
 * The same signal for work that is told under another span.
 * @param signal absent for work that goes on to its end
 */
export function withSpan(signal: Signal | undefined, span: Span): Signal {
  return {
    span,
    get aborted() {
      return signal?.aborted ?? false;
    },
    get reason() {
      return signal?.reason ?? new DeadlineExceeded('Nothing has ended this.');
    },
    throwIfAborted() {
      signal?.throwIfAborted();
    },
    addEventListener(type, listener, options) {
      signal?.addEventListener(type, listener, options);
    },
    removeEventListener(type, listener) {
      signal?.removeEventListener(type, listener);
    },
  };
}

/** Resolves after so many milliseconds. @throws the signal's reason if that comes first */
export async function pause(milliseconds: number, signal: Signal): Promise<void> {
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
 */
export function untilAllAborted<Result>(
  signals: readonly [Signal, ...Signal[]],
  work: (signal: Signal) => Promise<Result>,
): Promise<Result> {
  const [first, second] = signals;
  return work(second ? allOf(signals, first) : first);
}

function allOf(signals: readonly Signal[], first: Signal): Signal {
  const isAborted = () => signals.every((signal) => signal.aborted);
  const checks = new Map<() => void, () => void>();
  return {
    get aborted() {
      return isAborted();
    },
    get reason() {
      return first.reason;
    },
    throwIfAborted() {
      if (isAborted()) throw first.reason;
    },
    addEventListener(type, listener) {
      const check = () => {
        if (!isAborted()) return;
        for (const signal of signals) signal.removeEventListener(type, check);
        listener();
      };
      checks.set(listener, check);
      for (const signal of signals) signal.addEventListener(type, check);
    },
    removeEventListener(type, listener) {
      const check = checks.get(listener);
      if (!check) return;
      checks.delete(listener);
      for (const signal of signals) signal.removeEventListener(type, check);
    },
  };
}

/** The time for a request is over. What it was doing may still take effect, but nobody waits for it. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  /** @param deadline milliseconds, or what else there is to say */
  constructor(deadline: number | string) {
    super(
      typeof deadline === 'string'
        ? deadline
        : `The request took longer than ${deadline} ms. Read the cart before trying again.`,
    );
  }
}
