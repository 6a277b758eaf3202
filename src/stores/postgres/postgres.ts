/** The connection to PostgreSQL. */
import type { ConnectionOptions } from 'node:tls';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import type { Meter } from '../../metrics/meter.ts';
import type { Database } from './database.ts';
import { createPoolMeter } from './pool-meter.ts';
import { createPreparedPool } from './prepared-pool.ts';

/** Times are in milliseconds. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that pg knows (`sslmode`, `sslrootcert`, …). */
  readonly connectionString: string;
  /** Most connections of this process. 8 by default: fewer idle while others wait, more only contend for the server. */
  readonly poolSize?: number;
  /** Longest wait for a connection, a free one or a new one; 1000 by default. */
  readonly connectTimeout?: number;
  /** Longest run of one statement; 1000 by default, half of a request's time. */
  readonly statementTimeout?: number;
  /** Longest wait for a lock, after which a commit counts as a conflict; 300 by default. */
  readonly lockTimeout?: number;
  /** Longest wait for the answer to a statement that nobody waits for, such as a sweep's; 30,000 by default. */
  readonly patientTimeout?: number;
  /** How long an unused connection stays open; 30,000 by default. */
  readonly idleTimeout?: number;
  /** Hears of connections lost while idle, which the pool replaces by itself, and of failures of `password`. */
  readonly onError: (error: Error) => void;
  /** Hears once of each thing that a connection pooler in between does not take. */
  readonly onNotice?: (notice: string) => void;
  /** Asked at each new connection, for passwords that do not last; takes the place of the connection string's. */
  readonly password?: () => Promise<string>;
  /** TLS; takes the place of the connection string's. */
  readonly ssl?: ConnectionOptions;
  readonly meter?: Meter | undefined;
}

export interface Postgres {
  readonly db: Database;
  /**
   * Waits for the statements under way, for as long as a request's may take, and closes the connections. May be called more
   * than once.
   */
  close(): Promise<void>;
}

/**
 * How much longer than the server's own limit to wait for its answer. The limit ends a slow statement; this only finds
 * connections whose other end is gone.
 */
const NETWORK_MARGIN = 500;

/** A sweep's statement takes milliseconds; behind this there is nobody any more. */
const PATIENT_TIMEOUT = 30_000;

/** After this time the server takes back the locks of a process that fell silent inside a transaction. */
const IDLE_IN_TRANSACTION_TIMEOUT = 10_000;

/** Connects with the first statement, not before; to find out whether the server answers, ask a store's `ready`. */
export function openPostgres(options: PostgresOptions): Postgres {
  const { poolSize = 8, connectTimeout = 1000, statementTimeout = 1000, lockTimeout = 300 } = options;
  const pool = new pg.Pool({
    max: poolSize,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: options.idleTimeout ?? 30_000,
    statement_timeout: statementTimeout,
    lock_timeout: lockTimeout,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    fallback_application_name: 'cartwright',
    keepAlive: true,
    ...connectionOf(options),
  });
  let closing = false;
  pool.on('error', (error) => {
    // The driver attaches the client, with the key that cancels its statements: not for anybody's log.
    Reflect.deleteProperty(error, 'client');
    if (!closing) options.onError(error);
  });
  const dialect = new PostgresDialect({
    pool: createPreparedPool(pool, {
      readTimeout: statementTimeout + NETWORK_MARGIN,
      patientTimeout: options.patientTimeout ?? PATIENT_TIMEOUT,
      onNotice: options.onNotice ?? (() => undefined),
      meter: createPoolMeter(pool, options.meter),
    }),
  });
  const db = new Kysely<unknown>({ dialect });
  return {
    db,
    async close() {
      closing = true;
      await db.destroy();
    },
  };
}

/** pg prefers what a connection string says, also when it has no password, so the string is taken apart where needed. */
function connectionOf({ connectionString, password, ssl, onError }: PostgresOptions): pg.PoolConfig {
  if (!password && !ssl) return { connectionString };
  // pg leaves the connection open when it gets no password, until the server gives up a minute later; a wrong password
  // makes the server close it at once.
  const askPassword =
    password &&
    (() =>
      password().catch((error: unknown) => {
        onError(error as Error);
        return 'unavailable';
      }));
  const parsed = parseIntoClientConfig(connectionString);
  return { ...parsed, ...(askPassword && { password: askPassword }), ...(ssl && { ssl }) };
}
