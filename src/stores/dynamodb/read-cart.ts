import { NumberValue } from '@aws-sdk/lib-dynamodb';
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
    throw new UnreadableCart(record['cart_id'], customerOf(record), error);
  }
}

function customerOf({ customer_id: number, [CUSTOMER_REF]: text }: DynamoDBRecord): string | null {
  if (typeof text === 'string') return text;
  return number instanceof NumberValue ? number.value : null;
}
