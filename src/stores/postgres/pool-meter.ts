/** Statements and connections as numbers, under OpenTelemetry's names. */
import type pg from 'pg';
import { noMeter, OTHER, perValue, SECONDS, type Meter } from '../../metrics/meter.ts';

export interface PoolMeter {
  now(): number;
  /** A statement has ended. @param since what {@link now} said when it was sent */
  ran(statement: string, since: number, error?: unknown): void;
  /** A connection was waited for and came. */
  connected(since: number): void;
  /** None came in time. */
  timedOut(): void;
}

const system = { db_system_name: 'postgresql' } as const;
const ofPool = { db_client_connection_pool_name: 'postgresql' } as const;

export function createPoolMeter(pool: pg.Pool, meter: Meter = noMeter): PoolMeter {
  observePool(pool, meter);
  const durationOf = perValue((statement) =>
    perValue((error) => {
      const labels = {
        ...system,
        db_operation_name: statement,
        ...(error !== '' && { error_type: error }),
      };
      const help = 'Seconds of a statement or a call, from when it was sent to its answer.';
      return meter.histogram('db_client_operation_duration_seconds', help, SECONDS, labels);
    }),
  );
  const waited = 'Seconds for which a free or a new connection was waited for.';
  const wait = meter.histogram('db_client_connection_wait_time_seconds', waited, SECONDS, ofPool);
  const late = 'Times that no connection came free in time.';
  const timeouts = meter.counter('db_client_connection_timeouts_total', late, ofPool);

  return {
    now: meter.now,
    ran(statement, since, error) {
      durationOf(statement)(error === undefined ? '' : codeOf(error)).since(since);
    },
    connected(since) {
      wait.since(since);
    },
    timedOut() {
      timeouts.add();
    },
  };
}

function observePool(pool: pg.Pool, meter: Meter): void {
  const count = (state: 'idle' | 'used', read: () => number) => {
    const labels = { ...ofPool, db_client_connection_state: state };
    meter.observe({ name: 'db_client_connection_count', help: 'Connections to the database.', labels }, read);
  };
  count('idle', () => pool.idleCount);
  count('used', () => pool.totalCount - pool.idleCount);
  const waiting = 'Those who wait for a connection.';
  meter.observe(
    { name: 'db_client_connection_pending_requests', help: waiting, labels: ofPool },
    () => pool.waitingCount,
  );
  const most = 'The most connections that there may be.';
  meter.observe({ name: 'db_client_connection_max', help: most, labels: ofPool }, () => pool.options.max);
}

/** PostgreSQL's five characters, or the system's word, such as ECONNRESET. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]{3,30}$/.test(code) ? code : OTHER;
}
