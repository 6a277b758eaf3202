/** What a load generator saw, and the recorder that both of its loops write into. */
import { createLatencyHistogram, type LatencyHistogram } from './histogram.ts';

export interface RequestCount {
  readonly arrivals: number;
  readonly failed: number;
}

export interface LoadResult {
  /** Length of the measured window in seconds, without warm-up. */
  readonly seconds: number;
  /** Requests that belong to the window. */
  readonly arrivals: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Share of the window's arrivals answered, with success, by GRACE_MS after its end; below 1 when a backlog has grown. */
  readonly achieved: number;
  /** Successful requests only, milliseconds; by request name. */
  readonly latency: Readonly<Record<string, LatencyHistogram>>;
  /** How late the generator itself was, milliseconds. Empty in a closed loop. */
  readonly lag: LatencyHistogram;
  /** Requests of the window by name; a name whose requests all failed is here and not in `latency`. */
  readonly requests: Readonly<Record<string, RequestCount>>;
  /** At most ten different messages with their counts. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface LoadRecorder {
  /** @param from the moment latency counts from; only those within [start, end) belong to the window */
  arrival(name: string, from: number): boolean;
  success(name: string, from: number, now: number): void;
  failure(name: string, error: unknown, from: number): void;
  lag(milliseconds: number): void;
  result(): LoadResult;
}

/** Longer than this after the end of the window an answer is late for a reason: a queue. */
export const GRACE_MS = 100;

/** Times are performance.now() milliseconds. */
export function createLoadRecorder(start: number, end: number): LoadRecorder {
  const latency: Record<string, LatencyHistogram> = {};
  const lag = createLatencyHistogram();
  const errors: Record<string, number> = {};
  const requests: Record<string, { arrivals: number; failed: number }> = {};
  const countOf = (name: string) => (requests[name] ??= { arrivals: 0, failed: 0 });
  let [arrivals, succeeded, failed, answeredInTime] = [0, 0, 0, 0];
  const belongs = (from: number) => from >= start && from < end;
  return {
    arrival(name, from) {
      if (!belongs(from)) return false;
      arrivals += 1;
      countOf(name).arrivals += 1;
      return true;
    },
    success(name, from, now) {
      if (!belongs(from)) return;
      if (now < end + GRACE_MS) answeredInTime += 1;
      succeeded += 1;
      (latency[name] ??= createLatencyHistogram()).record(now - from);
    },
    failure(name, error, from) {
      if (!belongs(from)) return;
      failed += 1;
      countOf(name).failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      if (message in errors || Object.keys(errors).length < 10) errors[message] = (errors[message] ?? 0) + 1;
    },
    lag(milliseconds) {
      lag.record(milliseconds);
    },
    result: () => ({
      seconds: (end - start) / 1000,
      arrivals,
      succeeded,
      failed,
      achieved: arrivals === 0 ? 0 : answeredInTime / arrivals,
      latency,
      requests,
      lag,
      errors,
    }),
  };
}
