/** The catalogue in its order, through the index. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ProductId } from '../../cart/ids.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { catalogueKey } from '../catalogue-key.ts';
import { productOfKey } from './product-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CATALOGUE, CATALOGUE_INDEX, PRODUCT_KEY } from './tables.ts';
import { within } from './within.ts';

/** Below the key of every product: keys begin with an n or a t. */
const BEFORE_ALL = 'n';

/** Most records that one query looks at, far more than fit in an answer. */
const MOST = 10_000;

/** A record, and the product whose place it stands in. */
export interface Placed {
  readonly id: ProductId;
  readonly record: DynamoDBRecord;
}

/**
 * Records behind a product, at least so many where there are as many. One query as a rule; an answer ends at 1 MB, so products with
 * very long descriptions may take more. Records whose key no product can have are passed over, since no cursor could name
 * their place; each further query looks twice as far, so that many of them take few.
 */
export async function queryProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  { after, atLeast }: { readonly after: ProductId | undefined; readonly atLeast: number },
  signal: Signal | undefined,
): Promise<Placed[]> {
  const found: Placed[] = [];
  let start: DynamoDBRecord | undefined;
  let limit = atLeast;
  do {
    const command = new QueryCommand({
      TableName: tableName,
      IndexName: CATALOGUE_INDEX,
      KeyConditionExpression: '#catalogue = :catalogue AND #product_key > :after',
      ExpressionAttributeNames: { '#catalogue': 'catalogue', '#product_key': PRODUCT_KEY },
      ExpressionAttributeValues: {
        ':catalogue': CATALOGUE,
        ':after': after === undefined ? BEFORE_ALL : catalogueKey(after),
      },
      Limit: limit,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await within(
      signal,
      (options) => client.send(command, options),
      command,
    );
    for (const record of Items) {
      const id = productOfKey(record[PRODUCT_KEY]);
      if (id !== undefined) found.push({ id, record });
    }
    start = LastEvaluatedKey;
    limit = Math.min(limit * 2, MOST);
  } while (start && found.length < atLeast);
  return found;
}
