import type { Cart } from '../../cart/cart.ts';
import { UnreadableCart } from '../unreadable-record.ts';
import { cartFromRecord } from './cart-record.ts';
import type { DynamoDBRecord } from './record-reader.ts';

/** @throws UnreadableCart */
export function readCart(record: DynamoDBRecord): Cart {
  try {
    return cartFromRecord(record);
  } catch (error) {
    throw new UnreadableCart(record['cart_id'], Number(record['customer_id']), error);
  }
}
