/** An empty catalogue in each kind of store, for processes of a test's own. */
import { createTestTables } from './dynamodb.ts';
import { openTestPostgres } from './postgres.ts';

export interface CatalogueDatabase {
  /** What a process needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export const catalogueDatabases: Readonly<Record<'postgres' | 'dynamodb', () => Promise<CatalogueDatabase>>> =
  {
    async postgres() {
      const { url, close } = await openTestPostgres();
      const env = { CART_STORE_TYPE: 'postgres', DATABASE_URL: url, DATABASE_CONNECT_TIMEOUT_MS: '20000' };
      return { env, close };
    },
    async dynamodb() {
      const { endpoint, names, drop } = await createTestTables();
      const env = {
        CART_STORE_TYPE: 'dynamodb',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_REGION: 'local',
        DYNAMODB_TABLE_NAME: names.carts,
        DYNAMODB_CATALOGUE_TABLE: names.catalogue,
        DYNAMODB_REQUEST_TIMEOUT_MS: '20000',
      };
      return { env, close: drop };
    },
  };
