/** The catalogue in DynamoDB. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Signal } from '../../waiting/abortable.ts';
import type { Catalog } from '../catalog.ts';
import type { Product } from '../../cart/product.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import type { StoreOptions } from '../cart-store.ts';
import { MAX_ID, type ProductId } from '../../cart/ids.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { checkTable } from './check-table.ts';
import { getItems } from './get-items.ts';
import { productFromRecord } from './product-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CATALOG, CATALOG_INDEX } from './tables.ts';
import { within } from './within.ts';

export interface DynamoDBCatalogOptions {
  /** From openDynamoDB. */
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The currency of the prices in the table. */
  readonly currency: CurrencyCode;
  readonly report?: ReportUnreadable;
}

export interface DynamoDBCatalog extends Catalog {
  /** Resolves when the table can be used. */
  ready(options?: StoreOptions): Promise<void>;
}

/** A catalogue that may lag behind changes of the table by about a second. */
export function createDynamoDBCatalog(options: DynamoDBCatalogOptions): DynamoDBCatalog {
  const { client, tableName, currency, report = () => undefined } = options;
  const read = (record: DynamoDBRecord) =>
    soldProduct(record['product_id'], () => productFromRecord(record, currency), report);

  return {
    async findMany(ids, { signal } = {}) {
      const records = await getItems(client, { name: tableName, attribute: 'product_id' }, ids, { signal });
      return records.map((record) => record && read(record));
    },

    async list({ first, after = 0 }, { signal } = {}) {
      const records = await queryProducts(client, tableName, { after, atLeast: first + 1 }, signal);
      const shown = records.slice(0, first);
      const entries: Product[] = shown.flatMap((record) => read(record) ?? []);
      const hasNextPage = records.length > first;
      const last = hasNextPage && entries.length < shown.length ? shown.at(-1) : undefined;
      return { entries, hasNextPage, ...(last && { resumeAfter: wholeId(last) }) };
    },

    ready({ signal } = {}) {
      const probe = {
        tableName,
        key: { product_id: 0 },
        indexName: CATALOG_INDEX,
        indexPartition: ['catalog', CATALOG] as const,
      };
      return checkTable(client, probe, { ...(signal && { signal }) });
    },
  };
}

/** A record's id; of one that is no whole number the id below, behind which the same records come. */
function wholeId({ product_id }: DynamoDBRecord): ProductId {
  return Math.floor(Number(product_id));
}

/**
 * One query as a rule; an answer ends at 1 MB, so products with very long descriptions may take more. Ids that no product can
 * have are not looked at: no cursor leads past them.
 */
async function queryProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  { after, atLeast }: { readonly after: ProductId; readonly atLeast: number },
  signal: Signal | undefined,
): Promise<DynamoDBRecord[]> {
  const found: DynamoDBRecord[] = [];
  let start: DynamoDBRecord | undefined;
  if (after >= MAX_ID) return found;
  do {
    const command = new QueryCommand({
      TableName: tableName,
      IndexName: CATALOG_INDEX,
      KeyConditionExpression: '#catalog = :catalog AND #product_id BETWEEN :least AND :most',
      ExpressionAttributeNames: { '#catalog': 'catalog', '#product_id': 'product_id' },
      ExpressionAttributeValues: { ':catalog': CATALOG, ':least': after + 1, ':most': MAX_ID },
      Limit: atLeast - found.length,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await within(signal, (options) => client.send(command, options));
    found.push(...Items);
    start = LastEvaluatedKey;
  } while (start && found.length < atLeast);
  return found;
}
