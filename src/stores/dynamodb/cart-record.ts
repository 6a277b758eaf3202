/** A cart as the item of DynamoDB, and back. */
import { itemCount, totalAmount, type Cart } from '../../cart/cart.ts';
import type { CartPosition } from '../../cart/page.ts';
import { attributesOf, cartAttributes, decimal, fromRecord, isoTime, toRecord } from './attributes.ts';
import type { DynamoDBRecord } from './record-reader.ts';

/** The version of the shape that {@link cartToRecord} writes: it says what wrote an item last; no reader refuses one for it. */
export const SCHEMA_VERSION = 1;

const ofCart = attributesOf(cartAttributes);

/** The attributes of a cart, and those derived from it, for the index and for clients that read the table directly. */
export function cartToRecord(cart: Cart): Record<string, unknown> {
  const record = toRecord(ofCart, cart);
  // The index's sort key. Guests and tombstones have none, which keeps them out of the index.
  if (cart.customerId !== undefined) record['created_at_cart_id'] = indexKey(cart);
  record['item_count'] = itemCount(cart);
  record['total_amount'] = decimal(totalAmount(cart).amount);
  record['schema_version'] = SCHEMA_VERSION;
  return record;
}

/** @throws UnreadableItem */
export function cartFromRecord(record: DynamoDBRecord): Cart {
  return fromRecord(ofCart, { record, what: `The cart ${String(record['cart_id'])}` }) as Cart;
}

/** The sort key of the customer index: its order is that of the time of creation, then of the id. */
export function indexKey({ createdAt, id }: CartPosition): string {
  return `${isoTime(createdAt)}#${id}`;
}
