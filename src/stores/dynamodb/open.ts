/** Carts and products in DynamoDB, with all that they need. Loaded when DynamoDB is chosen, and the SDK with it. */
import { join } from 'node:path';
import { engineReports } from '../embedded/engine-reports.ts';
import { allReady } from '../all-ready.ts';
import { createUnreadableReporter } from '../report-unreadable.ts';
import type { OpenedStores, StoreSurroundings } from '../store.ts';
import { createDynamoDBCartCensus } from './cart-census.ts';
import { createDynamoDBCartStore } from './cart-store.ts';
import { createDynamoDBCartWalk } from './cart-walk.ts';
import { createDynamoDBCatalog } from './catalog.ts';
import { createTables } from './create-tables.ts';
import { isAWS, openDynamoDB, setUpTimeouts } from './open-dynamodb.ts';
import type { DynamoDBConfig } from './variables.ts';

/** One transaction. Measured: 25 carts in one take a fourth of this process's time and half of the engine's, and 100 no less. */
const TOGETHER = { changed: 25, made: 25 } as const;
const ALONE = { changed: 1, made: 1 } as const;

export async function openDynamoDBStores(
  config: DynamoDBConfig,
  surroundings: StoreSurroundings,
): Promise<OpenedStores> {
  const { clock, currency, log, metMarker } = surroundings;
  const { region, cartsTable, catalogueTable, readConsistency } = config;
  const { endpoint, engine, client, connection, close } = await connect(config, surroundings);
  const report = createUnreadableReporter(log);
  const access = { client, tableName: cartsTable, clock };
  const carts = createDynamoDBCartStore({ ...access, readConsistency, report, metMarker });
  const catalog = createDynamoDBCatalog({
    client,
    tableName: catalogueTable,
    currency,
    report,
    bulk: {
      openClient: () => openDynamoDB({ ...connection, ...setUpTimeouts }),
      // An engine on a disk writes each item of a batch through, and a transaction once.
      inTransactions: engine !== undefined,
    },
  });
  const isPaidFor = endpoint === undefined || isAWS(endpoint);
  return {
    type: config.type,
    title: 'DynamoDB',
    embedded: engine !== undefined,
    // AWS charges twice for a transaction; others charge nothing, and write once.
    together: isPaidFor ? ALONE : TOGETHER,
    keepsUnknown: true,
    carts,
    walk: createDynamoDBCartWalk(access),
    census: createDynamoDBCartCensus({ ...access, costly: isPaidFor }),
    catalog,
    ready: (options) => allReady([carts.ready(options), catalog.ready(options)]),
    environment: endpoint === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: endpoint },
    location: engine?.dataDir ?? endpoint ?? `AWS, ${region}`,
    close,
  };
}

async function connect(config: DynamoDBConfig, surroundings: StoreSurroundings) {
  const engine = config.endpoint === undefined ? await startEngine(config, surroundings) : undefined;
  const endpoint = config.endpoint ?? engine?.endpoint;
  const { region, connectTimeout, requestTimeout, maxAttempts } = config;
  const connection = {
    region,
    connectTimeout,
    requestTimeout,
    maxAttempts,
    ...(endpoint !== undefined && { endpoint }),
  };
  const client = openDynamoDB({ ...connection, meter: surroundings.meter });
  const close = async () => {
    client.destroy();
    await engine?.close();
  };
  try {
    if (engine) await createTables(client, { carts: config.cartsTable, catalogue: config.catalogueTable });
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint, engine, client, connection, close };
}

async function startEngine({ dataDir: parent }: DynamoDBConfig, surroundings: StoreSurroundings) {
  if (parent === undefined) return undefined;
  const { startEmbeddedDynamoDB } = await import('../embedded/dynamodb.ts');
  const dataDir = join(parent, 'dynamodb');
  const engine = await startEmbeddedDynamoDB({ dataDir, ...engineReports(surroundings) });
  return { ...engine, dataDir };
}
