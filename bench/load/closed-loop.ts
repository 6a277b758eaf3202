/**
 * Closed loop: a fixed number of clients, each waiting for its answer before its next request. Latency counts from
 * the send, so a stall is seen by as many requests as there are clients: use it for saturation and for shoppers
 * who think, not for latency at a rate.
 */
import type { Random } from './random.ts';
import { createLoadRecorder, type LoadResult, type PreparedRequest } from './load-result.ts';

export interface ClosedLoopOptions {
  readonly clients: number;
  /** Mean of an exponential pause after each answer, milliseconds; 0 for none. */
  readonly thinkMs: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly random: Random;
  prepare(client: number): PreparedRequest;
  readonly signal?: AbortSignal;
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Throws the signal's reason when aborted. */
export async function runClosedLoop(options: ClosedLoopOptions): Promise<LoadResult> {
  const start = performance.now() + options.warmupSeconds * 1000;
  const end = start + options.seconds * 1000;
  const recorder = createLoadRecorder(start, end);
  const think = () => (options.thinkMs === 0 ? 0 : options.random.exponential(1 / options.thinkMs));

  const client = async (index: number) => {
    // Spread the first requests, or all clients would move in step.
    const first = think();
    if (performance.now() + first >= end) return;
    await pause(first);
    while (performance.now() < end) {
      options.signal?.throwIfAborted();
      const request = options.prepare(index);
      const sent = performance.now();
      recorder.arrival(request.name, sent);
      try {
        await request.send();
        recorder.success(request.name, sent, performance.now());
      } catch (error) {
        recorder.failure(request.name, error, sent);
        await pause(10);
      }
      const rest = think();
      // Whoever would think beyond the end leaves; waking all of them at the end would be a burst.
      if (performance.now() + rest >= end) return;
      if (rest > 0) await pause(rest);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, (_, index) => client(index)));
  return recorder.result();
}
