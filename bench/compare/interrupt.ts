/** Ctrl-C: the first stops in an orderly way, the second at once. */
import type { Progress } from './progress.ts';

export interface Interrupt {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  stop(): void;
}

export function listenForInterrupt(progress: Progress): Interrupt {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(130);
    progress.note('Stopping; the report of what there is follows. Ctrl-C again ends at once.');
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => process.off('SIGINT', listener).off('SIGTERM', listener),
  };
}
