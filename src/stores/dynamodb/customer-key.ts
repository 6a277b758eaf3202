/** Customers as numbers: the key of the index of carts is one, and stays one for customers whose id is a text. */
import { createHash } from 'node:crypto';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { numberOf, type CustomerId } from '../../cart/ids.ts';

const BITS = 125n;
/**
 * With 125 bits behind it no number has more than 38 digits, the most that DynamoDB keeps exactly (2^126 < 10^38), and none is that
 * of a number's id (2^125 > 2^53).
 */
const LEAST = 1n << BITS;

/** An id's own number where it is one; for a text 2^125 plus the first 125 bits of the SHA-256 of its UTF-8. */
export function customerKey(id: CustomerId): number | NumberValue {
  const number = numberOf(id);
  if (number !== undefined) return number;
  const hex = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return NumberValue.from(LEAST + (BigInt(`0x${hex}`) >> (128n - BITS)));
}
