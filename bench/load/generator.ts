/**
 * The load generator. Open loop: requests leave at the times of a seeded Poisson process whether or not earlier ones were
 * answered, and latency counts from the intended time; a server that stalls is charged for everyone who had to wait. Closed
 * loop: a fixed number of clients, each waiting for its answer before its next request, and latency counts from the send.
 *
 * To be punctual, an open loop makes all of its requests before it begins, turns the event loop without sleeping when the next
 * one is near, and only notes times and copies bodies while it runs: answers are read, checked and counted by `summarise`.
 */
import type { Connections } from './connections.ts';
import { createLatencyHistogram, type LatencyHistogram } from './histogram.ts';
import type { Random } from './random.ts';

/** One request to come. */
export interface PreparedRequest {
  /** For the statistics. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Throws when the answer is not what it should be: a fast wrong answer is a failure. */
  readonly check: (body: string) => void;
}

export interface Load {
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly random: Random;
  readonly prepare: () => PreparedRequest;
  readonly send: Connections['send'];
  readonly signal?: AbortSignal;
}

export interface OpenLoad extends Load {
  /** Requests per second. */
  readonly rate: number;
  /** Beyond so many unanswered requests further ones fail at once: the server is overrun. */
  readonly maximumInFlight?: number;
  /** How long to wait for the last answers, seconds; what is missing then has failed. */
  readonly drainSeconds?: number;
  /** False for a generator that shares its core: turning without sleep would keep the others from it. */
  readonly spin?: boolean;
}

export interface ClosedLoad extends Load {
  readonly clients: number;
  /** Mean of an exponential pause after each answer, milliseconds; 0 for none. */
  readonly thinkMs: number;
}

/** A request and what became of it; times are performance.now() milliseconds. */
interface Exchange {
  readonly request: PreparedRequest;
  /** When it should be sent. */
  due: number;
  sent: number;
  answered: number;
  /** Why it failed; undefined while it is under way, and when it did not. */
  problem: string | undefined;
  /** Where its body is kept. */
  at: number;
  end: number;
}

/** Bodies are kept here, so that nothing is left to collect; what does not fit is judged by its status and first bytes alone. */
const BODIES = 96 * 2 ** 20;
let bodies: Buffer | undefined;

/** How long a client of a closed loop waits after a failure, milliseconds. */
const AFTER_FAILURE_MS = 10;
/** Closer to the next request than so many milliseconds the event loop turns without sleeping: timers are accurate to 1 ms only. */
const SPIN_MS = 2.5;

/** Makes exchanges and notes what becomes of them. @param settled called once for each */
function createNotes({ send }: Load, settled: (exchange: Exchange) => void) {
  const kept = (bodies ??= Buffer.allocUnsafeSlow(BODIES));
  let used = 0;
  let over = false;
  const settle = (exchange: Exchange, problem: string | undefined) => {
    exchange.answered = performance.now();
    exchange.problem = problem;
    settled(exchange);
  };
  return {
    make: (request: PreparedRequest, due: number): Exchange => ({
      request,
      due,
      sent: NaN,
      answered: NaN,
      problem: undefined,
      at: 0,
      end: 0,
    }),
    start(exchange: Exchange) {
      exchange.sent = performance.now();
      send(exchange.request.bytes, (error, status, body) => {
        if (over) return;
        const refused = status < 200 || status > 299 || body.toString('latin1', 0, 9) === '{"errors"';
        if (!refused && used + body.length <= BODIES) {
          exchange.at = used;
          exchange.end = used += body.copy(kept, used);
        }
        const answer = refused ? `status ${status}: ${body.toString('utf8', 0, 100)}` : undefined;
        settle(exchange, error?.message ?? answer);
      });
    },
    settle,
    /** What comes later no longer counts. */
    close() {
      over = true;
    },
  };
}

/** Throws the signal's reason when aborted. */
export async function runOpenLoop(load: OpenLoad) {
  const { rate, random, prepare, signal, maximumInFlight = 2000, drainSeconds = 5, spin = true } = load;
  let inFlight = 0;
  const notes = createNotes(load, () => (inFlight -= 1));
  const length = (load.warmupSeconds + load.seconds) * 1000;
  const gap = () => random.exponential(rate) * 1000;
  const list: Exchange[] = [];
  for (let due = gap(); due < length; due += gap()) list.push(notes.make(prepare(), due));
  const begin = performance.now() + 5;
  for (const exchange of list) exchange.due += begin;
  const end = begin + length;

  const dispatch = (exchange: Exchange) => {
    inFlight += 1;
    if (inFlight <= maximumInFlight) notes.start(exchange);
    else {
      exchange.sent = performance.now();
      notes.settle(exchange, `more than ${maximumInFlight} requests unanswered`);
    }
  };
  await turnUntilSent(list, end, spin ? SPIN_MS : 0, dispatch, signal);
  const patience = end + drainSeconds * 1000;
  while (inFlight > 0 && performance.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    signal?.throwIfAborted();
  }
  notes.close();
  const missing = list.filter(({ answered }) => Number.isNaN(answered));
  for (const exchange of missing) exchange.problem = `no answer ${drainSeconds} s after the end`;
  return { list, start: end - load.seconds * 1000, end };
}
/** `start` and `end` are those of the measured window. */
export type Exchanges = Awaited<ReturnType<typeof runOpenLoop>>;

function turnUntilSent(
  list: readonly Exchange[],
  end: number,
  spinMs: number,
  dispatch: (exchange: Exchange) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let index = 0;
    const turn = () => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      let next = list[index];
      while (next && next.due <= performance.now()) {
        dispatch(next);
        next = list[(index += 1)];
      }
      const wait = (next?.due ?? end) - performance.now();
      if (!next && wait <= 0) resolve();
      else if (wait > spinMs) setTimeout(turn, wait - spinMs);
      else setImmediate(turn);
    };
    turn();
  });
}

/** Throws the signal's reason when aborted. */
export async function runClosedLoop(load: ClosedLoad): Promise<Exchanges> {
  const { random, prepare, signal, thinkMs } = load;
  const list: Exchange[] = [];
  const goOn = new Map<Exchange, (failed: boolean) => void>();
  const notes = createNotes(load, (exchange) => {
    goOn.get(exchange)?.(exchange.problem !== undefined);
    goOn.delete(exchange);
  });
  const start = performance.now() + load.warmupSeconds * 1000;
  const end = start + load.seconds * 1000;
  const think = () => (thinkMs === 0 ? 0 : random.exponential(1 / thinkMs));
  const client = () =>
    new Promise<void>((resolve, reject) => {
      /** Whoever would wait beyond the end leaves; waking all of them at the end would be a burst. */
      const next = (pause: number) => {
        if (signal?.aborted === true) reject(signal.reason as Error);
        else if (performance.now() + pause >= end) resolve();
        else if (pause > 0) setTimeout(send, pause);
        else send();
      };
      const send = () => {
        const exchange = notes.make(prepare(), NaN);
        list.push(exchange);
        goOn.set(exchange, (failed) => {
          next(think() + (failed ? AFTER_FAILURE_MS : 0));
        });
        notes.start(exchange);
        exchange.due = exchange.sent;
      };
      // Spread the first requests, or all clients would move in step.
      next(think());
    });
  await Promise.all(Array.from({ length: load.clients }, client));
  return { list, start, end };
}

/** Longer than this after the end of the window an answer is late for a reason: a queue. */
const GRACE_MS = 100;

function findProblem({ request, problem, at, end }: Exchange): string | undefined {
  if (problem !== undefined || at === end) return problem;
  try {
    request.check((bodies as Buffer).toString('utf8', at, end));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Reads the answers and counts; before the next load begins, which writes over the bodies. @param checkEvery one answer in so many is read */
export function summarise({ list, start, end }: Exchanges, checkEvery = 1) {
  const measured = list.filter(({ due }) => due >= start && due < end);
  /** Successful requests only, milliseconds from the intended time; by request name. */
  const latency: Record<string, LatencyHistogram> = {};
  /** The same requests from the time they were really sent: what the generator was late is not in it. */
  const fromSend = createLatencyHistogram();
  /** How late the generator itself was, milliseconds; 0 in a closed loop. */
  const lag = createLatencyHistogram();
  /** At most ten different messages with their counts. */
  const errors: Record<string, number> = {};
  /** Requests of the window by name; a name whose requests all failed is here and not in `latency`. */
  const requests: Record<string, { arrivals: number; failed: number }> = {};
  let [succeeded, inTime] = [0, 0];
  for (const [index, exchange] of measured.entries()) {
    const { request, due, sent, answered } = exchange;
    const counts = (requests[request.name] ??= { arrivals: 0, failed: 0 });
    counts.arrivals += 1;
    lag.record(sent - due);
    const problem = index % checkEvery === 0 ? findProblem(exchange) : exchange.problem;
    if (problem === undefined) {
      succeeded += 1;
      if (answered < end + GRACE_MS) inTime += 1;
      (latency[request.name] ??= createLatencyHistogram()).record(answered - due);
      fromSend.record(answered - sent);
    } else {
      counts.failed += 1;
      if (problem in errors || Object.keys(errors).length < 10) errors[problem] = (errors[problem] ?? 0) + 1;
    }
  }
  return {
    /** Length of the measured window, without warm-up. */
    seconds: (end - start) / 1000,
    /** Requests that belong to the window. */
    arrivals: measured.length,
    succeeded,
    failed: measured.length - succeeded,
    /** Share of the arrivals answered, with success, by GRACE_MS after the end; below 1 when a backlog has grown. */
    achieved: measured.length === 0 ? 0 : inTime / measured.length,
    ...{ latency, fromSend, lag, requests, errors },
  };
}
export type LoadResult = ReturnType<typeof summarise>;
