/** The whole service over HTTP, on a database of its own, with a small catalogue. */
import { createApp } from '../../src/app.ts';
import type { ProductId } from '../../src/cart/ids.ts';
import type { Product } from '../../src/cart/product.ts';
import { loadConfig } from '../../src/config/config.ts';
import { noMeter, type Meter } from '../../src/metrics/meter.ts';
import { createLog, type Log } from '../../src/process/log.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { demoProducts } from './demo-products.ts';
import { createTestTables } from './dynamodb.ts';
import { patience } from './patience.ts';
import { openTestPostgres } from './postgres.ts';
import type { StoreType } from './store-types.ts';

export { storeTypes, type StoreType } from './store-types.ts';

export interface GraphQLAnswer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    message: string;
    path?: (string | number)[];
    extensions: { code: string };
  }[];
}

export interface TestApp {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly stores: Stores;
  /** Milliseconds by which the service's clock is ahead. */
  readonly time: { ahead: number };
  /** Sends one operation and returns whatever comes back. */
  send<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    headers?: Record<string, string>,
  ): Promise<GraphQLAnswer<Data>>;
  /** Sends one operation. @throws Error when the answer has errors */
  execute<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Puts a product into the catalogue, over the one with its id. */
  sell(product: Product): Promise<void>;
  /** Takes a product out of the catalogue. */
  withdraw(productId: ProductId | number): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Variables of the environment. */
  readonly env?: Record<string, string>;
  /** How many products of the demo catalogue to sell, from id 1 on; 100 by default. */
  readonly products?: number;
  /** Silent unless given. */
  readonly log?: Log;
  readonly meter?: Meter;
}

export async function openTestApp(
  type: StoreType,
  { env = {}, products = 100, log: given, meter = noMeter }: TestAppOptions = {},
): Promise<TestApp> {
  const database = await (type === 'postgres' ? openPostgresDatabase() : openDynamoDBDatabase());
  const config = loadConfig({
    ...patience,
    CART_STORE_TYPE: type,
    LOG_LEVEL: 'silent',
    ...database.env,
    ...env,
  });
  const log = given ?? createLog(config.logLevel);
  const time = { ahead: 0 };
  const clock = () => Date.now() + time.ahead;
  const stores = await openStores(config.store, { clock, currency: config.currency, log, meter });
  const { catalog } = stores;
  await catalog.upsert(demoProducts(config.currency, products));
  const service = await createApp(config, stores, clock, log, meter);
  const { port } = await service.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;

  const app: TestApp = {
    url,
    stores,
    time,
    async send(document, variables, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: document.toString(), variables }),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
    async execute(document, variables) {
      const { data, errors } = await app.send(document, variables);
      if (errors || !data) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
      return data;
    },
    sell: (product) => catalog.upsert([product]),
    async withdraw(productId) {
      await catalog.withdraw([String(productId)]);
    },
    async close() {
      await service.close();
      await database.drop();
    },
  };
  return app;
}

interface Database {
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

async function openPostgresDatabase(): Promise<Database> {
  const { url, close } = await openTestPostgres();
  return { env: { DATABASE_URL: url }, drop: close };
}

async function openDynamoDBDatabase(): Promise<Database> {
  const { endpoint, names, drop } = await createTestTables();
  return {
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'local',
      DYNAMODB_TABLE_NAME: names.carts,
      DYNAMODB_CATALOGUE_TABLE: names.catalogue,
    },
    drop,
  };
}
