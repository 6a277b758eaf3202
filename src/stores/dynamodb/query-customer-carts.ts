/** A customer's carts, page by page, through the index. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Cart, CartStatus, Timestamp } from '../../cart/cart.ts';
import type { StoreOptions } from '../cart-store.ts';
import type { CustomerId } from '../../cart/ids.ts';
import { LATEST, type CartPageRequest, type CartPosition, type Page } from '../../cart/page.ts';
import { readableOf, type ReportUnreadable } from '../unreadable-record.ts';
import { indexKey } from './cart-record.ts';
import { epochSeconds } from './put-request.ts';
import { readCart } from './read-cart.ts';
import { readText, type DynamoDBRecord } from './record-reader.ts';
import { CUSTOMER_INDEX, TTL_ATTRIBUTE } from './tables.ts';
import { within } from './within.ts';

/** Most queries for one page; then the page is left short, and says where to go on. */
export const MOST_QUERIES = 10;

/**
 * Newest first. DynamoDB applies its Limit before the filter and charges for what it looked at. The first query therefore
 * looks at one entry more than the page has, which is all it takes while nothing is filtered out; each further one
 * looks twice as far, so that rare matches are found in few queries, at a cost of less than about twice what had
 * to be looked at.
 */
export async function queryCustomerCarts(
  client: DynamoDBDocumentClient,
  tableName: string,
  customerId: CustomerId,
  { first, after, status }: CartPageRequest,
  {
    now,
    report = () => undefined,
    signal,
  }: StoreOptions & { readonly now: Timestamp; readonly report?: ReportUnreadable },
): Promise<Page<Cart>> {
  const query = customerQuery(tableName, customerId, status, now);
  const found: Cart[] = [];
  let start: DynamoDBRecord | undefined = after && startKey(customerId, after);
  for (let queries = 0, limit = first + 1; queries < MOST_QUERIES; queries += 1, limit *= 2) {
    const command = new QueryCommand({ ...query, Limit: limit, ...(start && { ExclusiveStartKey: start }) });
    const { Items = [], LastEvaluatedKey } = await within(signal, (options) => client.send(command, options));
    found.push(...readableOf(Items, readCart, report));
    if (found.length > first) return { entries: found.slice(0, first), hasNextPage: true };
    if (!LastEvaluatedKey) return { entries: found, hasNextPage: false };
    start = LastEvaluatedKey;
  }
  return { entries: found, hasNextPage: true, ...(start && { resumeAfter: positionOf(start) }) };
}

function customerQuery(
  tableName: string,
  customerId: CustomerId,
  status: CartStatus | undefined,
  now: Timestamp,
) {
  const alive = '(attribute_not_exists(#expiration_time) OR #expiration_time > :now)';
  return {
    TableName: tableName,
    IndexName: CUSTOMER_INDEX,
    ScanIndexForward: false,
    KeyConditionExpression: '#customer_id = :customer_id',
    FilterExpression: status === undefined ? alive : `${alive} AND #status = :status`,
    ExpressionAttributeNames: {
      '#customer_id': 'customer_id',
      '#expiration_time': TTL_ATTRIBUTE,
      ...(status !== undefined && { '#status': 'status' }),
    },
    ExpressionAttributeValues: {
      ':customer_id': customerId,
      ':now': epochSeconds(now),
      ...(status !== undefined && { ':status': status }),
    },
  };
}

/** Where DynamoDB goes on behind a position; the cart there need no longer exist. */
function startKey(customerId: CustomerId, { createdAt, id }: CartPosition): DynamoDBRecord {
  const position = { createdAt: Math.min(createdAt, LATEST), id };
  return { customer_id: customerId, created_at_cart_id: indexKey(position), cart_id: id };
}

function positionOf(key: DynamoDBRecord): CartPosition {
  const source = { record: key, what: 'The last key of a query' };
  const [createdAt = ''] = readText(source, 'created_at_cart_id').split('#');
  return { createdAt: Date.parse(createdAt), id: readText(source, 'cart_id') };
}
