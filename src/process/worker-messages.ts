/** What the first process and its workers tell each other. No signal, which one of a terminal would follow, or have come before. */
import type { Worker } from 'node:cluster';

/** From a worker: it is up, and takes connections. */
export const READY = 'ready';
/** To a worker, with a connection that was accepted; from a worker: it has it. */
export const CONNECTION = 'connection';
export const TAKEN = 'taken';
/** To a worker: it is to stop, as by SIGTERM. From a worker: it is about to, and asks for no more connections. */
export const DRAIN = 'drain';
export const LEAVING = 'leaving';
/** To a worker that drains: there are no more connections to come. */
export const LAST = 'last';

/** What a worker tells the first process when it cannot begin: what went wrong, as far as it can be told to people. */
export interface FailureMessage {
  readonly failure: {
    readonly name: string;
    readonly message: string;
    readonly code: string | undefined;
    readonly syscall: string | undefined;
  };
}

export function isFailure(message: unknown): message is FailureMessage {
  return typeof message === 'object' && message !== null && 'failure' in message;
}

/** To a worker, or from it to the first process, which may have ended: an error that nobody took would pass for one of the service. */
export function tell(worker: Worker, message: string | object): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
