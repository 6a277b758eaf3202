import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Product } from '../../cart/catalog.ts';
import { productToRecord } from './product-record.ts';
import { chunksOf, sendUntilProcessed } from './send-until-processed.ts';

/** Most items in one BatchWriteItem. */
const BATCH = 25;
/** Batches on their way at a time. */
const PARALLEL = 8;

/** Writes the products, over those of the same ids; other products stay. Safe to repeat. */
export async function loadProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  products: readonly Product[],
): Promise<void> {
  const puts = products.map((product) => ({ PutRequest: { Item: { ...productToRecord(product) } } }));
  const batches = chunksOf(puts, BATCH);
  const send = async (left: readonly (typeof puts)[number][]) => {
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: [...left] } });
    const { UnprocessedItems } = await client.send(command);
    return (UnprocessedItems?.[tableName] ?? []) as typeof puts;
  };
  const work = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await sendUntilProcessed(batch, send);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}
