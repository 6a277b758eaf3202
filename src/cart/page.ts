/** Keyset pages: a page starts after the position of a known entry, so entries added meanwhile shift nothing. */
import type { Cart, CartStatus, Timestamp } from './cart.ts';
import { numberOf, parseCartId, parseProductId, type CartId, type ProductId } from './ids.ts';
import { InputError } from './input-error.ts';

/** Most entries in one page, and most ids in one batch. */
export const MAX_PAGE = 100;

export interface PageRequest<Position> {
  /** 1 to {@link MAX_PAGE}. */
  readonly first: number;
  /** Only entries behind this one. */
  readonly after?: Position;
}

export interface Page<Entry, Position = CartPosition> {
  readonly entries: readonly Entry[];
  readonly hasNextPage: boolean;
  /**
   * Where the next page begins when that is not the last entry: a store may give up on a page early, having looked at
   * entries that it did not return, or leave out some that cannot be read.
   */
  readonly resumeAfter?: Position;
}

/** The end of the year 9999: times up to here have ISO 8601 texts that sort as the times do, in every store. */
export const LATEST: Timestamp = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Carts are listed newest first; those of one millisecond by descending id. */
export interface CartPosition {
  readonly createdAt: Timestamp;
  readonly id: CartId;
}

/** A page of one customer's carts. */
export interface CartPageRequest extends PageRequest<CartPosition> {
  readonly status?: CartStatus;
}

/** @throws InputError unless `first` is from 1 to {@link MAX_PAGE} */
export function checkPageSize(first: number, argument: string): number {
  if (!(Number.isInteger(first) && first >= 1 && first <= MAX_PAGE)) {
    throw new InputError(argument, `must be from 1 to ${MAX_PAGE}`, first);
  }
  return first;
}

export function cartCursor(position: Pick<Cart, 'createdAt' | 'id'>): string {
  return encode(`cart:${position.createdAt}:${position.id}`);
}

/** @throws InputError for text that {@link cartCursor} did not make */
export function parseCartCursor(cursor: string, argument: string): CartPosition {
  const [, createdAt = '', id = ''] = decode(cursor, /^cart:(\d{1,15}):(.{36})$/, argument);
  const position = {
    createdAt: Number(createdAt),
    id: malformedAsCursor(() => parseCartId(id, argument), cursor, argument),
  };
  // Leading zeros and upper case would be second names of one position.
  if (position.createdAt > LATEST || cartCursor(position) !== cursor) throw malformed(cursor, argument);
  return position;
}

export function productCursor(id: ProductId): string {
  return encode(`${numberOf(id) === undefined ? TEXT_PRODUCT : NUMBERED_PRODUCT}:${id}`);
}

const NUMBERED_PRODUCT = 'product';
const TEXT_PRODUCT = 'text-product';

/** @throws InputError for text that {@link productCursor} did not make */
export function parseProductCursor(cursor: string, argument: string): ProductId {
  const [, text = ''] = decode(cursor, /^(?:text-)?product:(.+)$/, argument);
  const id = malformedAsCursor(() => parseProductId(text, argument), cursor, argument);
  if (productCursor(id) !== cursor) throw malformed(cursor, argument);
  return id;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decode(cursor: string, pattern: RegExp, argument: string): RegExpExecArray {
  const text = Buffer.from(cursor, 'base64url').toString();
  const match = pattern.exec(text);
  if (!match || encode(text) !== cursor) throw malformed(cursor, argument);
  return match;
}

function malformedAsCursor<T>(parse: () => T, cursor: string, argument: string): T {
  try {
    return parse();
  } catch {
    throw malformed(cursor, argument);
  }
}

function malformed(cursor: string, argument: string): InputError {
  return new InputError(argument, 'must be a cursor that an earlier page returned', cursor);
}
