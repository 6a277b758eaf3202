/**
 * The load generator. Open loop: requests leave at the times of a seeded Poisson process whether or not earlier ones were
 * answered, and latency counts from the intended time; a server that stalls is charged for everyone who had to wait. Closed
 * loop: a fixed number of clients, each waiting for its answer before its next request, and latency counts from the send: for
 * saturation and for shoppers who think, not for latency at a rate.
 */
import type { Random } from './random.ts';
import { createLoadRecorder, type LoadRecorder, type LoadResult } from './recorder.ts';

/** One request to come: its name for the statistics, and the way to send it. */
export interface PreparedRequest {
  readonly name: string;
  /** @param done called once, with an error when the request failed; a callback, since promises cost the generator CPU */
  send(done: (error?: unknown) => void): void;
}

export interface Load {
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly random: Random;
  /** Makes the next request; in an open loop before it is due, so that it costs no lag. */
  prepare(): PreparedRequest;
  readonly signal?: AbortSignal;
}

export interface OpenLoad extends Load {
  /** Requests per second. */
  readonly rate: number;
  /** Beyond so many unanswered requests further ones fail at once: the server is overrun. */
  readonly maximumInFlight?: number;
  /** How long to wait for the last answers, seconds; what is missing then has failed. */
  readonly drainSeconds?: number;
  /**
   * Closer than so many milliseconds to the next request the event loop turns without sleeping, since timers are accurate to
   * 1 ms only. 0 for a generator that shares its core: turning it would keep the others from it.
   */
  readonly spinMs?: number;
}

export interface ClosedLoad extends Load {
  readonly clients: number;
  /** Mean of an exponential pause after each answer, milliseconds; 0 for none. */
  readonly thinkMs: number;
}

/** A request whose answer is waited for as a promise. */
export const promised = (name: string, send: () => Promise<unknown>): PreparedRequest => ({
  name,
  send(done) {
    send().then(() => {
      done();
    }, done);
  },
});

/** How long a client of a closed loop waits after a failure, milliseconds. */
const AFTER_FAILURE_MS = 10;

/** Throws the signal's reason when aborted. */
export async function runOpenLoop(load: OpenLoad): Promise<LoadResult> {
  const { rate, maximumInFlight = 2000, drainSeconds = 5, signal } = load;
  const begin = performance.now() + 5;
  const start = begin + load.warmupSeconds * 1000;
  const end = start + load.seconds * 1000;
  const recorder = createLoadRecorder(start, end);
  const pending = new Set<{ name: string; intended: number }>();

  const dispatch = ({ name, send }: PreparedRequest, intended: number) => {
    if (recorder.arrival(name, intended)) recorder.lag(performance.now() - intended);
    if (pending.size >= maximumInFlight) {
      recorder.failure(name, new Error(`more than ${maximumInFlight} requests unanswered`), intended);
      return;
    }
    const request = { name, intended };
    pending.add(request);
    send((error) => {
      if (!pending.delete(request)) return;
      if (error === undefined) recorder.success(name, intended, performance.now());
      else recorder.failure(name, error, intended);
    });
  };

  await sendOnSchedule(load, { begin, end, gap: () => load.random.exponential(rate) * 1000, dispatch });
  const patience = performance.now() + drainSeconds * 1000;
  while (pending.size > 0 && performance.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    signal?.throwIfAborted();
  }
  for (const { name, intended } of pending) {
    recorder.failure(name, new Error(`no answer ${drainSeconds} s after the end`), intended);
  }
  pending.clear();
  return recorder.result();
}

interface Schedule {
  /** performance.now() milliseconds. */
  readonly begin: number;
  readonly end: number;
  /** Milliseconds to the next request. */
  gap(): number;
  dispatch(request: PreparedRequest, intended: number): void;
}

function sendOnSchedule(
  { prepare, signal, spinMs = 2.5 }: OpenLoad,
  { begin, end, gap, dispatch }: Schedule,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let intended = begin + gap();
    let request = prepare();
    const step = () => {
      signal?.throwIfAborted();
      while (intended < end && intended <= performance.now()) {
        dispatch(request, intended);
        intended += gap();
        request = prepare();
      }
      const wait = Math.min(intended, end) - performance.now();
      if (intended >= end && wait <= 0) resolve();
      else if (wait > spinMs) setTimeout(turn, wait - spinMs);
      else setImmediate(turn);
    };
    const turn = () => {
      try {
        step();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    turn();
  });
}

/** Throws the signal's reason when aborted. */
export async function runClosedLoop(load: ClosedLoad): Promise<LoadResult> {
  const start = performance.now() + load.warmupSeconds * 1000;
  const end = start + load.seconds * 1000;
  const recorder = createLoadRecorder(start, end);
  await Promise.all(Array.from({ length: load.clients }, () => runClient(load, recorder, end)));
  return recorder.result();
}

/** Resolves when the client's time is up. */
function runClient(load: ClosedLoad, recorder: LoadRecorder, end: number): Promise<void> {
  const think = () => (load.thinkMs === 0 ? 0 : load.random.exponential(1 / load.thinkMs));
  return new Promise((resolve, reject) => {
    /** Whoever would wait beyond the end leaves; waking all of them at the end would be a burst. */
    const next = (pause: number) => {
      if (performance.now() + pause >= end) resolve();
      else if (pause > 0) setTimeout(turn, pause);
      else turn();
    };
    const turn = () => {
      try {
        load.signal?.throwIfAborted();
        sendOne();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const sendOne = () => {
      const { name, send } = load.prepare();
      const sent = performance.now();
      recorder.arrival(name, sent);
      send((error) => {
        if (error === undefined) recorder.success(name, sent, performance.now());
        else recorder.failure(name, error, sent);
        next(think() + (error === undefined ? 0 : AFTER_FAILURE_MS));
      });
    };
    // Spread the first requests, or all clients would move in step.
    const first = think();
    if (performance.now() + first >= end) resolve();
    else setTimeout(turn, first);
  });
}
