/** Reading the attributes of an item that anybody may have written: each is what it must be, or a clear error. */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { parseAmount } from '../../cart/money.ts';

/** An item, or a map inside one, as the client returns it: every number a NumberValue. */
export type DynamoDBRecord = Readonly<Record<string, unknown>>;

/** An item that is not what this version, or any it knows of, writes. The item is left as it is. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
}

/** Reads the attribute of a name; throws {@link UnreadableItem} when it is not of the kind asked for. */
export interface RecordReader {
  has(name: string): boolean;
  text(name: string): string;
  /** A whole number from 0 on. */
  count(name: string): number;
  /** A decimal as minor units. */
  amount(name: string): number;
  /** ISO 8601 as milliseconds since the Unix epoch. */
  instant(name: string): number;
  bytes(name: string): Uint8Array;
  /** A list of maps, with a reader for each. */
  maps(name: string): RecordReader[];
  /** Throws for an attribute that must be something else. */
  fail(name: string, expectation: string): never;
}

/**
 * @param what the item in words, for errors: `The cart 0b2c…`
 * @param path where the map stands in the item, for errors: `items[3].`
 */
export function createRecordReader(record: DynamoDBRecord, what: string, path = ''): RecordReader {
  const fail = (name: string, expectation: string): never => {
    const value = record[name];
    const given = value === undefined ? 'is absent' : `was ${describe(value)}`;
    throw new UnreadableItem(`${what} cannot be read: ${path}${name} must be ${expectation}, but ${given}`);
  };
  const numeral = (name: string, expectation: string): string => {
    const value = record[name];
    return value instanceof NumberValue ? value.toString() : fail(name, expectation);
  };

  return {
    has: (name) => record[name] !== undefined,
    fail,
    text(name) {
      const value = record[name];
      return typeof value === 'string' ? value : fail(name, 'a string');
    },
    count(name) {
      const value = Number(numeral(name, 'a whole number'));
      return Number.isSafeInteger(value) && value >= 0 ? value : fail(name, 'a whole number');
    },
    amount(name) {
      const expectation = 'a number from 0 on with at most two fraction digits';
      try {
        const amount = parseAmount(numeral(name, expectation), name);
        if (amount >= 0) return amount;
      } catch (error) {
        if (error instanceof UnreadableItem) throw error;
      }
      return fail(name, expectation);
    },
    instant(name) {
      const value = record[name];
      const instant = typeof value === 'string' ? Date.parse(value) : NaN;
      return Number.isNaN(instant) ? fail(name, 'a date and time of ISO 8601') : instant;
    },
    bytes(name) {
      const value = record[name];
      return value instanceof Uint8Array ? value : fail(name, 'binary');
    },
    maps(name) {
      const value = record[name];
      if (!Array.isArray(value)) return fail(name, 'a list');
      return value.map((entry: unknown, index) => {
        if (!isRecord(entry)) return fail(name, 'a list of maps');
        return createRecordReader(entry, what, `${path}${name}[${index}].`);
      });
    },
  };
}

function isRecord(value: unknown): value is DynamoDBRecord {
  return typeof value === 'object' && value !== null && !(value instanceof NumberValue);
}

function describe(value: unknown): string {
  if (value instanceof NumberValue) return `the number ${value.toString()}`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (value instanceof Uint8Array) return 'binary';
  return Array.isArray(value) ? 'a list' : typeof value;
}
