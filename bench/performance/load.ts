/** The two generators: closed loop for saturation, open loop for latency at a rate. */
import { openHttpConnection, type Answer, type HttpConnection } from './http-connection.ts';

/** One answer in so many is read and checked in full. */
const CHECKED = 200;

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** The next request, ready to be sent. */
  readonly next: () => Buffer;
  /** Throws when an answer is not what it should be. */
  readonly check: (body: string) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array;
  /** How late the generator sent, in milliseconds, sorted; empty for a closed loop. */
  readonly lags: Float64Array;
}

function checkAnswer({ status, failed, body }: Answer, check: (body: string) => void): void {
  if (status !== 200 || failed) throw new Error(`Status ${status}: ${body ?? '(not kept)'}`);
  if (body !== undefined) check(body);
}

/** Each connection sends its next request when it has its answer. */
export async function runClosedLoop(options: LoadOptions): Promise<LoadResult> {
  const { port, connections, seconds, next, check } = options;
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await withConnections(port, connections, (clients, fail) =>
    Promise.all(
      clients.map(
        (client) =>
          new Promise<void>((resolve) => {
            let sent = 0;
            const turn = () => {
              sent = performance.now();
              if (sent >= end) {
                resolve();
                return;
              }
              client.send(next(), latencies.length % CHECKED === 0, done);
            };
            const done = (answer: Answer) => {
              latencies.push(performance.now() - sent);
              try {
                checkAnswer(answer, check);
              } catch (error) {
                fail(error as Error);
                return;
              }
              turn();
            };
            turn();
          }),
      ),
    ),
  );
  const took = (performance.now() - started) / 1000;
  return { requests: latencies.length, seconds: took, latencies: sorted(latencies), lags: sorted([]) };
}

export interface OpenLoopOptions extends Omit<LoadOptions, 'seconds'> {
  /** Requests per second, at the times of a Poisson process. */
  readonly rate: number;
  readonly requests: number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Requests are due whether or not earlier ones were answered; latency counts from the moment a request was due. */
export async function runOpenLoop(options: OpenLoopOptions): Promise<LoadResult> {
  const { port, connections, rate, requests, random, next, check } = options;
  const latencies: number[] = [];
  const lags: number[] = [];
  const started = performance.now();
  await withConnections(
    port,
    connections,
    (clients, fail) =>
      new Promise<void>((resolve) => {
        const free = [...clients];
        const late: number[] = [];
        let due = performance.now() + 5;
        let begun = 0;
        const send = (client: HttpConnection, dueAt: number) => {
          client.send(next(), latencies.length % CHECKED === 0, (answer) => {
            latencies.push(performance.now() - dueAt);
            try {
              checkAnswer(answer, check);
            } catch (error) {
              fail(error as Error);
              return;
            }
            const waiting = late.shift();
            if (waiting === undefined) free.push(client);
            else send(client, waiting);
            if (latencies.length === requests) resolve();
          });
        };
        const turn = () => {
          for (let now = performance.now(); begun < requests && due <= now; now = performance.now()) {
            lags.push(now - due);
            const client = free.pop();
            if (client) send(client, due);
            else late.push(due);
            begun += 1;
            due += (-Math.log(1 - random()) / rate) * 1000;
          }
          if (begun === requests) return;
          const wait = due - performance.now();
          // It sleeps, if only for a timer's millisecond: turning instead it would keep the database from their common core.
          if (wait > 0) setTimeout(turn, wait);
          else setImmediate(turn);
        };
        turn();
      }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { requests, seconds, latencies: sorted(latencies), lags: sorted(lags) };
}

async function withConnections(
  port: number,
  count: number,
  run: (clients: readonly HttpConnection[], fail: (error: Error) => void) => Promise<unknown>,
): Promise<void> {
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const clients = await Promise.all(Array.from({ length: count }, () => openHttpConnection(port, fail)));
  try {
    await Promise.race([run(clients, fail), failure]);
  } finally {
    for (const client of clients) client.close();
  }
}

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

/** @param share 0.99 for the 99th percentile */
export function quantile(values: Float64Array, share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}
