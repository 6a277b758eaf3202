/** The catalogue in DynamoDB. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkDistinct } from '../../cart/input-checks.ts';
import { InputError } from '../../cart/input-error.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { checkProduct, type Product } from '../../cart/product.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { MAX_TOGETHER, type Catalog } from '../catalog.ts';
import type { StoreOptions } from '../cart-store.ts';
import { catalogueKey } from '../catalogue-key.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import { checkTable } from './check-table.ts';
import { getItems } from './get-items.ts';
import { productFromRecord } from './product-record.ts';
import { queryProducts } from './query-products.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CATALOGUE, CATALOGUE_INDEX, PRODUCT_KEY } from './tables.ts';
import { withdrawProducts } from './withdraw-products.ts';
import { writeProducts } from './write-products.ts';

export interface DynamoDBCatalogOptions {
  /** From openDynamoDB. */
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The currency of the prices that are put into the table. */
  readonly currency: CurrencyCode;
  readonly report?: ReportUnreadable;
  readonly bulk?: BulkOptions;
}

/** How more products are written than a request changes. */
export interface BulkOptions {
  /** Opens a client with setUpTimeouts, since no user waits. It is destroyed when they are written. */
  readonly openClient: () => DynamoDBDocumentClient;
  /** See writeProducts. */
  readonly inTransactions: boolean;
}

export interface DynamoDBCatalog extends Catalog {
  /** Resolves when the table can be used. */
  ready(options?: StoreOptions): Promise<void>;
}

/** A catalogue that may lag behind changes of the table by about a second. */
export function createDynamoDBCatalog(options: DynamoDBCatalogOptions): DynamoDBCatalog {
  const { client, tableName, currency, report = () => undefined, bulk } = options;
  const table = { name: tableName, attribute: PRODUCT_KEY };
  const read = (record: DynamoDBRecord) =>
    soldProduct(record['product_id'], () => productFromRecord(record), report);

  return {
    async findMany(ids, { signal } = {}) {
      const records = await getItems(client, table, ids.map(catalogueKey), { signal });
      return records.map((record) => record && read(record));
    },

    async list({ first, after }, { signal } = {}) {
      const found = await queryProducts(client, tableName, { after, atLeast: first + 1 }, signal);
      const shown = found.slice(0, first);
      const entries: Product[] = shown.flatMap(({ record }) => read(record) ?? []);
      const hasNextPage = found.length > first;
      const last = hasNextPage && entries.length < shown.length ? shown.at(-1) : undefined;
      return { entries, hasNextPage, ...(last && { resumeAfter: last.id }) };
    },

    async upsert(products, { signal } = {}) {
      checkProducts(products, currency);
      if (bulk && products.length > MAX_TOGETHER) await writeMany(bulk, tableName, products, signal);
      else await writeProducts(client, tableName, products, { signal });
    },

    withdraw: (ids, { signal } = {}) => withdrawProducts(client, tableName, ids, signal),

    ready({ signal } = {}) {
      const probe = {
        tableName,
        key: { [PRODUCT_KEY]: 'none' },
        indexName: CATALOGUE_INDEX,
        indexPartition: ['catalogue', CATALOGUE] as const,
      };
      return checkTable(client, probe, { ...(signal && { signal }) });
    },
  };
}

async function writeMany(
  { openClient, inTransactions }: BulkOptions,
  tableName: string,
  products: readonly Product[],
  signal: Signal | undefined,
): Promise<void> {
  const client = openClient();
  try {
    await writeProducts(client, tableName, products, { inTransactions, signal });
  } finally {
    client.destroy();
  }
}

/** @throws InputError */
function checkProducts(products: readonly Product[], currency: CurrencyCode): void {
  products.forEach((product, index) => {
    checkProduct(product, `products[${index}]`);
    if (product.price.currency !== currency) {
      throw new InputError(
        `products[${index}].price.currency`,
        `must be ${currency}`,
        product.price.currency,
      );
    }
  });
  checkDistinct(
    products.map(({ id }) => id),
    'product',
    'products',
  );
}
