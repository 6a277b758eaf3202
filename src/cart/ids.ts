/** Identifiers, and how they are read from text. */
import { createHash } from 'node:crypto';
import { checkWellFormed } from './input-checks.ts';
import { InputError } from './input-error.ts';

/** A lower-case UUID, made by the service. */
export type CartId = string;
/** 1 to 2147483647. */
export type CustomerId = number;
/** 1 to 2147483647. */
export type ProductId = number;

/** The largest customer or product id: that of a PostgreSQL `integer`. */
export const MAX_ID = 2_147_483_647;

/** Characters in the longest idempotency key. */
export const MAX_IDEMPOTENCY_KEY = 255;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const POSITIVE_INTEGER = /^[1-9]\d{0,9}$/;

/** Accepts a UUID in either case and folds it to lower case. @throws InputError */
export function parseCartId(text: string, argument: string): CartId {
  if (!UUID.test(text)) throw new InputError(argument, 'must be a UUID', text);
  return text.toLowerCase();
}

/** Reads a customer or product id. @throws InputError unless it is a whole number from 1 to {@link MAX_ID} */
export function parseNumericId(text: string, argument: string): number {
  const id = POSITIVE_INTEGER.test(text) ? Number(text) : NaN;
  if (!(id <= MAX_ID)) throw new InputError(argument, `must be a whole number from 1 to ${MAX_ID}`, text);
  return id;
}

/** @throws InputError for a key that is empty, longer than {@link MAX_IDEMPOTENCY_KEY} characters or not well-formed */
export function checkIdempotencyKey(key: string, argument: string): void {
  if (key.length < 1 || key.length > MAX_IDEMPOTENCY_KEY) {
    const expectation = `must have 1 to ${MAX_IDEMPOTENCY_KEY} characters`;
    throw new InputError(argument, expectation, key === '' ? '' : `${key.length} characters`);
  }
  checkWellFormed(key, argument);
}

/**
 * The id of the cart that an idempotency key creates: a UUID of version 8 (RFC 9562) over customer and key.
 * A guest's key must itself be a UUID, because whoever knows the key knows the cart.
 * @throws InputError for a guest's key that is no UUID
 */
export function cartIdFromKey(key: string, customerId: CustomerId | undefined, argument: string): CartId {
  if (customerId === undefined && !UUID.test(key)) {
    throw new InputError(argument, 'must be a UUID when the cart has no customer', key);
  }
  const hash = createHash('sha256')
    .update(`${customerId ?? 'guest'}\n${key}`)
    .digest();
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x80;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
