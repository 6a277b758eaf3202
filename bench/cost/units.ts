/** Request units by DynamoDB's rules, and those of the service's operations by the formula. */
import { itemSize } from '../../test/support/item-size.ts';

export type ReadKind = 'eventual' | 'strong' | 'transactional';
const READ_FACTOR: Record<ReadKind, number> = { eventual: 0.5, strong: 1, transactional: 2 };

/** Of one GetItem, of one item of a BatchGetItem, or of one page of a Query (bytes summed up): steps of 4 KB, at least one. */
export const readUnits = (bytes: number, kind: ReadKind): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * READ_FACTOR[kind];

/** Of the table for one put: steps of 1 KB, at least one; a transaction doubles them. */
export const writeUnits = (bytes: number, kind: 'standard' | 'transactional' = 'standard'): number =>
  Math.max(1, Math.ceil(bytes / 1024)) * (kind === 'transactional' ? 2 : 1);

/**
 * Of an index with projection ALL whose key attributes did not change: one write of the larger one of the old and the new
 * entry. An item without the index's key (undefined) costs nothing there.
 */
export const indexWriteUnits = (before: number | undefined, after: number | undefined): number =>
  before === undefined && after === undefined ? 0 : writeUnits(Math.max(before ?? 0, after ?? 0));

export interface RequestUnits {
  readonly read: number;
  readonly write: number;
}
export const OPERATIONS = ['create', 'get', 'add', 'update', 'history'] as const;
export type Operation = (typeof OPERATIONS)[number];
export type OperationUnits = Readonly<Record<Operation, RequestUnits>>;

const NAMED_PRODUCT = {
  product_id: { N: '101' },
  quantity: { N: '2' },
  product_name: { S: 'Product name of 24 chars' },
  product_price: { N: '129.99' },
};

/** A cart as the service stores it, with names of typical length: the formula's stand-in for real data. */
function typicalCart(items: number, changes: number) {
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const time = '2026-01-19T22:00:00.000Z';
  return {
    cart_id: { S: id },
    customer_id: { N: '12345' },
    created_at_cart_id: { S: `${time}#${id}` },
    items: { L: new Array<{ M: typeof NAMED_PRODUCT }>(items).fill({ M: NAMED_PRODUCT }) },
    item_count: { N: String(items * 2) },
    total_amount: { N: '2599.80' },
    created_at: { S: time },
    updated_at: { S: time },
    expiration_time: { N: '1769464800' },
    status: { S: 'ACTIVE' },
    version: { N: '12' },
    currency: { S: 'USD' },
    // 16-byte hash, 8-byte fingerprint, version.
    changes: { B: Buffer.alloc(changes * 28) },
    schema_version: { N: '1' },
  };
}

/** Bytes of that cart with half of the 32 changes that it remembers. */
export const typicalCartBytes = (items: number): number => itemSize(typicalCart(items, 16));

/** The carts and the history that costs are worked out for, unless asked otherwise; the measurement has the same. */
export const PRICED_SHAPE = { items: 10, historyCarts: 20 } as const;
/** Of the catalogue's entries as the sample catalogue has them; far below one 4 KB step either way. */
const PRODUCT_BYTES = 250;

/**
 * Units per operation. A change is one consistent GetItem, one read of the products it names, and one conditional PutItem,
 * which the index repeats. What a run measured (ReturnConsumedCapacity) replaces these figures when it is at hand.
 * @param bytes of a cart; empty: of a new one; page: of all carts that a history reads
 * @param reads consistency of queries; changes always read consistently, the index only eventually
 */
export function unitsOfBytes(
  bytes: number,
  empty: number,
  page: number,
  reads: 'eventual' | 'strong',
): OperationUnits {
  const update = {
    read: readUnits(bytes, 'strong'),
    write: writeUnits(bytes) + indexWriteUnits(bytes, bytes),
  };
  return {
    create: { read: 0, write: writeUnits(empty) + indexWriteUnits(undefined, empty) },
    get: { read: readUnits(bytes, reads), write: 0 },
    add: { ...update, read: update.read + readUnits(PRODUCT_BYTES, 'eventual') },
    update,
    history: { read: readUnits(page, 'eventual'), write: 0 },
  };
}

/** The same for carts of typical size. @param items in each cart */
export function unitsByFormula(items: number, historyCarts: number, reads: 'eventual' | 'strong') {
  const bytes = typicalCartBytes(items);
  return unitsOfBytes(bytes, itemSize(typicalCart(0, 1)), historyCarts * bytes, reads);
}

/** A merge of two carts of this size: both are read, and written in a transaction. */
export const mergeUnits = (bytes: number): RequestUnits => ({
  read: 2 * readUnits(bytes, 'strong'),
  write: 2 * (writeUnits(bytes, 'transactional') + indexWriteUnits(bytes, bytes)),
});
