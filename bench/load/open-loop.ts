/**
 * Open loop: requests leave at the times of a seeded Poisson process whether or not earlier ones were answered, and
 * latency counts from the intended time. A server that stalls is charged for everyone who had to wait.
 */
import type { Random } from './random.ts';
import { createLoadRecorder, type LoadResult, type PreparedRequest } from './load-result.ts';

export interface OpenLoopOptions {
  /** Requests per second. */
  readonly rate: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly random: Random;
  /** Makes the next request; called before it is due, so that it costs no lag. */
  prepare(): PreparedRequest;
  /** Beyond so many unanswered requests further ones fail at once: the server is overrun. */
  readonly maximumInFlight?: number;
  /** How long to wait for the last answers, seconds; what is missing then has failed. */
  readonly drainSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Closer than this to the next request the event loop turns without sleeping: timers are accurate to 1 ms only. */
const SPIN_MS = 2.5;

/** Throws the signal's reason when aborted. */
export async function runOpenLoop(options: OpenLoopOptions): Promise<LoadResult> {
  const { rate, random, maximumInFlight = 2000, drainSeconds = 5, signal } = options;
  const begin = performance.now() + 5;
  const start = begin + options.warmupSeconds * 1000;
  const end = start + options.seconds * 1000;
  const recorder = createLoadRecorder(start, end);
  const pending = new Map<number, { name: string; intended: number }>();
  let sequence = 0;

  const dispatch = (request: PreparedRequest, intended: number) => {
    if (recorder.arrival(request.name, intended)) recorder.lag(performance.now() - intended);
    if (pending.size >= maximumInFlight) {
      recorder.failure(request.name, new Error(`more than ${maximumInFlight} requests unanswered`), intended);
      return;
    }
    const id = (sequence += 1);
    pending.set(id, { name: request.name, intended });
    request.send().then(
      () => {
        if (pending.delete(id)) recorder.success(request.name, intended, performance.now());
      },
      (error: unknown) => {
        if (pending.delete(id)) recorder.failure(request.name, error, intended);
      },
    );
  };

  await sendOnSchedule({ begin, end, rate, random, prepare: () => options.prepare(), dispatch, signal });
  const patience = performance.now() + drainSeconds * 1000;
  while (pending.size > 0 && performance.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    signal?.throwIfAborted();
  }
  for (const { name, intended } of pending.values()) {
    recorder.failure(name, new Error(`no answer ${drainSeconds} s after the end`), intended);
  }
  pending.clear();
  return recorder.result();
}

interface Schedule {
  readonly begin: number;
  readonly end: number;
  readonly rate: number;
  readonly random: Random;
  readonly prepare: () => PreparedRequest;
  readonly dispatch: (request: PreparedRequest, intended: number) => void;
  readonly signal: AbortSignal | undefined;
}

function sendOnSchedule({ begin, end, rate, random, prepare, dispatch, signal }: Schedule): Promise<void> {
  return new Promise((resolve, reject) => {
    let intended = begin + random.exponential(rate) * 1000;
    let request = prepare();
    const turn = () => {
      if (signal?.aborted === true) {
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        return;
      }
      try {
        while (intended < end && intended <= performance.now()) {
          dispatch(request, intended);
          intended += random.exponential(rate) * 1000;
          request = prepare();
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      const wait = Math.min(intended, end) - performance.now();
      if (intended >= end && wait <= 0) resolve();
      else if (wait > SPIN_MS) setTimeout(turn, wait - SPIN_MS);
      else setImmediate(turn);
    };
    turn();
  });
}
