/** The only switch on the kind of store. Each branch loads its driver when it is taken, and not the other's. */
import { join } from 'node:path';
import type { CartStore, StoreOptions } from './cart-store.ts';
import type { Timestamp } from '../cart/cart.ts';
import type { Catalog } from './catalog.ts';
import type { Product } from '../cart/product.ts';
import type { CurrencyCode } from '../cart/money.ts';
import type { StoreConfig } from '../config/config.ts';
import type { Log } from '../process/log.ts';
import { hostOf, readPostgresUrl } from './postgres-url.ts';
import { DEMO_PRODUCTS, demoCatalog } from './demo-catalog.ts';
import { createUnreadableReporter } from './report-unreadable.ts';

export interface Stores {
  readonly type: StoreConfig['type'];
  readonly carts: CartStore;
  readonly catalog: Catalog;
  /** Resolves when everything that requests need can be used: the carts, and the products. Rejects with what cannot. */
  ready(options?: StoreOptions): Promise<void>;
  /** Where the data is, for people: a folder, or an address without credentials. */
  readonly location: string;
  /** Variables by which another process finds the same database. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts the demo catalogue's products in, or back to what they were. */
  seed(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreSurroundings {
  readonly clock: () => Timestamp;
  readonly currency: CurrencyCode;
  readonly log: Log;
  /** Whether to delete expired carts now and then; true by default. */
  readonly sweeps?: boolean;
  /** Told when an embedded engine has ended and cannot be started again. */
  readonly lost?: (error: Error) => void;
}

/** Milliseconds between two sweeps of expired carts. */
const SWEEP_INTERVAL = 60_000;

/** Starts an embedded engine where the configuration names no server; such a one has tables and a catalogue at once. */
export async function openStores(config: StoreConfig, surroundings: StoreSurroundings): Promise<Stores> {
  const stores = await (config.type === 'postgres'
    ? openPostgresStores(config, surroundings)
    : openDynamoDBStores(config, surroundings));
  if (!stores.embedded) return stores;
  try {
    const [last] = await stores.catalog.findMany([DEMO_PRODUCTS]);
    if (!last) await stores.seed();
    return stores;
  } catch (error) {
    await stores.close();
    throw error;
  }
}

type Opened = Stores & { readonly embedded: boolean };
type PostgresConfig = Extract<StoreConfig, { type: 'postgres' }>;
type DynamoDBConfig = Extract<StoreConfig, { type: 'dynamodb' }>;

async function openPostgresStores(config: PostgresConfig, surroundings: StoreSurroundings): Promise<Opened> {
  const { clock, currency, log, sweeps = true } = surroundings;
  const engine = config.url === undefined ? await startPostgres(config, surroundings) : undefined;
  const url = config.url ?? engine?.url ?? '';
  const [
    { openPostgres },
    { migrate },
    { createPostgresCartStore },
    { createPostgresCatalog },
    { loadProducts },
    { startSweeper },
    { prepareLogin },
    { grantServiceUser },
  ] = await Promise.all([
    import('./postgres/postgres.ts'),
    import('./postgres/migrate.ts'),
    import('./postgres/cart-store.ts'),
    import('./postgres/catalog.ts'),
    import('./postgres/load-products.ts'),
    import('./postgres/sweeper.ts'),
    import('./postgres-login.ts'),
    import('./postgres/service-user.ts'),
  ]);
  const login = await prepareLogin(config);
  const { db, close } = openPostgres({
    ...config,
    ...login,
    connectionString: url,
    onError: (error) => {
      log.warn({ err: error }, 'a database connection was lost while idle, or there was no password for one');
    },
    onNotice: (notice) => {
      log.warn(notice);
    },
  });
  const closeAll = async () => {
    await close();
    await engine?.close();
  };
  try {
    if (engine || config.migrateOnStart) await migrate(db);
    if (config.migrateOnStart && config.iamUser !== undefined) await grantServiceUser(db, config.iamUser);
  } catch (error) {
    await closeAll();
    throw error;
  }
  const report = createUnreadableReporter(log);
  const carts = createPostgresCartStore({ db, clock, report });
  const sweeper = sweeps ? startSweeper({ db, clock, intervalMs: SWEEP_INTERVAL, log }) : undefined;
  return {
    type: 'postgres',
    embedded: engine !== undefined,
    carts,
    catalog: createPostgresCatalog({ db, currency, report }),
    // It looks for all that the migrations make, the products' table too.
    ready: (options) => carts.ready(options),
    location: engine?.dataDir ?? withoutCredentials(url),
    environment: { DATABASE_URL: url },
    seed: () => seedWith((products) => loadProducts(db, products), currency),
    async close() {
      await sweeper?.stop();
      await closeAll();
    },
  };
}

async function openDynamoDBStores(config: DynamoDBConfig, surroundings: StoreSurroundings): Promise<Opened> {
  const { clock, currency, log } = surroundings;
  const engine = config.endpoint === undefined ? await startDynamoDB(config, surroundings) : undefined;
  const endpoint = config.endpoint ?? engine?.endpoint;
  const [
    { openDynamoDB, setUpTimeouts },
    { createTables },
    { createDynamoDBCartStore },
    { createDynamoDBCatalog },
    { loadProducts },
  ] = await Promise.all([
    import('./dynamodb/open-dynamodb.ts'),
    import('./dynamodb/create-tables.ts'),
    import('./dynamodb/cart-store.ts'),
    import('./dynamodb/catalog.ts'),
    import('./dynamodb/load-products.ts'),
  ]);
  const { region, cartsTable, productsTable, readConsistency, connectTimeout, requestTimeout, maxAttempts } =
    config;
  const connection = {
    region,
    connectTimeout,
    requestTimeout,
    maxAttempts,
    ...(endpoint !== undefined && { endpoint }),
  };
  const client = openDynamoDB(connection);
  const close = async () => {
    client.destroy();
    await engine?.close();
  };
  try {
    if (engine) await createTables(client, { carts: cartsTable, products: productsTable });
  } catch (error) {
    await close();
    throw error;
  }
  const report = createUnreadableReporter(log);
  const carts = createDynamoDBCartStore({ client, tableName: cartsTable, clock, readConsistency, report });
  const catalog = createDynamoDBCatalog({ client, tableName: productsTable, currency, report });
  return {
    type: 'dynamodb',
    embedded: engine !== undefined,
    carts,
    catalog,
    ready: (options) => allReady([carts.ready(options), catalog.ready(options)]),
    environment: endpoint === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: endpoint },
    location: engine?.dataDir ?? endpoint ?? `AWS, ${region}`,
    async seed() {
      // A write of the service must be done within its request's time; a bulk load need not.
      const patient = openDynamoDB({ ...connection, ...setUpTimeouts });
      // An engine on a disk writes each item of a batch through, and a transaction once.
      const how = { inTransactions: engine !== undefined };
      await seedWith((products) => loadProducts(patient, productsTable, products, how), currency);
      patient.destroy();
    },
    close,
  };
}

/** Waits for all, so that the reason names every table that cannot be used. */
async function allReady(checks: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(checks);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (reasons.length > 1)
    throw new Error(reasons.map(({ message }) => message).join('; '), { cause: reasons[0] });
  if (reasons[0]) throw reasons[0];
}

/** Loads the demo catalogue, its last product only after all others: where it is, the load was completed. */
async function seedWith(
  load: (products: readonly Product[]) => Promise<void>,
  currency: CurrencyCode,
): Promise<void> {
  const products = demoCatalog(currency);
  await load(products.slice(0, -1));
  await load(products.slice(-1));
}

async function startPostgres({ dataDir }: PostgresConfig, surroundings: StoreSurroundings) {
  if (dataDir === undefined) throw new Error('DATABASE_URL must be set');
  const { startEmbeddedPostgres } = await import('./embedded/postgres.ts');
  return startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), ...engineReports(surroundings) });
}

async function startDynamoDB({ dataDir: parent }: DynamoDBConfig, surroundings: StoreSurroundings) {
  if (parent === undefined) return undefined;
  const { startEmbeddedDynamoDB } = await import('./embedded/dynamodb.ts');
  const dataDir = join(parent, 'dynamodb');
  const engine = await startEmbeddedDynamoDB({ dataDir, ...engineReports(surroundings) });
  return { ...engine, dataDir };
}

function engineReports({ log, lost = () => undefined }: StoreSurroundings) {
  return {
    log: (line: string) => {
      log.debug({ engine: line }, 'the embedded database');
    },
    events: {
      ended: (summary: string) => {
        log.error({ engine: summary }, 'the embedded database has ended, and is started again');
      },
      restarted: () => {
        log.info('the embedded database runs again');
      },
      lost,
    },
  };
}

function withoutCredentials(address: string): string {
  const url = readPostgresUrl(address);
  return url ? `${url.protocol}//${hostOf(url)}${url.pathname}` : '';
}
