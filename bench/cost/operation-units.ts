/**
 * Request units of the service's operations, by the formula. A change is one consistent GetItem, one read of the
 * products it names, and one conditional PutItem, which the index repeats. What a run measured (ReturnConsumedCapacity)
 * replaces these figures when it is at hand.
 */
import { itemBytes, type WireItem } from './item-size.ts';
import { indexWriteUnits, readUnits, writeUnits, type ReadKind } from './request-units.ts';

export interface RequestUnits {
  readonly read: number;
  readonly write: number;
}

export const OPERATIONS = ['create', 'get', 'add', 'update', 'history'] as const;
export type Operation = (typeof OPERATIONS)[number];
export type OperationUnits = Readonly<Record<Operation, RequestUnits>>;

/** Bytes of a catalogue entry as the sample catalogue has them on average; far below one 4 KB step either way. */
const PRODUCT_BYTES = 250;
const PRODUCT_NAME = 'Product name of 24 chars';

/** A cart as the service stores it, with names of typical length: the formula's stand-in for real data. */
export function typicalCartItem(items: number): WireItem {
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const time = '2026-01-19T22:00:00.000Z';
  return {
    cart_id: { S: id },
    customer_id: { N: '12345' },
    created_at_cart_id: { S: `${time}#${id}` },
    items: {
      L: Array.from({ length: items }, (_, i) => ({
        M: {
          product_id: { N: String(101 + i) },
          quantity: { N: '2' },
          product_name: { S: PRODUCT_NAME },
          product_price: { N: '129.99' },
        },
      })),
    },
    item_count: { N: String(items * 2) },
    total_amount: { N: '2599.80' },
    created_at: { S: time },
    updated_at: { S: time },
    expiration_time: { N: '1769464800' },
    status: { S: 'ACTIVE' },
    version: { N: '12' },
    currency: { S: 'USD' },
    // Half of the 32 remembered changes: 16-byte hash, 8-byte fingerprint, version.
    changes: { B: Buffer.alloc(16 * 28).toString('base64') },
    schema_version: { N: '1' },
  };
}

/** The carts and the history that costs are worked out for, unless asked otherwise; the measurement has the same. */
export const PRICED_SHAPE = { items: 10, historyCarts: 20, historyItems: 10 } as const;

/** Bytes of that cart. */
export const typicalCartBytes = (items: number): number => itemBytes(typicalCartItem(items));

/**
 * Units per operation.
 * @param shape items: in the cart that is read or changed; historyCarts and historyItems: the page a history reads
 * @param reads consistency of queries; changes always read consistently, the index only eventually
 */
export function unitsByFormula(
  shape: { items: number; historyCarts: number; historyItems: number },
  reads: Exclude<ReadKind, 'transactional'>,
): OperationUnits {
  const bytes = typicalCartBytes(shape.items);
  const change: RequestUnits = {
    read: readUnits(bytes, 'strong'),
    write: writeUnits(bytes) + indexWriteUnits(bytes, bytes),
  };
  const empty = itemBytes({ ...typicalCartItem(0), changes: { B: Buffer.alloc(28).toString('base64') } });
  return {
    create: { read: 0, write: writeUnits(empty) + indexWriteUnits(undefined, empty) },
    get: { read: readUnits(bytes, reads), write: 0 },
    add: { read: change.read + readUnits(PRODUCT_BYTES, 'eventual'), write: change.write },
    update: change,
    history: {
      read: readUnits(shape.historyCarts * typicalCartBytes(shape.historyItems), 'eventual'),
      write: 0,
    },
  };
}
