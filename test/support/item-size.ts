/** DynamoDB's rules for the size of an item, which may be at most 400 KB. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Bytes: 400 KB. */
export const MAX_ITEM_SIZE = 400 * 1024;

/**
 * Bytes, by "DynamoDB item sizes and formats" in the developer guide: names and strings in UTF-8; a number one byte
 * for each two significant digits and one more, here two in favour of larger; a list or map three bytes, and one for
 * each element or pair.
 */
export function itemSize(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item), ([name, value]) => Buffer.byteLength(name) + valueSize(value));
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, '').length / 2) + 2;
  if (value.B !== undefined) return value.B.length;
  if (value.L !== undefined) return 3 + sum(value.L, (entry) => 1 + valueSize(entry));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  throw new Error(`No rule for ${JSON.stringify(value)}`);
}

function sum<Entry>(entries: readonly Entry[], sizeOf: (entry: Entry) => number): number {
  return entries.reduce((total, entry) => total + sizeOf(entry), 0);
}
