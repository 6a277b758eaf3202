/** DynamoDB's rules for the size of an item, which may be at most 400 KB. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Bytes: 400 KB. */
export const MAX_ITEM_SIZE = 400 * 1024;

/**
 * Bytes, by "DynamoDB item sizes and formats" in the developer guide: names and strings in UTF-8; a number one byte
 * for each two significant digits and one more; a list or map three bytes, and one for each element or pair; a set is counted
 * like a list.
 */
export function itemSize(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item), ([name, value]) => Buffer.byteLength(name) + valueSize(value));
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  // On the wire it is text.
  if (value.B !== undefined) return Buffer.from(value.B as unknown as string, 'base64').length;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return 3 + sum(value.L, (entry) => 1 + valueSize(entry));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.SS !== undefined) return 3 + sum(value.SS, (S) => 1 + valueSize({ S }));
  if (value.NS !== undefined) return 3 + sum(value.NS, (N) => 1 + valueSize({ N }));
  if (value.BS !== undefined) return 3 + sum(value.BS, (B) => 1 + valueSize({ B }));
  throw new Error(`No rule for ${JSON.stringify(value)}`);
}

/** Digits go in pairs to both sides of the decimal point; pairs of zeros at the ends do not count, a sign does. */
function numberSize(text: string): number {
  const [, sign = '', units = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const even = (digits: string) => digits.length % 2 === 1;
  const digits = `${even(units) ? '0' : ''}${units}${fraction}${even(fraction) ? '0' : ''}`;
  const pairs = digits.replace(/^(00)+/, '').replace(/(00)+$/, '').length / 2;
  return 1 + pairs + sign.length;
}

function sum<Entry>(entries: readonly Entry[], sizeOf: (entry: Entry) => number): number {
  return entries.reduce((total, entry) => total + sizeOf(entry), 0);
}
