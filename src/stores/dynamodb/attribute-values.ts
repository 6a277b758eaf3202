/**
 * Values as DynamoDB's JSON has them, and back: what the document client makes of them with numbers wrapped, without its
 * steps in between. Binary is base64 here.
 */
import { convertToAttr } from '@aws-sdk/util-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { fromBase64 } from '@smithy/core/serde';

/** One value with its type, such as `{ S: 'text' }`. */
export type WireValue = object;

type Values = Readonly<Record<string, unknown>>;

/** The values of an item, a key or an expression. One that is undefined is left out. */
export function toWire(values: Values): Record<string, WireValue> {
  const wire: Record<string, WireValue> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) put(wire, name, wireValue(value));
  }
  return wire;
}

/** Under any name: assigned to, `__proto__` would be lost. */
function put(wire: Record<string, WireValue>, name: string, value: WireValue): void {
  if (name === '__proto__') Object.defineProperty(wire, name, { value, enumerable: true });
  else wire[name] = value;
}

/** @throws Error for what DynamoDB has no type for */
function wireValue(value: unknown): WireValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { N: String(value) };
  if (value === null) return { NULL: true };
  if (typeof value === 'object') return wireObject(value);
  return convertToAttr(value);
}

function wireObject(value: object): WireValue {
  if (value instanceof NumberValue) return { N: value.value };
  if (Array.isArray(value)) return { L: value.map(wireValue) };
  if (value instanceof Map) return { M: wireMap(value) };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (value instanceof Set) return wireSet(convertToAttr(value));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return { M: wireMap(Object.entries(value)) };
  // The document client takes some more for binary, and sends none of them whole.
  throw new Error(`Unsupported type passed: ${Object.prototype.toString.call(value)}`);
}

function wireMap(entries: Iterable<readonly [unknown, unknown]>): Record<string, WireValue> {
  const wire: Record<string, WireValue> = {};
  for (const [name, value] of entries) put(wire, String(name), wireValue(value));
  return wire;
}

function wireSet(set: { readonly BS?: readonly Uint8Array[] }): WireValue {
  return set.BS ? { BS: set.BS.map(base64) } : set;
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Makes the item of an answer one of values, in place: it is the answer's own. */
export function fromWire(item: Record<string, unknown>): Record<string, unknown> {
  for (const name in item) item[name] = nativeValue(item[name] as WireValue);
  return item;
}

/** @throws Error for a type that is none of DynamoDB's */
function nativeValue(wire: WireValue): unknown {
  for (const type in wire) {
    const value = (wire as Record<string, unknown>)[type];
    if (value !== null) return ofType(type, value as never);
  }
  throw new Error(`No value defined: ${JSON.stringify(wire)}`);
}

function ofType(type: string, value: never): unknown {
  switch (type) {
    case 'S':
      return value;
    case 'N':
      return NumberValue.from(value);
    case 'M':
      return fromWire(value);
    case 'L':
      return (value as WireValue[]).map(nativeValue);
    case 'BOOL':
      return Boolean(value);
    case 'NULL':
      return null;
    case 'B':
      return bytes(value);
    case 'SS':
      return new Set<string>(value);
    case 'NS':
      return new Set((value as string[]).map((text) => NumberValue.from(text)));
    case 'BS':
      return new Set((value as string[]).map(bytes));
    default:
      throw new Error(`Unsupported type passed: ${type}`);
  }
}

/** As the SDK reads it: it throws where a text is no base64. */
function bytes(text: string): Uint8Array {
  return fromBase64(text);
}
