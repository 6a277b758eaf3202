/**
 * A cart as the item of DynamoDB, and back.
 *
 * Versions of the service work side by side during a deployment, so the shape changes by additions only: a reader does
 * without every attribute that version 1 lacks, and ignores those it does not know. They are lost at its next write,
 * so they must be such that the cart is right without them. `schema_version` says what wrote an item last; no reader
 * refuses one for it.
 */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { itemCount, totalAmount, type Cart, type CartItem, type CartStatus } from '../../cart/cart.ts';
import { emptyChangeLog } from '../../cart/change-log.ts';
import type { CartPosition } from '../../cart/page.ts';
import { formatAmount } from '../../cart/money.ts';
import {
  hasAttribute,
  readAmount,
  readBytes,
  readCount,
  readInstant,
  readMaps,
  readText,
  unreadable,
  type DynamoDBRecord,
  type Source,
} from './record-reader.ts';

/** The version of the shape that {@link cartToRecord} writes. */
export const SCHEMA_VERSION = 1;

/** Attribute names and types of the table, for clients that read it directly. Numbers are N, strings S. */
export interface CartRecord {
  readonly cart_id: string;
  /** Absent for guests and tombstones, which keeps them out of the index. */
  readonly customer_id?: number;
  /** Present with `customer_id`: the index's sort key, `<created_at>#<cart_id>`. */
  readonly created_at_cart_id?: string;
  readonly status: CartStatus;
  readonly currency: string;
  readonly version: number;
  /** L of M. */
  readonly items: readonly CartItemRecord[];
  /** The sum of the quantities. */
  readonly item_count: number;
  /** A decimal: 59.98. */
  readonly total_amount: NumberValue;
  /** ISO 8601 in UTC with milliseconds, like `updated_at`. */
  readonly created_at: string;
  readonly updated_at: string;
  /** Epoch seconds; absent once checked out. */
  readonly expiration_time?: number;
  readonly order_id?: string;
  readonly merged_into_cart_id?: string;
  /** B: the last changes, see change-log.ts; absent when there are none. */
  readonly changes?: Uint8Array;
  readonly schema_version: number;
}

export interface CartItemRecord {
  readonly product_id: number;
  readonly quantity: number;
  readonly product_name: string;
  /** A decimal: 29.99. */
  readonly product_price: NumberValue;
}

export function cartToRecord(cart: Cart): CartRecord {
  const { id, customerId, expiresAt, orderId, mergedIntoCartId, changes } = cart;
  return {
    cart_id: id,
    ...(customerId !== undefined && { customer_id: customerId, created_at_cart_id: indexKey(cart) }),
    status: cart.status,
    currency: cart.currency,
    version: cart.version,
    items: cart.items.map(itemToRecord),
    item_count: itemCount(cart),
    total_amount: decimal(totalAmount(cart).amount),
    created_at: isoTime(cart.createdAt),
    updated_at: isoTime(cart.updatedAt),
    ...(expiresAt !== undefined && { expiration_time: expiresAt / 1000 }),
    ...(orderId !== undefined && { order_id: orderId }),
    ...(mergedIntoCartId !== undefined && { merged_into_cart_id: mergedIntoCartId }),
    ...(changes.length > 0 && { changes }),
    schema_version: SCHEMA_VERSION,
  };
}

/** @throws UnreadableItem */
export function cartFromRecord(record: DynamoDBRecord): Cart {
  const source = { record, what: `The cart ${String(record['cart_id'])}` };
  const has = (name: string) => hasAttribute(source, name);
  return {
    id: readText(source, 'cart_id'),
    ...(has('customer_id') && { customerId: readCount(source, 'customer_id') }),
    status: readStatus(source),
    currency: readText(source, 'currency'),
    items: readMaps(source, 'items').map(itemFromSource),
    version: readCount(source, 'version'),
    createdAt: readInstant(source, 'created_at'),
    updatedAt: readInstant(source, 'updated_at'),
    ...(has('expiration_time') && { expiresAt: readCount(source, 'expiration_time') * 1000 }),
    ...(has('order_id') && { orderId: readText(source, 'order_id') }),
    ...(has('merged_into_cart_id') && { mergedIntoCartId: readText(source, 'merged_into_cart_id') }),
    changes: has('changes') ? readBytes(source, 'changes') : emptyChangeLog,
  };
}

/** The sort key of the customer index: its order is that of the time of creation, then of the id. */
export function indexKey({ createdAt, id }: CartPosition): string {
  return `${isoTime(createdAt)}#${id}`;
}

/** ISO 8601 in UTC with milliseconds. */
export function isoTime(timestamp: number): string {
  return new Date(timestamp).toISOString();
}

/** Minor units as DynamoDB's exact decimal: 2999 → 29.99. */
export function decimal(amount: number): NumberValue {
  return NumberValue.from(formatAmount(amount));
}

function itemToRecord(item: CartItem): CartItemRecord {
  return {
    product_id: item.productId,
    quantity: item.quantity,
    product_name: item.productName,
    product_price: decimal(item.unitPrice),
  };
}

function itemFromSource(source: Source): CartItem {
  return {
    productId: readCount(source, 'product_id'),
    productName: readText(source, 'product_name'),
    unitPrice: readAmount(source, 'product_price'),
    quantity: readCount(source, 'quantity'),
  };
}

const statuses: readonly CartStatus[] = ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'];

function readStatus(source: Source): CartStatus {
  const text = readText(source, 'status');
  const status = statuses.find((known) => known === text);
  if (!status) throw unreadable(source, 'status', `one of ${statuses.join(', ')}`);
  return status;
}
