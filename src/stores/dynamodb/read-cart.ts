import type { Cart } from '../../cart/cart.ts';
import { UnreadableCart } from '../unreadable-record.ts';
import { cartFromRecord } from './cart-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CUSTOMER_REF } from './tables.ts';

/** @throws UnreadableCart */
export function readCart(record: DynamoDBRecord): Cart {
  try {
    return cartFromRecord(record);
  } catch (error) {
    const customer = record[CUSTOMER_REF] ?? record['customer_id'];
    throw new UnreadableCart(record['cart_id'], customer === undefined ? null : String(customer), error);
  }
}
