/**
 * The size DynamoDB bills for an item, from its wire form ({"S": …}, {"N": …}). Rules as documented under
 * "DynamoDB item sizes and formats": UTF-8 length of names and strings; a number takes one byte per two significant
 * digits plus one (one more when negative); binary its raw length; null and boolean one byte; a list or map three
 * bytes, plus one for each element.
 */

export type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly L: readonly WireValue[] }
  | { readonly M: WireItem };
export type WireItem = Readonly<Record<string, WireValue>>;

const utf8Bytes = (text: string) => Buffer.byteLength(text, 'utf8');

function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

function valueBytes(value: WireValue): number {
  if ('S' in value) return utf8Bytes(value.S);
  if ('N' in value) return numberBytes(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.reduce((sum, element) => sum + valueBytes(element) + 1, 3);
  if ('M' in value) return Object.keys(value.M).length + itemBytes(value.M) + 3;
  return 1;
}

/** Bytes of an item (or of a map's content): names and values. */
export function itemBytes(item: WireItem): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8Bytes(name) + valueBytes(value), 0);
}
