/** How large a cart is, so that every cart fits into every database. */
import type { Attributes } from './attributes.ts';
import { refuseIfAny } from './cart-error.ts';
import type { Cart, CartItem } from './cart.ts';

/** Most bytes of a cart: three quarters of what an item of DynamoDB can have, which leaves room for fields to come. */
export const MAX_CART_BYTES = 300 * 1024;

/**
 * Bytes of a cart beside its items and texts: ids, times, totals, the names of attributes, the longest change log (896).
 * By DynamoDB's rules the exact figure is never more.
 */
const FRAME = 1600;
/**
 * Bytes of an item beside its texts: a map (3) in a list (1), five entries (1 each), the names product_id, product_name,
 * product_price, quantity and attributes (53), a price and a quantity (14 at most), a map of attributes (3).
 */
const ITEM_FRAME = 79;

/**
 * Bytes of a cart by DynamoDB's rules for the size of an item: names and text in UTF-8, numbers half a byte for each digit and one
 * more, three for a list or a map and one for each of its entries. Fixed parts are counted at their largest, so that the size does
 * not depend on what a cart has been through. Source: "DynamoDB item sizes and formats" in Amazon's developer guide.
 */
export function cartBytes({ customerId = '', items, note = '', attributes, unknown }: Cart): number {
  let bytes =
    FRAME + customerId.length + Buffer.byteLength(note) + attributesBytes(attributes) + unknownBytes(unknown);
  for (const item of items) bytes += itemBytes(item);
  return bytes;
}

function itemBytes({ productId, productName, attributes, unknown }: CartItem): number {
  return (
    ITEM_FRAME +
    productId.length +
    Buffer.byteLength(productName) +
    attributesBytes(attributes) +
    unknownBytes(unknown)
  );
}

function attributesBytes(attributes: Attributes | undefined): number {
  let bytes = 0;
  for (const { key, value } of attributes ?? [])
    bytes += 1 + Buffer.byteLength(key) + Buffer.byteLength(value);
  return bytes;
}

/** What a store has kept of a record: text, numbers as objects of the driver's, bytes, lists, sets and maps of these; else a boolean or null. */
function unknownBytes(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Map) return entriesBytes(value);
  if (Array.isArray(value) || value instanceof Set)
    return entriesBytes(Array.from<unknown, unknown[]>(value, (entry) => [entry]));
  if (typeof value === 'object' && value !== null) return unknownBytes(new Map(Object.entries(value)));
  return 1;
}

/** Three bytes, and for each entry one beside its parts. */
function entriesBytes(entries: Iterable<readonly unknown[]>): number {
  let bytes = 3;
  for (const parts of entries) bytes += parts.reduce<number>((sum, part) => sum + unknownBytes(part), 1);
  return bytes;
}

/**
 * @param before the cart as it was; one that is too large already may become smaller
 * @param field where errors point
 * @throws CartError CART_SIZE_EXCEEDED
 */
export function checkCartSize(before: Cart, after: Cart, field: string): void {
  const bytes = cartBytes(after);
  if (bytes <= MAX_CART_BYTES || bytes <= cartBytes(before)) return;
  const message = `The cart would have ${bytes} bytes, and may have ${MAX_CART_BYTES}.`;
  refuseIfAny([{ code: 'CART_SIZE_EXCEEDED', limit: MAX_CART_BYTES, message, field: [field] }]);
}
