/** A cart as the item of DynamoDB, and back. */
import { numberOf } from '../../cart/ids.ts';
import { itemCount, totalAmount, type Cart } from '../../cart/cart.ts';
import type { CartPosition } from '../../cart/page.ts';
import { decimal } from './attribute-kinds.ts';
import { cartAttributes } from './attributes.ts';
import { checkCart } from './check-cart.ts';
import { isoTime } from '../../cart/iso-time.ts';
import { attributesOf, fromRecord, toRecord } from './map-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CUSTOMER_REF, INDEX_KEY } from './tables.ts';

/** The version of the shape that {@link cartToRecord} writes: it says what wrote an item last; no reader refuses one for it. */
export const SCHEMA_VERSION = 1;

const ofCart = attributesOf(cartAttributes, [
  INDEX_KEY,
  CUSTOMER_REF,
  'item_count',
  'total_amount',
  'schema_version',
]);

/** The attributes of a cart, and those derived from it, for the index and for clients that read the table directly. */
export function cartToRecord(cart: Cart): Record<string, unknown> {
  const { customerId, currency } = cart;
  const record = toRecord(ofCart, cart, currency);
  if (customerId !== undefined) {
    record[INDEX_KEY] = `${record['created_at'] as string}#${cart.id}`;
    if (numberOf(customerId) === undefined) record[CUSTOMER_REF] = customerId;
  }
  record['item_count'] = itemCount(cart);
  record['total_amount'] = decimal(totalAmount(cart).amount, currency);
  record['schema_version'] = SCHEMA_VERSION;
  return record;
}

/** @throws UnreadableItem */
export function cartFromRecord(record: DynamoDBRecord): Cart {
  const { cart_id: id, currency } = record;
  const source = { record, what: `The cart ${String(id)}`, currency: String(currency) };
  const cart = fromRecord(ofCart, source) as Cart;
  checkCart(cart, source);
  return cart;
}

/** The sort key of the customer index: its order is that of the time of creation, then of the id. */
export function indexKey({ createdAt, id }: CartPosition): string {
  return `${isoTime(createdAt)}#${id}`;
}
