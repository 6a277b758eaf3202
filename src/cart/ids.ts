/** Identifiers, and how they are read from text. */
import { createHash } from 'node:crypto';
import { checkWellFormed } from './input-checks.ts';
import { InputError } from './input-error.ts';

/** A lower-case UUID, made by the service. */
export type CartId = string;
/** 1 to {@link LONGEST_ID} visible ASCII characters. A {@link numberOf} is its only text: "007" and "7" are two customers. */
export type CustomerId = string;
/** As {@link CustomerId}, without `~`, which stands between product and attributes in an item's key. */
export type ProductId = string;

/** Characters in the longest customer or product id. */
export const LONGEST_ID = 128;

/** The largest id that is a number in REST and in the databases: the largest that every JSON number tells apart. */
export const MAX_NUMBER_ID = Number.MAX_SAFE_INTEGER;

/** Characters in the longest idempotency key. */
export const MAX_IDEMPOTENCY_KEY = 255;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CANONICAL_NUMBER = /^[1-9]\d{0,15}$/;
const NOT_POSITIVE = /^(?:0|-\d+)$/;
const VISIBLE = /^[!-~]+$/;
const VISIBLE_WITHOUT_TILDE = /^[!-}]+$/;

/** Accepts a UUID in either case and folds it to lower case. @throws InputError */
export function parseCartId(text: string, argument: string): CartId {
  if (!UUID.test(text)) throw new InputError(argument, 'must be a UUID', text);
  return text.toLowerCase();
}

/** @throws InputError */
export function parseCustomerId(text: string, argument: string): CustomerId {
  if (text.length > LONGEST_ID || !VISIBLE.test(text)) {
    throw new InputError(argument, `must have 1 to ${LONGEST_ID} visible ASCII characters`, text);
  }
  return positive(text, argument);
}

/** @throws InputError */
export function parseProductId(text: string, argument: string): ProductId {
  if (text.length > LONGEST_ID || !VISIBLE_WITHOUT_TILDE.test(text)) {
    throw new InputError(argument, `must have 1 to ${LONGEST_ID} visible ASCII characters without ~`, text);
  }
  return positive(text, argument);
}

function positive(text: string, argument: string): string {
  if (NOT_POSITIVE.test(text))
    throw new InputError(argument, 'must be at least 1 where it is a number', text);
  return text;
}

/** The number that an id is: a whole one from 1 to {@link MAX_NUMBER_ID} in its shortest form; undefined for any other text. */
export function numberOf(id: CustomerId): number | undefined {
  if (!CANONICAL_NUMBER.test(id)) return undefined;
  const number = Number(id);
  return number <= MAX_NUMBER_ID ? number : undefined;
}

/** An id as REST, the databases and fingerprints have it: a number where it is one, else its text. */
export function plainId(id: CustomerId): number | string {
  return numberOf(id) ?? id;
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
  return uuidOf(`${taggedCustomer(customerId)}\n${key}`);
}

/** A customer, or a guest, as a word that is nobody else's: numbers as they are, text with a tag. */
export function taggedCustomer(id: CustomerId | undefined): string {
  if (id === undefined) return 'guest';
  return numberOf(id) === undefined ? `text:${id}` : id;
}

/** A UUID of version 8 (RFC 9562) that follows from a text: of its SHA-256 the first 122 bits that the version leaves. */
export function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest();
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x80;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Whether an id was drawn by chance, so that nobody but who drew it makes a cart of it: version 4. What follows from a key or from a
 * customer has version 8.
 */
export function isRandomId(id: CartId): boolean {
  return id.charAt(14) === '4';
}
