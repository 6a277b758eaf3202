/**
 * Reading the attributes of an item that anybody may have written: each is what it must be, or a clear error. Plain
 * functions rather than an object for each map, of which a large cart has 500.
 */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { parseAmount } from '../../cart/money.ts';

/** An item, or a map inside one, as the client returns it: every number a NumberValue. */
export type DynamoDBRecord = Readonly<Record<string, unknown>>;

/** A record, and how errors speak of it. */
export interface Source {
  readonly record: DynamoDBRecord;
  /** The item in words: `The cart 0b2c…` */
  readonly what: string;
  /** Where the map stands in the item, for one inside: `items[3].` */
  readonly path?: string;
}

/** An item that is not what this version, or any it knows of, writes. The item is left as it is. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
}

/** The error for an attribute that is not `expectation`. */
export function unreadable({ record, what, path = '' }: Source, name: string, expectation: string) {
  const value = record[name];
  const given = value === undefined ? 'is absent' : `was ${describe(value)}`;
  return new UnreadableItem(`${what} cannot be read: ${path}${name} must be ${expectation}, but ${given}`);
}

/** @throws UnreadableItem, like all functions below */
export function readText(source: Source, name: string): string {
  const value = source.record[name];
  if (typeof value !== 'string') throw unreadable(source, name, 'a string');
  return value;
}

/** A whole number from 0 on. */
export function readCount(source: Source, name: string): number {
  const value = source.record[name];
  const count = value instanceof NumberValue ? Number(value.toString()) : NaN;
  if (!Number.isSafeInteger(count) || count < 0) throw unreadable(source, name, 'a whole number from 0 on');
  return count;
}

/** A decimal from 0 on, in minor units. */
export function readAmount(source: Source, name: string): number {
  const value = source.record[name];
  const amount = value instanceof NumberValue ? amountOf(value.toString()) : undefined;
  if (amount === undefined || amount < 0) {
    throw unreadable(source, name, 'a number from 0 on with at most two fraction digits');
  }
  return amount;
}

/** ISO 8601 as milliseconds since the Unix epoch. */
export function readInstant(source: Source, name: string): number {
  const value = source.record[name];
  const instant = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(instant)) throw unreadable(source, name, 'a date and time of ISO 8601');
  return instant;
}

export function readBytes(source: Source, name: string): Uint8Array {
  const value = source.record[name];
  if (!(value instanceof Uint8Array)) throw unreadable(source, name, 'binary');
  return value;
}

/** A list of maps. */
export function readMaps(source: Source, name: string): Source[] {
  const { record, what, path = '' } = source;
  const value = record[name];
  if (!Array.isArray(value)) throw unreadable(source, name, 'a list');
  return value.map((entry: unknown, index) => {
    if (!isRecord(entry)) throw unreadable(source, name, 'a list of maps');
    return { record: entry, what, path: `${path}${name}[${index}].` };
  });
}

function amountOf(text: string): number | undefined {
  try {
    return parseAmount(text, 'amount');
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is DynamoDBRecord {
  return typeof value === 'object' && value !== null && !(value instanceof NumberValue);
}

function describe(value: unknown): string {
  if (value instanceof NumberValue) return `the number ${value.toString()}`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (value instanceof Uint8Array) return 'binary';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `of type ${typeof value}`;
}
