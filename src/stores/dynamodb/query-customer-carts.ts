/** A customer's carts, page by page, through the index. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Cart, CartStatus, Timestamp } from '../../cart/cart.ts';
import type { ListOptions } from '../cart-store.ts';
import type { CustomerId } from '../../cart/ids.ts';
import {
  cartCursor,
  LATEST,
  parseCartCursor,
  type CartPageRequest,
  type CartPosition,
  type Page,
} from '../../cart/page.ts';
import { readableOf, type ReportUnreadable } from '../unreadable-record.ts';
import { indexKey } from './cart-record.ts';
import { customerKey } from './customer-key.ts';
import { epochSeconds } from './put-request.ts';
import { readCart } from './read-cart.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CUSTOMER_INDEX, INDEX_KEY, TTL_ATTRIBUTE } from './tables.ts';
import { within } from './within.ts';

/** Most queries for one page; then the page is left short, and says where to go on. */
export const MOST_QUERIES = 10;

/** Most carts that one query looks at, far more than fit in an answer. */
const MOST = 10_000;

/**
 * Newest first. DynamoDB applies its Limit before the filter and charges for what it looked at. The first query therefore
 * looks at one entry more than the page has, which is all it takes while nothing is filtered out; each further one
 * looks twice as far, so that rare matches are found in few queries, at a cost of less than about twice what had
 * to be looked at. A cart of another customer whose id has the same number is passed over.
 */
export async function queryCustomerCarts(
  client: DynamoDBDocumentClient,
  tableName: string,
  customerId: CustomerId,
  { first, after, status }: CartPageRequest,
  {
    now,
    report = () => undefined,
    markers = false,
    signal,
  }: ListOptions & { readonly now: Timestamp; readonly report?: ReportUnreadable },
): Promise<Page<Cart>> {
  const query = customerQuery(tableName, customerId, { status, markers }, now);
  const found: Cart[] = [];
  let start: DynamoDBRecord | undefined = after && startKey(customerId, after);
  for (let queries = 1, limit = first + 1; ; queries += 1, limit = Math.min(limit * 2, MOST)) {
    const command = new QueryCommand({ ...query, Limit: limit, ...(start && { ExclusiveStartKey: start }) });
    const { Items = [], LastEvaluatedKey } = await within(
      signal,
      (options) => client.send(command, options),
      command,
    );
    const carts = readableOf(Items, readCart, report);
    found.push(...carts.filter((cart) => cart.customerId === customerId));
    if (found.length > first) return { entries: found.slice(0, first), hasNextPage: true };
    if (!LastEvaluatedKey) return { entries: found, hasNextPage: false };
    start = LastEvaluatedKey;
    const place = positionOf(start);
    // Behind a key that is no cart's no other page could begin.
    if (queries >= MOST_QUERIES && place) return { entries: found, hasNextPage: true, resumeAfter: place };
  }
}

function customerQuery(
  tableName: string,
  customerId: CustomerId,
  { status, markers }: { readonly status: CartStatus | undefined; readonly markers: boolean },
  now: Timestamp,
) {
  const wanted = statusFilter(status, markers);
  const alive = '(attribute_not_exists(#expiration_time) OR #expiration_time > :now)';
  return {
    TableName: tableName,
    IndexName: CUSTOMER_INDEX,
    ScanIndexForward: false,
    KeyConditionExpression: '#customer_id = :customer_id',
    FilterExpression: wanted === undefined ? alive : `${alive} AND ${wanted}`,
    ExpressionAttributeNames: {
      '#customer_id': 'customer_id',
      '#expiration_time': TTL_ATTRIBUTE,
      ...(wanted !== undefined && { '#status': 'status' }),
    },
    ExpressionAttributeValues: {
      ':customer_id': customerKey(customerId),
      ':now': epochSeconds(now),
      ...(status !== undefined && { ':status': status }),
      ...(needsMoved(status, markers) && { ':moved': 'MOVED' }),
    },
  };
}

function statusFilter(status: CartStatus | undefined, markers: boolean): string | undefined {
  if (status === undefined) return markers ? undefined : '#status <> :moved';
  return markers ? '#status IN (:status, :moved)' : '#status = :status';
}

/** Markers are named where they are left out of all, or come beside one status. */
function needsMoved(status: CartStatus | undefined, markers: boolean): boolean {
  return (status === undefined) !== markers;
}

/** Where DynamoDB goes on behind a position; the cart there need no longer exist. */
function startKey(customerId: CustomerId, { createdAt, id }: CartPosition): DynamoDBRecord {
  const position = { createdAt: Math.min(createdAt, LATEST), id };
  return { customer_id: customerKey(customerId), [INDEX_KEY]: indexKey(position), cart_id: id };
}

/** The place of a key; undefined for one that no cart has. */
function positionOf({ [INDEX_KEY]: key, cart_id: id }: DynamoDBRecord): CartPosition | undefined {
  const named = { createdAt: Date.parse(String(key).slice(0, ISO_LENGTH)), id: String(id) };
  try {
    const position = parseCartCursor(cartCursor(named), INDEX_KEY);
    return indexKey(position) === key ? position : undefined;
  } catch {
    return undefined;
  }
}

/** Characters of a time such as 2026-01-19T22:15:00.123Z. */
const ISO_LENGTH = 24;
