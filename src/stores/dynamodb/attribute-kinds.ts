/** Kinds of attributes: what a field is in an item of DynamoDB. A kind is a function that makes a line of attributes.ts. */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { toAttributes, type Attributes, type MAX_ATTRIBUTES } from '../../cart/attributes.ts';
import { parseProductId, plainId, type ProductId } from '../../cart/ids.ts';
import { formatAmount, type CurrencyCode } from '../../cart/money.ts';
import { LATEST } from '../../cart/page.ts';
import { isoTime } from '../../cart/iso-time.ts';
import {
  asUnreadable,
  readChecked,
  readFlag,
  readInstant,
  readNumberId,
  readPrice,
  readTextId,
  readTexts,
  readWhole,
  type Source,
} from './record-reader.ts';

/** One attribute: its name in the table, and its value from a field and back. */
export interface Attribute<Value> {
  readonly name: string;
  /** Undefined to leave the attribute out. @param currency that of amounts */
  write(value: Value, currency: CurrencyCode): unknown;
  /** Undefined for what is no field either. @throws UnreadableItem */
  read(source: Source, name: string): Value | undefined;
  /** What an item without the attribute has; where there is nothing, the attribute must be there. */
  readonly absent?: Value | 'no field';
}

export type Optional<Value> = Attribute<Value> & { readonly absent: 'no field' };

export const asIs = <Value>(value: Value) => value;

export const optional = <Value>(attribute: Attribute<Value>): Optional<Value> => ({
  ...attribute,
  absent: 'no field',
});

/** S. @param check throws InputError for a text that the rules do not take */
export const text = (
  name: string,
  check: (text: string, argument: string) => unknown,
): Attribute<string> => ({
  name,
  write: asIs,
  read: (source) => readChecked(source, name, check),
});

/** N: a whole number. */
export const whole = (name: string, least: number, most: number): Attribute<number> => ({
  name,
  write: asIs,
  read: (source) => readWhole(source, name, least, most),
});

/** BOOL. */
export const flag = (name: string): Attribute<boolean> => ({ name, write: asIs, read: readFlag });

/** S: ISO 8601 in UTC with milliseconds. */
export const time = (name: string): Attribute<number> => ({ name, write: isoTime, read: readInstant });

/** N: minor units as a decimal, 29.99. */
export const price = (name: string): Attribute<number> => ({ name, write: decimal, read: readPrice });

/** N: epoch seconds, as DynamoDB's time to live takes them. */
export const epoch = (name: string): Attribute<number> => ({
  name,
  write: (milliseconds) => milliseconds / 1000,
  read: (source) => readWhole(source, name, 0, Math.floor(LATEST / 1000)) * 1000,
});

/** N for an id that is a number, else S. */
export const productId = (name: string): Attribute<ProductId> => ({
  name,
  write: plainId,
  read: (source) =>
    typeof source.record[name] === 'string'
      ? readTextId(source, name, parseProductId)
      : readNumberId(source, name),
});

/** M: keys and values; absent when there are none. */
export const pairs = (name: string, owner: keyof typeof MAX_ATTRIBUTES): Optional<Attributes> => ({
  name,
  absent: 'no field',
  // A map, because to the SDK a plain object with a key `constructor` is no map.
  write: (attributes) => new Map(attributes.map(({ key, value }) => [escape(key), value])),
  read(source) {
    const found = readTexts(source, name).map(([key, value]) => ({ key: unescape(key), value }));
    try {
      return toAttributes(found, owner, name);
    } catch (error) {
      throw asUnreadable(source, name, error);
    }
  },
});

/**
 * The one name that no plain object can have as a property of its own, so that it would be lost on its way through the SDK. It
 * stands in the table behind a `~`, and names that look like it so written have one more.
 */
const LOST = /^~*__proto__$/;

const escape = (key: string) => (LOST.test(key) ? `~${key}` : key);
const unescape = (key: string) => (LOST.test(key) ? key.slice(1) : key);

/** Minor units as DynamoDB's exact decimal: 2999 → 29.99 in USD. */
export function decimal(amount: number, currency: CurrencyCode): NumberValue {
  return NumberValue.from(formatAmount(amount, currency));
}
