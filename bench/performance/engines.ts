/** The databases under the variants: real engines in a temporary folder, filled once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../src/stores/embedded/postgres.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { createTables } from '../../src/stores/dynamodb/create-tables.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';

export interface Engine {
  /** What a program needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stores: Stores;
  close(): Promise<void>;
}

/** PostgreSQL without fsync: the figures are about the service, and a disk would hide its differences. */
export async function openPostgresEngine(): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwright-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const env = { CART_STORE_TYPE: 'postgres', DATABASE_URL: server.url };
  return openEngine(env, async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });
}

export async function openDynamoDBEngine(): Promise<Engine> {
  const server = await startEmbeddedDynamoDB();
  const env = {
    CART_STORE_TYPE: 'dynamodb',
    AWS_REGION: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
  };
  const client = openDynamoDB({ region: 'local', endpoint: server.endpoint });
  await createTables(client, { carts: 'shopping-carts', products: 'shopping-products' });
  client.destroy();
  return openEngine(env, server.close);
}

async function openEngine(env: Record<string, string>, stop: () => Promise<void>): Promise<Engine> {
  // Patient, because the load is large; the programs have the service's own limits.
  const patient = { DATABASE_STATEMENT_TIMEOUT_MS: '60000', DYNAMODB_REQUEST_TIMEOUT_MS: '60000' };
  const { store } = loadConfig({ ...env, ...patient });
  const stores = await openStores(store, { clock: Date.now, currency: 'USD', log: createLog('error') });
  await stores.seed();
  return {
    env,
    stores,
    async close() {
      await stores.close();
      await stop();
    },
  };
}

/**
 * Transactions of the cluster that have written so far: only these are numbered, at once and without sampling. One whose
 * condition did not hold has written nothing.
 */
export async function countTransactions(env: Engine['env']): Promise<number> {
  return withClient(env, async (client) => {
    const { rows } = await client.query<{ next: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    );
    return Number(rows[0]?.next);
  });
}

/** A connection to the database for one task. */
export async function withClient<T>(env: Engine['env'], run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
