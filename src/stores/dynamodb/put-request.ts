/** A cart's write as a conditional put. */
import type { Timestamp } from '../../cart/cart.ts';
import type { CartWrite } from '../cart-store.ts';
import { cartToRecord } from './cart-record.ts';
import { isoTime } from '../../cart/iso-time.ts';
import { TTL_ATTRIBUTE } from './tables.ts';

/**
 * The put of a write, for PutItem and TransactWriteItems alike. It lands only on the cart that the write's `before`
 * describes; on an absent or expired one for a new cart. DynamoDB deletes expired items days later, so each condition looks
 * at the expiry as well.
 */
export function putRequest(tableName: string, { before, after }: CartWrite, now: Timestamp) {
  const condition = before
    ? {
        ConditionExpression:
          '#version = :version AND #created_at = :created_at AND ' +
          '(attribute_not_exists(#expiration_time) OR #expiration_time > :now)',
        ExpressionAttributeNames: { '#version': 'version', '#created_at': 'created_at' },
        ExpressionAttributeValues: { ':version': before.version, ':created_at': isoTime(before.createdAt) },
      }
    : {
        ConditionExpression: 'attribute_not_exists(#cart_id) OR #expiration_time <= :now',
        ExpressionAttributeNames: { '#cart_id': 'cart_id' },
        ExpressionAttributeValues: {},
      };
  return {
    TableName: tableName,
    Item: cartToRecord(after),
    ConditionExpression: condition.ConditionExpression,
    ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, '#expiration_time': TTL_ATTRIBUTE },
    ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':now': epochSeconds(now) },
  };
}

/** The second that `now` lies in: an expiry is a whole second and past once that second has begun. */
export function epochSeconds(now: Timestamp): number {
  return Math.floor(now / 1000);
}
