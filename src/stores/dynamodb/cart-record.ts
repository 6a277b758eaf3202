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
import { createRecordReader, type DynamoDBRecord, type RecordReader } from './record-reader.ts';

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
  const read = createRecordReader(record, `The cart ${String(record['cart_id'])}`);
  return {
    id: read.text('cart_id'),
    ...(read.has('customer_id') && { customerId: read.count('customer_id') }),
    status: readStatus(read),
    currency: read.text('currency'),
    items: read.maps('items').map(itemFromReader),
    version: read.count('version'),
    createdAt: read.instant('created_at'),
    updatedAt: read.instant('updated_at'),
    ...(read.has('expiration_time') && { expiresAt: read.count('expiration_time') * 1000 }),
    ...(read.has('order_id') && { orderId: read.text('order_id') }),
    ...(read.has('merged_into_cart_id') && { mergedIntoCartId: read.text('merged_into_cart_id') }),
    changes: read.has('changes') ? read.bytes('changes') : emptyChangeLog,
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

function itemFromReader(read: RecordReader): CartItem {
  return {
    productId: read.count('product_id'),
    productName: read.text('product_name'),
    unitPrice: read.amount('product_price'),
    quantity: read.count('quantity'),
  };
}

const statuses: readonly CartStatus[] = ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'];

function readStatus(read: RecordReader): CartStatus {
  const text = read.text('status');
  return statuses.find((status) => status === text) ?? read.fail('status', `one of ${statuses.join(', ')}`);
}
