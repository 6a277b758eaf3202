import { BatchWriteCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkProduct, type Product } from '../../cart/product.ts';
import { productToRecord } from './product-record.ts';
import { chunksOf, sendUntilProcessed } from './send-until-processed.ts';

/** Most items in one BatchWriteItem, and in one TransactWriteItems. */
const BATCH = 25;
const TRANSACTION = 100;
/** Requests on their way at a time. */
const PARALLEL = 4;

interface Put {
  readonly Item: Record<string, unknown>;
}

export interface LoadProductsOptions {
  /**
   * Write in transactions: for an engine that syncs its disk once for each of them but otherwise for each item, which
   * takes some ten times as long. On AWS they would cost twice as much and gain nothing.
   */
  readonly inTransactions?: boolean;
}

/**
 * Writes the products, over those of the same ids; other products stay. Safe to repeat.
 * @param client one opened with setUpTimeouts
 * @throws InputError for a product that breaks the limits
 */
export async function loadProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  products: readonly Product[],
  { inTransactions = false }: LoadProductsOptions = {},
): Promise<void> {
  products.forEach((product, index) => {
    checkProduct(product, `products[${index}]`);
  });
  const puts = products.map((product): Put => ({ Item: productToRecord(product) }));
  const chunks = chunksOf(puts, inTransactions ? TRANSACTION : BATCH);
  const write = inTransactions ? writeTransaction : writeBatch;
  const work = async () => {
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) await write(client, tableName, chunk);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

async function writeBatch(client: DynamoDBDocumentClient, tableName: string, puts: readonly Put[]) {
  const requests = puts.map(({ Item }) => ({ PutRequest: { Item } }));
  await sendUntilProcessed(requests, async (left) => {
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: [...left] } });
    const { UnprocessedItems } = await client.send(command);
    return (UnprocessedItems?.[tableName] ?? []) as typeof requests;
  });
}

async function writeTransaction(client: DynamoDBDocumentClient, tableName: string, puts: readonly Put[]) {
  const TransactItems = puts.map(({ Item }) => ({ Put: { TableName: tableName, Item } }));
  await client.send(new TransactWriteCommand({ TransactItems }));
}
