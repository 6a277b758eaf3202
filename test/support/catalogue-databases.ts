/** Databases on the run's engines for processes of a test's own: they start sooner than with an embedded engine and 10,000 products. */
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { demoProducts } from './demo-products.ts';
import { createTestTables } from './dynamodb.ts';
import { patience } from './patience.ts';
import { openTestPostgres } from './postgres.ts';

export interface CatalogueDatabase {
  /** What a process needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** With an empty catalogue. */
export const catalogueDatabases: Readonly<Record<'postgres' | 'dynamodb', () => Promise<CatalogueDatabase>>> =
  {
    async postgres() {
      const { url, close } = await openTestPostgres();
      const env = { ...patience, CART_STORE_TYPE: 'postgres', DATABASE_URL: url };
      return { env, close };
    },
    async dynamodb() {
      const { endpoint, names, drop } = await createTestTables();
      const env = {
        ...patience,
        CART_STORE_TYPE: 'dynamodb',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_REGION: 'local',
        DYNAMODB_TABLE_NAME: names.carts,
        DYNAMODB_CATALOGUE_TABLE: names.catalogue,
      };
      return { env, close: drop };
    },
  };

/** With the first products of the demo catalogue, in USD. */
export async function openShopDatabase(
  type: 'postgres' | 'dynamodb',
  products = 5,
): Promise<CatalogueDatabase> {
  const database = await catalogueDatabases[type]();
  const surroundings = { clock: Date.now, currency: 'USD', log: createLog('silent'), sweeps: false };
  const stores = await openStores(loadConfig(database.env).store, surroundings);
  await stores.catalog.upsert(demoProducts('USD', products));
  await stores.close();
  return database;
}
