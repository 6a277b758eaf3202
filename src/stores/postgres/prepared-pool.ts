/** What stands between Kysely and pg's pool: statement names, an end to waiting, and no reuse of broken connections. */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { OTHER } from '../../metrics/meter.ts';
import { Overloaded } from '../../waiting/overloaded.ts';
import { isStale, leavesConnectionGood } from './driver-errors.ts';
import type { PoolMeter } from './pool-meter.ts';
import { strikeValues } from './strike-values.ts';
import { findStatement, type KnownStatement } from './statement.ts';

export interface PreparedPoolOptions {
  /**
   * Milliseconds after which a named statement fails although the server has not answered, as when the network swallows
   * everything; the same for a transaction's begin and end. Others, as in migrations, take their time.
   */
  readonly readTimeout: number;
  /** The same for statements that nobody waits for, such as a sweep's. */
  readonly patientTimeout: number;
  /** Told what a pooler in between does not take, once each. */
  readonly onNotice: (notice: string) => void;
  readonly meter: PoolMeter;
}

/** What is the same for all connections. */
interface Terms extends PreparedPoolOptions {
  /** Whether statements are prepared on the connection. A pooler that hands out a server per transaction may not keep them. */
  named: boolean;
}

export function createPreparedPool(pool: pg.Pool, options: PreparedPoolOptions): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const terms: Terms = { ...options, named: true };
  const clients = new Set<pg.Client>();
  pool.on('connect', (client) => {
    // A connection in use reports its loss as an event besides failing the query; unheard, the event would end the process.
    client.on('error', () => undefined);
    clients.add(client);
  });
  pool.on('remove', (client) => clients.delete(client));
  return {
    async connect() {
      const client = await connect(pool, terms);
      let named = known.get(client);
      if (!named) {
        named = createNamedClient(client, terms);
        known.set(client, named);
      }
      return named;
    },
    async end() {
      // The pool waits for all that is under way. A request's statement has ended by then; anybody else's is cut off.
      const timer = setTimeout(() => {
        for (const client of clients) void client.end();
      }, options.readTimeout);
      await pool.end().finally(() => {
        clearTimeout(timer);
      });
    },
  };
}

/** Set when a connection begins, each as a parameter of its own: PgBouncer knows none of them, and refuses the connection. */
const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'] as const;

/** What the pool says when all its connections were in use for too long; a new one that takes too long has other words. */
const ALL_IN_USE = 'timeout exceeded when trying to connect';

async function connect(pool: pg.Pool, { onNotice, meter }: Terms): Promise<pg.PoolClient> {
  try {
    const asked = meter.now();
    const client = await pool.connect();
    meter.connected(asked);
    return client;
  } catch (error) {
    if (error instanceof Error && error.message === ALL_IN_USE) {
      meter.timedOut();
      throw new Overloaded(error);
    }
    // PgBouncer's own words, which are English everywhere; it has no code for this alone.
    if (!(error instanceof pg.DatabaseError && /unsupported startup parameter/.test(error.message)))
      throw error;
    const unsaid = LIMITS.filter((name) => pool.options[name] !== undefined);
    for (const name of LIMITS) Reflect.deleteProperty(pool.options, name);
    if (unsaid.length > 0) {
      onNotice(
        `The database is behind a pooler that takes no limits for a connection (${error.message}): ` +
          `set ${unsaid.join(', ')} for the database user with "alter role"`,
      );
    }
    return pool.connect();
  }
}

/** The driver reads this option of a query; its types do not tell. */
interface TimedQuery extends pg.QueryConfig<unknown[]> {
  readonly query_timeout?: number;
}

const BORDERS = new Set(['begin', 'commit', 'rollback']);

/** Sends on one connection, and knows whether it is still good. */
function createSend(client: pg.PoolClient, meter: PoolMeter) {
  let broken = false;
  return {
    isBroken: () => broken,
    async send(label: string, config: TimedQuery) {
      const sent = meter.now();
      try {
        const result = await client.query(config);
        meter.ran(label, sent);
        return result;
      } catch (error) {
        meter.ran(label, sent, error);
        // What is made up as it is needed, as in migrations, is nobody's request.
        if (label !== OTHER) strikeValues(error);
        broken ||= !leavesConnectionGood(error);
        throw error;
      }
    },
  };
}

function createNamedClient(client: pg.PoolClient, terms: Terms): PostgresPoolClient {
  const { readTimeout: query_timeout, meter } = terms;
  const { send, isBroken } = createSend(client, meter);
  let inTransaction = false;

  const sendNamed = async ({ label, name }: KnownStatement, config: TimedQuery) => {
    try {
      return await send(label, { ...config, name });
    } catch (error) {
      if (!isStale(error)) throw error;
      if (error.code !== RESULT_CHANGED) loseNames(terms, error);
      // Nothing was carried out; but a transaction is spoilt, and for whoever began it to repeat.
      if (inTransaction) throw error;
      return send(label, config);
    }
  };
  const query = (text: string, values: unknown[]) => {
    const known = findStatement(text);
    if (known) {
      const config = { text, values, query_timeout: known.patient ? terms.patientTimeout : query_timeout };
      return terms.named ? sendNamed(known, config) : send(known.label, config);
    }
    if (!BORDERS.has(text)) return send(OTHER, { text, values });
    inTransaction = text === 'begin';
    return send(text, { text, values, query_timeout });
  };
  return {
    // Kysely's type has a second form for cursors, which is never used without one in the dialect's configuration.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => {
      client.release(isBroken());
    },
  };
}

/** A table is no longer what it was when the statement was prepared: this connection's alone, and planned anew by the next. */
const RESULT_CHANGED = '0A000';

function loseNames(terms: Terms, { message }: Error): void {
  if (!terms.named) return;
  terms.named = false;
  terms.onNotice(
    `The database is behind a pooler that does not keep prepared statements (${message}): they are planned anew each time, ` +
      'which costs both sides more. PgBouncer keeps them from 1.21 on, with max_prepared_statements',
  );
}
