/**
 * Reading the attributes of an item that anybody may have written: each is what it must be, or a clear error. Plain
 * functions rather than an object for each map, of which a large cart has 500.
 */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { fractionDigits, type CurrencyCode } from '../../cart/currencies.ts';
import { numberOf } from '../../cart/ids.ts';
import { InputError } from '../../cart/input-error.ts';
import { formatAmount, MAX_PRICE } from '../../cart/money.ts';
import { LATEST } from '../../cart/page.ts';
import { isoTime } from '../../cart/iso-time.ts';

/** An item, or a map inside one, as the client returns it: every number a NumberValue. */
export type DynamoDBRecord = Readonly<Record<string, unknown>>;

/** A record, and how errors speak of it. */
export interface Source {
  readonly record: DynamoDBRecord;
  /** The item in words: `The cart 0b2c…` */
  readonly what: string;
  /** That of its amounts. */
  readonly currency: CurrencyCode;
  /** Where the map stands in the list `items`, for one inside. */
  readonly at?: number;
}

/** An item that is not what this version, or any it knows of, writes. The item is left as it is. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
}

/** The error for an attribute that is not `expectation`. */
export function unreadable({ record, what, at }: Source, name: string, expectation: string) {
  const value = record[name];
  const given = value === undefined ? 'is absent' : `was ${describe(value)}`;
  const path = at === undefined ? name : `items[${at}].${name}`;
  return new UnreadableItem(`${what} cannot be read: ${path} must be ${expectation}, but ${given}`);
}

/** @throws UnreadableItem, like all functions below */
export function readText(source: Source, name: string): string {
  const value = source.record[name];
  if (typeof value !== 'string') throw unreadable(source, name, 'a string');
  return value;
}

/** A text that the rules take. @param check throws InputError for one that they do not */
export function readChecked(
  source: Source,
  name: string,
  check: (text: string, argument: string) => unknown,
): string {
  const text = readText(source, name);
  try {
    check(text, name);
  } catch (error) {
    throw asUnreadable(source, name, error);
  }
  return text;
}

/** What is wrong with an attribute, where a rule of carts or products says so. */
export function asUnreadable(source: Source, name: string, error: unknown): unknown {
  return error instanceof InputError
    ? unreadable(source, name, `within the limits (${error.message})`)
    : error;
}

/** A whole number from `least` to `most`. */
export function readWhole(source: Source, name: string, least: number, most: number): number {
  const value = source.record[name];
  const number = value instanceof NumberValue ? Number(value.value) : NaN;
  if (!(Number.isInteger(number) && number >= least && number <= most)) {
    throw unreadable(source, name, `a whole number from ${least} to ${most}`);
  }
  return number;
}

/** The id in a number: a whole one from 1 on that text has in one form only. */
export function readNumberId(source: Source, name: string): string {
  const value = source.record[name];
  const id = value instanceof NumberValue ? value.value : '';
  if (numberOf(id) === undefined) {
    throw unreadable(source, name, `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`);
  }
  return id;
}

/** The id in a text, which is none that a number has. */
export function readTextId(
  source: Source,
  name: string,
  parse: (text: string, argument: string) => string,
): string {
  const id = readChecked(source, name, parse);
  if (numberOf(id) !== undefined) throw unreadable(source, name, 'a number where it is one');
  return id;
}

/** Characters of the longest price as any database writes it: 1000000.00 with room to spare, and exact as a double. */
const LONGEST_PRICE = 12;

/**
 * A price in minor units, from a decimal. Of numbers so short a double holds the nearest of that many digits, and dividing whole
 * numbers gives the same double: so nothing is rounded away.
 */
export function readPrice(source: Source, name: string): number {
  const value = source.record[name];
  const text = value instanceof NumberValue ? value.value : '';
  const number = Number(text);
  const scale = 10 ** fractionDigits(source.currency);
  const price = Math.round(number * scale);
  const exact = price / scale === number && text !== '' && text.length <= LONGEST_PRICE;
  if (!exact || price < 0 || price > MAX_PRICE) {
    const { currency } = source;
    throw unreadable(source, name, `a price in ${currency}, from 0 to ${formatAmount(MAX_PRICE, currency)}`);
  }
  return price;
}

/** ISO 8601 in UTC with milliseconds, from 1970 to 9999, as milliseconds since the Unix epoch. */
export function readInstant(source: Source, name: string): number {
  const value = source.record[name];
  const instant = typeof value === 'string' ? Date.parse(value) : NaN;
  if (!(instant >= 0 && instant <= LATEST && isoTime(instant) === value)) {
    throw unreadable(source, name, 'a date and time of ISO 8601 such as 2026-01-19T22:15:00.123Z');
  }
  return instant;
}

export function readFlag(source: Source, name: string): boolean {
  const value = source.record[name];
  if (typeof value !== 'boolean') throw unreadable(source, name, 'true or false');
  return value;
}

export function readBytes(source: Source, name: string): Uint8Array {
  const value = source.record[name];
  if (!(value instanceof Uint8Array)) throw unreadable(source, name, 'binary');
  return value;
}

/** A list of at most `most` maps. */
export function readMaps({ what, currency, record }: Source, name: string, most: number): Source[] {
  const value = record[name];
  const source = { record, what, currency };
  if (!Array.isArray(value)) throw unreadable(source, name, 'a list');
  if (value.length > most) throw unreadable(source, name, `a list of at most ${most} maps`);
  return value.map((entry: unknown, at) => {
    if (!isMap(entry)) throw unreadable(source, name, 'a list of maps');
    return { record: entry, what, currency, at };
  });
}

/** A map of texts, as its entries. */
export function readTexts(source: Source, name: string): [name: string, text: string][] {
  const value = source.record[name];
  const entries = isMap(value) ? Object.entries(value) : undefined;
  if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw unreadable(source, name, 'a map of strings');
  }
  return entries;
}

/** Whether a value is a map of DynamoDB, which the client makes a plain object. */
export function isMap(value: unknown): value is DynamoDBRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof NumberValue || value instanceof Uint8Array || value instanceof Set) &&
    !Array.isArray(value)
  );
}

function describe(value: unknown): string {
  if (value instanceof NumberValue) return `the number ${value.value}`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (value instanceof Uint8Array) return `binary of ${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Set) return 'a set';
  return value === null ? 'null' : isMap(value) ? 'a map' : `of type ${typeof value}`;
}
