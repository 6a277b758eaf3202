/** How long an answer to one request is of use: until its deadline, or until its client has gone. */
import type { Span } from '../tracing/tracer.ts';
import { DeadlineExceeded, type Signal } from '../waiting/abortable.ts';

/** The client closed its connection before it had an answer: its time is over early. Nobody is told, and nothing is logged. */
export class ClientGone extends DeadlineExceeded {
  constructor() {
    super('The client has gone before the answer was there.');
  }
}

/**
 * Stands on the deadline that it shares with others. When the client goes it is aborted without an event: whoever is about
 * to begin something sees it and does not; whoever waits for what a store has been sent waits on, until the deadline at the
 * latest. So a handler ends, and its slot becomes free, when its work has ended.
 */
export class RequestSignal implements Signal {
  readonly #deadline: AbortSignal;
  #left = false;
  #gone: ClientGone | undefined;

  constructor(
    deadline: AbortSignal,
    readonly span?: Span | undefined,
  ) {
    this.#deadline = deadline;
  }

  get aborted(): boolean {
    return this.#left || this.#deadline.aborted;
  }

  /** Made when it is asked for: an error has a stack, which costs more than most of a request. */
  get reason(): Error {
    return this.#left ? (this.#gone ??= new ClientGone()) : (this.#deadline.reason as Error);
  }

  /** The client has gone. */
  leave(): void {
    this.#left = true;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void {
    this.#deadline.addEventListener(type, listener, options);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    this.#deadline.removeEventListener(type, listener);
  }
}
