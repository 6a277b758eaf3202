/**
 * All carts of DynamoDB, by a parallel Scan with strong reads: one segment for each part. Nothing else of the program scans, and the
 * service's own role has no right to.
 */
import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isLive, type Timestamp } from '../../cart/cart.ts';
import { readAll, type CartWalk } from '../cart-walk.ts';
import { readCart } from './read-cart.ts';
import { within } from './within.ts';

export interface DynamoDBCartWalkOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: () => Timestamp;
}

export function createDynamoDBCartWalk({ client, tableName, clock }: DynamoDBCartWalkOptions): CartWalk {
  return {
    async walk({ part, after, first, includeExpired = false, signal }) {
      const command = new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        Limit: first,
        ReturnConsumedCapacity: 'TOTAL',
        ...(part && { Segment: part.number, TotalSegments: part.of }),
        ...(after !== undefined && { ExclusiveStartKey: { cart_id: after } }),
      });
      const answer = await within(signal, (options) => client.send(command, options));
      const { Items = [], LastEvaluatedKey, ConsumedCapacity } = answer;
      const { records, unreadable } = readAll(Items, readCart);
      const now = clock();
      const next = LastEvaluatedKey?.['cart_id'] as string | undefined;
      return {
        records: includeExpired ? records : records.filter((record) => isLive(record, now)),
        unreadable,
        ...(next !== undefined && { next }),
        ...(ConsumedCapacity?.CapacityUnits !== undefined && { units: ConsumedCapacity.CapacityUnits }),
      };
    },
  };
}
