/** Carts as rows: what is read, what is written, and what of the items has to be. */
import { MAX_QUANTITY, type Cart, type CartItem, type CartStatus } from '../../cart/cart.ts';
import { MAX_PRICE } from '../../cart/money.ts';
import { UnreadableCart } from '../unreadable-record.ts';
import type { ProductId } from '../../cart/ids.ts';

/** A cart with its items as the statements return it. Times are milliseconds since the epoch. */
export interface CartRow {
  cart_id: string;
  customer_id: number | null;
  status: CartStatus;
  currency: string;
  version: number;
  created_at: number;
  updated_at: number;
  expires_at: number | null;
  order_id: string | null;
  merged_into_cart_id: string | null;
  changes: Uint8Array;
  /** Product, name, price and quantity; null for no items. */
  items: [number, string, number, number][] | null;
}

/** @throws UnreadableCart for a row that the checks of the tables would not let in */
export function toCart(row: CartRow): Cart {
  const fault = faultOf(row);
  if (fault !== undefined) throw new UnreadableCart(row.cart_id, row.customer_id, fault);
  const { customer_id, expires_at, order_id, merged_into_cart_id, changes } = row;
  return {
    id: row.cart_id,
    ...(customer_id !== null && { customerId: customer_id }),
    status: row.status,
    currency: row.currency,
    items: (row.items ?? []).map(([productId, productName, unitPrice, quantity]) => ({
      productId,
      productName,
      unitPrice,
      quantity,
    })),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(expires_at !== null && { expiresAt: expires_at }),
    ...(order_id !== null && { orderId: order_id }),
    ...(merged_into_cart_id !== null && { mergedIntoCartId: merged_into_cart_id }),
    changes: new Uint8Array(changes.buffer, changes.byteOffset, changes.byteLength),
  };
}

const STATUSES = new Set<unknown>(['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED']);
const CURRENCY = /^[A-Z]{3}$/;
const isWithin = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** The column that is not what it must be: the types say what the tables' checks hold, and checks can be taken away. */
function faultOf(row: CartRow): string | undefined {
  if (!STATUSES.has(row.status)) return 'status';
  if (!CURRENCY.test(row.currency)) return 'currency';
  if (!isWithin(row.version, 1, Infinity)) return 'version';
  if (!Number.isFinite(row.created_at)) return 'created_at';
  if (!Number.isFinite(row.updated_at)) return 'updated_at';
  if (row.expires_at !== null && !Number.isFinite(row.expires_at)) return 'expires_at';
  if (!(row.changes as Uint8Array | null) || row.changes.byteLength % 28 !== 0) return 'changes';
  for (const [productId, name, unitPrice, quantity] of row.items ?? []) {
    if (!isWithin(productId, 1, Infinity)) return 'product_id of an item';
    if (typeof (name as unknown) !== 'string') return `product_name of product ${productId}`;
    if (!isWithin(unitPrice, 0, MAX_PRICE)) return `unit_price of product ${productId}`;
    if (!isWithin(quantity, 1, MAX_QUANTITY)) return `quantity of product ${productId}`;
  }
  return undefined;
}

/** Items to write, column by column. */
export interface ItemColumns {
  readonly productIds: readonly ProductId[];
  /** {@link KEPT}, or greater than that of any item of an earlier version. */
  readonly positions: readonly number[];
  readonly productNames: readonly string[];
  readonly unitPrices: readonly number[];
  readonly quantities: readonly number[];
}

/** More than the most items of a cart, 500. */
const POSITIONS_PER_VERSION = 512;
/** Less than any position, which begin with those of version 1: the item stays where it is. */
const KEPT = 0;

/**
 * The items of `after` that are new, changed or out of their old order. A commit of several changes can take an item
 * out and append it again: that one, and whatever comes after it or after a new one, gets a new position.
 */
export function changedItems(before: readonly CartItem[], after: Cart): ItemColumns {
  const places = new Map(before.map((item, place) => [item.productId, place]));
  let last = -1;
  const changed = after.items.flatMap((item, index) => {
    const place = places.get(item.productId) ?? Infinity;
    const moved = place === Infinity || place < last;
    last = moved ? Infinity : place;
    if (!moved && isSame(before[place], item)) return [];
    return [{ item, position: moved ? after.version * POSITIONS_PER_VERSION + index : KEPT }];
  });
  return {
    productIds: changed.map(({ item }) => item.productId),
    positions: changed.map(({ position }) => position),
    productNames: changed.map(({ item }) => item.productName),
    unitPrices: changed.map(({ item }) => item.unitPrice),
    quantities: changed.map(({ item }) => item.quantity),
  };
}

/** The products that `before` has and `after` has not. */
export function removedProducts(before: readonly CartItem[], after: Cart): ProductId[] {
  const kept = new Set(after.items.map((item) => item.productId));
  return before.map((item) => item.productId).filter((id) => !kept.has(id));
}

function isSame(a: CartItem | undefined, b: CartItem): boolean {
  return (
    a === b || (a?.quantity === b.quantity && a.productName === b.productName && a.unitPrice === b.unitPrice)
  );
}
