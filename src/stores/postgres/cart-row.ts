/** Carts as they are read: rows of the statements. */
import type { Cart, CartItem } from '../../cart/cart.ts';
import { UnreadableCart } from '../unreadable-record.ts';
import {
  cartColumns,
  columnsOf,
  isValid,
  isVersionOf,
  itemColumns,
  type Column,
  type RowOf,
} from './columns.ts';
import { readAttributes } from './read-attributes.ts';

/** What every item has, in the order of the columns; behind that, where it has any of it, what it may have. */
export type ItemEntry = readonly [
  productId: string,
  productName: string,
  unitPrice: number,
  quantity: number,
  ...optional: unknown[],
];

/** A cart with its items as the statements return it. Times are milliseconds since the epoch. */
export type CartRow = RowOf<typeof cartColumns, Required<Cart>> & {
  /** Null for no items. */
  readonly items: readonly ItemEntry[] | null;
};

const ofCart = columnsOf(cartColumns);
const ofItem = columnsOf(itemColumns);
const requiredOfItem = ofItem.filter(({ optional }) => !optional);
const optionalOfItem = ofItem.flatMap((column, at) => (column.optional ? [{ ...column, at }] : []));

/** @throws UnreadableCart for a row that the checks of the tables would not let in */
export function toCart(row: CartRow): Cart {
  const values: Readonly<Record<string, unknown>> = row;
  const cart: Record<string, unknown> = {};
  for (const column of ofCart) {
    const value = values[column.name];
    if (value === null && column.optional) continue;
    const read = readValue(column, value, 'cart');
    if (read === undefined) throw new UnreadableCart(row.cart_id, row.customer_id, column.name);
    cart[column.field] = read;
  }
  if (!isVersionOf(row.status, row.version))
    throw new UnreadableCart(row.cart_id, row.customer_id, 'version');
  cart['items'] = row.items?.map((entry) => toItem(entry, row)) ?? [];
  return cart as unknown as Cart;
}

/** A value that is not null as the program has it; undefined for one that breaks the rules. */
function readValue(column: Column, value: unknown, owner: 'cart' | 'item'): unknown {
  if (!isValid(column, value)) return undefined;
  if (column.kind === 'attributes') return readAttributes(value, owner);
  return column.kind === 'bytes' ? plainBytes(value as Uint8Array) : value;
}

/**
 * What every item has is set by a literal, and not field by field like a cart's: there are up to 500 of them, and it takes a
 * fourth of the time. An item without one of these fields does not compile.
 */
function toItem(entry: ItemEntry, row: CartRow): CartItem {
  for (let at = 0; at < requiredOfItem.length; at += 1) checkEntry(entry, at, row);
  const [productId, productName, unitPrice, quantity] = entry;
  const item: CartItem = { productId, productName, unitPrice, quantity };
  return entry.length === requiredOfItem.length ? item : { ...item, ...readOptional(entry, row) };
}

function checkEntry(entry: ItemEntry, at: number, row: CartRow): void {
  const column = requiredOfItem[at] as (typeof requiredOfItem)[number];
  if (!isValid(column, entry[at])) throw unreadable(entry, column, row);
}

function readOptional(entry: ItemEntry, row: CartRow): Partial<CartItem> {
  const fields: Record<string, unknown> = {};
  for (const column of optionalOfItem) {
    if (entry[column.at] === null) continue;
    const read = readValue(column, entry[column.at], 'item');
    if (read === undefined) throw unreadable(entry, column, row);
    fields[column.field] = read;
  }
  return fields;
}

function unreadable([productId]: ItemEntry, { field, name }: Column, row: CartRow): UnreadableCart {
  const whose = field === 'productId' ? 'an item' : `product ${productId}`;
  return new UnreadableCart(row.cart_id, row.customer_id, `${name} of ${whose}`);
}

/** Without the driver's Buffer around them. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
