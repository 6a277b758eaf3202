/** Programs under measurement, as they are compiled, and the load on them. */
import { join } from 'node:path';
import { openHttpPool } from '../load/http-pool.ts';
import { runClosedLoop, runOpenLoop } from '../load/generator.ts';
import { createRandom } from '../load/random.ts';
import type { LoadResult } from '../load/recorder.ts';
import { launch, type RunningProgram } from '../processes/launch.ts';
import { BUILT } from './build.ts';

export interface MeasuredProgram {
  readonly name: string;
  /** Relative to the project's root. */
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

const built = (file: string) => join(BUILT, file.replace(/\.ts$/, '.js'));

/** A machine that others use stands still at times; an answer that comes late is measured, but no failure. */
const patience = {
  REQUEST_TIMEOUT_MS: '30000',
  DATABASE_CONNECT_TIMEOUT_MS: '20000',
  DATABASE_STATEMENT_TIMEOUT_MS: '20000',
  DATABASE_LOCK_TIMEOUT_MS: '10000',
  DYNAMODB_CONNECT_TIMEOUT_MS: '10000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '20000',
};

/** @param cpus where it may run; undefined leaves it to the system */
export function startMeasured(
  { name, file, env, nodeOptions = [] }: MeasuredProgram,
  cpus: string | undefined,
): Promise<RunningProgram> {
  return launch({
    name,
    node: [...nodeOptions, '--import', `./${built('bench/processes/measured.ts')}`, built(file)],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      SHUTDOWN_DELAY_SECONDS: '0',
      LOG_LEVEL: 'error',
      ALLOW_UNAUTHENTICATED: 'true',
      ...patience,
      ...env,
    },
    cpus,
  });
}

export interface Requests {
  readonly connections: number;
  /** The next request, ready to be sent. */
  readonly next: () => Buffer;
  /** Throws when an answer is not what it should be. */
  readonly check: (body: string) => void;
}

/** One answer in so many is read and checked in full. */
const CHECKED = 200;
/** Longest wait for an answer, and for the last ones of an open loop, in seconds. */
const PATIENCE = 60;
/** The name of all requests: a load has one kind. */
export const ANSWERED = 'answered';

/**
 * A closed loop for some seconds, or an open one at a rate.
 * @throws Error when a request failed
 */
export async function runLoad(
  url: string,
  { connections, next, check }: Requests,
  shape: { readonly seconds: number; readonly rate?: number },
): Promise<LoadResult> {
  const pool = openHttpPool(new URL(url), { connections, timeoutMs: PATIENCE * 1000 });
  let sent = 0;
  const prepare = () => {
    const request = next();
    const send = (done: (error?: unknown) => void) => {
      pool.exchange(request, (sent += 1) % CHECKED === 0, (error, answer) => {
        const { status = 0, failed = true, body } = answer ?? {};
        try {
          if (error) throw error;
          if (status !== 200 || failed) throw new Error(`Status ${status}: ${body ?? '(not kept)'}`);
          if (body !== undefined) check(body);
          done();
        } catch (problem) {
          done(problem);
        }
      });
    };
    return { name: ANSWERED, send };
  };
  const load = { warmupSeconds: 0, seconds: shape.seconds, random: createRandom(1), prepare };
  try {
    await pool.warm(connections);
    // The generator sleeps between requests, if only for a timer's millisecond: the database has the same core.
    const result = await (shape.rate === undefined
      ? runClosedLoop({ ...load, clients: connections, thinkMs: 0 })
      : runOpenLoop({
          ...load,
          rate: shape.rate,
          spinMs: 0,
          maximumInFlight: Infinity,
          drainSeconds: PATIENCE,
        }));
    const [problem] = Object.keys(result.errors);
    if (problem !== undefined) throw new Error(problem);
    return result;
  } finally {
    pool.close();
  }
}
