/** What stands between Kysely and pg's pool: statement names, an end to waiting, and no reuse of broken connections. */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { leavesConnectionGood } from './answers.ts';
import { findStatementName } from './statement.ts';

/**
 * @param readTimeout milliseconds after which a named statement fails although the server has not answered, as when the
 *   network swallows everything; the same for a transaction's begin and end. Others, as in migrations, take their time
 */
export function createPreparedPool(pool: pg.Pool, readTimeout: number): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  // A connection in use reports its loss as an event besides failing the query; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    async connect() {
      const client = await pool.connect();
      let named = known.get(client);
      if (!named) {
        named = createNamedClient(client, readTimeout);
        known.set(client, named);
      }
      return named;
    },
    end: () => pool.end(),
  };
}

/** The driver reads this option of a query; its types do not tell. */
interface TimedQuery extends pg.QueryConfig<unknown[]> {
  readonly query_timeout?: number;
}

const BORDERS = new Set(['begin', 'commit', 'rollback']);

function createNamedClient(client: pg.PoolClient, readTimeout: number): PostgresPoolClient {
  let broken = false;
  const query = async (text: string, values: unknown[]) => {
    const name = findStatementName(text);
    const config: TimedQuery = {
      text,
      values,
      ...(name && { name }),
      ...((name || BORDERS.has(text)) && { query_timeout: readTimeout }),
    };
    try {
      return await client.query(config);
    } catch (error) {
      broken ||= !leavesConnectionGood(error);
      throw error;
    }
  };
  return {
    // Kysely's type has a second form for cursors, which is never used without one in the dialect's configuration.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => {
      client.release(broken);
    },
  };
}
