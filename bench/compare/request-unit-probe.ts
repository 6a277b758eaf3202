/**
 * Measures the request units of the service's operations: a service of its own on an embedded engine, with a proxy in
 * between that asks for ReturnConsumedCapacity. Units depend on the items and requests alone, not on the engine's speed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';
import { createTables } from '../../src/stores/dynamodb/create-tables.ts';
import { loadProducts } from '../../src/stores/dynamodb/load-products.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';
import { findDynamoDBBinary, startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import { openCartApi, type CartApi } from './cart-api.ts';
import { recordCapacity } from './consumed-capacity.ts';
import { openDynamoDbProxy } from './dynamodb-proxy.ts';
import { measureUnits, type Units } from './operation-units-measured.ts';
import { startService } from './service-process.ts';

const TABLES = { carts: 'shopping-carts', products: 'shopping-products' };

const hasEngine = (): boolean => {
  try {
    return findDynamoDBBinary() !== '';
  } catch {
    return false;
  }
};

/** Undefined where this platform has no embedded engine. */
export async function measureRequestUnits(seed: number, signal?: AbortSignal): Promise<Units | undefined> {
  if (!hasEngine()) return undefined;
  const engine = await startEmbeddedDynamoDB();
  const recorder = recordCapacity();
  const proxy = await openDynamoDbProxy(engine.endpoint, recorder.intercept);
  const folder = mkdtempSync(join(tmpdir(), 'cartwright-units-'));
  const probe = { endpoint: proxy.endpoint, logFile: join(folder, 'service.log'), signal };
  try {
    await prepareTables(engine.endpoint);
    return await withService(probe, (api) => measureUnits(api, recorder, seed));
  } finally {
    await proxy.close();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepareTables(endpoint: string): Promise<void> {
  const client = openDynamoDB({ region: 'us-east-1', endpoint });
  await createTables(client, TABLES);
  await loadProducts(client, TABLES.products, demoCatalog('USD').slice(0, 100));
  client.destroy();
}

async function withService<T>(
  { endpoint, logFile, signal }: { endpoint: string; logFile: string; signal: AbortSignal | undefined },
  work: (api: CartApi) => Promise<T>,
): Promise<T> {
  const service = await startService({
    env: {
      CART_STORE_TYPE: 'dynamodb',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'us-east-1',
      DYNAMODB_TABLE_NAME: TABLES.carts,
      DYNAMODB_PRODUCTS_TABLE_NAME: TABLES.products,
      DYNAMODB_READ_CONSISTENCY: 'eventual',
    },
    logFile,
    cpus: undefined,
    realTime: false,
    ...(signal === undefined ? {} : { signal }),
  });
  const api = openCartApi(service.url);
  try {
    return await work(api);
  } finally {
    await api.close();
    await service.stop();
  }
}
