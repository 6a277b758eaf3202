/** The databases under what is measured: real engines in a temporary folder, with the sample catalogue. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { createTables } from '../../src/stores/dynamodb/create-tables.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';
import { startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../src/stores/embedded/postgres.ts';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { withClient } from '../../test/support/pg-client.ts';

/** PostgreSQL without fsync: the figures are about the service, and a disk would hide its differences. */
export async function openPostgresEngine() {
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwright-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const env = { CART_STORE_TYPE: 'postgres', DATABASE_URL: server.url };
  return openEngine(env, async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });
}

export async function openDynamoDBEngine() {
  const { endpoint, close } = await startEmbeddedDynamoDB();
  const env = { CART_STORE_TYPE: 'dynamodb', AWS_REGION: 'local', AWS_ENDPOINT_URL_DYNAMODB: endpoint };
  const client = openDynamoDB({ region: 'local', endpoint });
  await createTables(client, { carts: 'shopping-carts', catalogue: 'shopping-catalogue' });
  client.destroy();
  return openEngine(env, close);
}

/** @param env what a program needs in its environment */
async function openEngine(env: Readonly<Record<string, string>>, stop: () => Promise<void>) {
  // Patient, because the load is large; the programs have the service's own limits.
  const patient = { DATABASE_STATEMENT_TIMEOUT_MS: '60000', DYNAMODB_REQUEST_TIMEOUT_MS: '60000' };
  const { store } = loadConfig({ ...env, ...patient });
  const stores = await openStores(store, { clock: Date.now, currency: 'USD', log: createLog('error') });
  await stores.catalog.upsert(demoCatalog('USD'));
  return {
    env,
    stores,
    async close() {
      await stores.close();
      await stop();
    },
  };
}
export type Engine = Awaited<ReturnType<typeof openEngine>>;

/**
 * Transactions of the cluster that have written so far: only these are numbered, at once and without sampling. One whose
 * condition did not hold has written nothing.
 */
export const countTransactions = (env: Engine['env']): Promise<number> =>
  withClient(env['DATABASE_URL'] ?? '', async (client) => {
    const sql = 'select pg_snapshot_xmax(pg_current_snapshot())::text as next';
    const { rows } = await client.query<{ next: string }>(sql);
    return Number(rows[0]?.next);
  });
