/** The catalogue of version 0.1.0 into the table that has taken its place. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CurrencyCode } from '../../cart/money.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import { productFromOldRecord, productToRecord } from './product-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { chunksOf } from './send-until-processed.ts';
import { OLD_INDEX, PRODUCT_KEY } from './tables.ts';

/** Requests on their way at a time. */
const PARALLEL = 16;

export interface CatalogueCopy {
  /** The old table. */
  readonly from: string;
  readonly to: string;
  /** That of the deployment: version 0.1.0 kept none. */
  readonly currency: CurrencyCode;
  /** Hears of each product that cannot be copied: with a price that the currency cannot have, say. */
  readonly report: ReportUnreadable;
}

/** Products, by what has become of them. */
export interface CopyCounts {
  readonly copied: number;
  /** Those whose ids the new table had already: it is what is true by now. */
  readonly kept: number;
  readonly leftOut: number;
}

/**
 * Reads the old table's index page by page. Each product is put on condition that there is none of its id, so repeating it is safe, also
 * after prices have changed in the new table.
 * @param client one opened with setUpTimeouts
 */
export async function copyCatalogue(
  client: DynamoDBDocumentClient,
  { from, to, currency, report }: CatalogueCopy,
): Promise<CopyCounts> {
  const counts = { copied: 0, kept: 0, leftOut: 0 };
  const copy = async (record: DynamoDBRecord) => {
    const read = () => productFromOldRecord(record, currency);
    const product = soldProduct(record['product_id'], read, report);
    if (!product) counts.leftOut += 1;
    else if (await putIfAbsent(client, to, productToRecord(product))) counts.copied += 1;
    else counts.kept += 1;
  };
  let start: DynamoDBRecord | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(pageOf(from, start));
    for (const chunk of chunksOf(Items, PARALLEL)) await Promise.all(chunk.map(copy));
    start = LastEvaluatedKey;
  } while (start);
  return counts;
}

function pageOf(from: string, start: DynamoDBRecord | undefined): QueryCommand {
  return new QueryCommand({
    TableName: from,
    IndexName: OLD_INDEX,
    KeyConditionExpression: '#catalog = :products',
    ExpressionAttributeNames: { '#catalog': 'catalog' },
    ExpressionAttributeValues: { ':products': 'products' },
    ...(start && { ExclusiveStartKey: start }),
  });
}

async function putIfAbsent(client: DynamoDBDocumentClient, to: string, Item: Record<string, unknown>) {
  try {
    const ConditionExpression = 'attribute_not_exists(#product_key)';
    const ExpressionAttributeNames = { '#product_key': PRODUCT_KEY };
    await client.send(new PutCommand({ TableName: to, Item, ConditionExpression, ExpressionAttributeNames }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
