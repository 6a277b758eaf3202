/**
 * How carts, their items and products stand in DynamoDB: an attribute is one line here, with how it is written and read. A field
 * that has no line does not compile, an optional one neither.
 *
 * Versions of the service work side by side during a deployment, so the shape changes by additions only: a reader does
 * without every attribute that version 1 lacks, and ignores those it does not know. They are lost at its next write,
 * so they must be such that the cart is right without them.
 */
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import type { Cart, CartItem } from '../../cart/cart.ts';
import { emptyChangeLog, type ChangeLog } from '../../cart/change-log.ts';
import { formatAmount, MAX_PRICE } from '../../cart/money.ts';
import type { Product } from '../../cart/product.ts';
import { CART_STATUSES, isCartStatus } from '../cart-statuses.ts';
import {
  readAmount,
  readBytes,
  readCount,
  readInstant,
  readMaps,
  readText,
  unreadable,
  type DynamoDBRecord,
  type Source,
} from './record-reader.ts';

/** One attribute: its name in the table, and its value from a field and back. */
interface Attribute<Value> {
  readonly name: string;
  /** Undefined to leave the attribute out. */
  write(value: Value): unknown;
  /** @throws UnreadableItem */
  read(source: Source, name: string): Value;
  /** What an item without the attribute has; where there is nothing, the attribute must be there. */
  readonly absent?: Value | 'no field';
}

type Optional<Value> = Attribute<Value> & { readonly absent: 'no field' };

/** A line for every field, those that may be absent included. */
export type Lines<Document> = {
  readonly [Field in keyof Document]-?: object extends Pick<Document, Field>
    ? Optional<NonNullable<Document[Field]>>
    : Attribute<Document[Field]>;
};

const asIs = <Value>(value: Value) => value;

/** S. */
const text = (name: string): Attribute<string> => ({ name, write: asIs, read: readText });
/** N: a whole number from 0 on. */
const count = (name: string): Attribute<number> => ({ name, write: asIs, read: readCount });
/** S: ISO 8601 in UTC with milliseconds. */
const time = (name: string): Attribute<number> => ({ name, write: isoTime, read: readInstant });
/** N: minor units as a decimal, 29.99. */
const amount = (name: string): Attribute<number> => ({ name, write: decimal, read: readAmount });
/** N: epoch seconds, as DynamoDB's time to live takes them. */
const epoch = (name: string): Attribute<number> => ({
  name,
  write: (milliseconds) => milliseconds / 1000,
  read: (source) => readCount(source, name) * 1000,
});

const optional = <Value>(attribute: Attribute<Value>): Optional<Value> => ({
  ...attribute,
  absent: 'no field',
});

/** One map of the list `items`. */
export const itemAttributes: Lines<CartItem> = {
  productId: count('product_id'),
  productName: text('product_name'),
  unitPrice: amount('product_price'),
  quantity: count('quantity'),
};

const items: Attribute<Cart['items']> = {
  name: 'items',
  write: (all) => all.map((item) => toRecord(ofItem, item)),
  read: (source, name) => readMaps(source, name).map((map) => fromRecord(ofItem, map) as CartItem),
};

const status: Attribute<Cart['status']> = {
  name: 'status',
  write: asIs,
  read(source, name) {
    const word = readText(source, name);
    if (!isCartStatus(word)) throw unreadable(source, name, `one of ${CART_STATUSES.join(', ')}`);
    return word;
  },
};

/** B; absent when there are none. */
const changes: Attribute<ChangeLog> = {
  name: 'changes',
  write: (log) => (log.length > 0 ? log : undefined),
  read: readBytes,
  absent: emptyChangeLog,
};

/** An item of the table of carts. Beside these it has what cart-record.ts derives from them. */
export const cartAttributes: Lines<Cart> = {
  id: text('cart_id'),
  customerId: optional(count('customer_id')),
  status,
  currency: text('currency'),
  items,
  version: count('version'),
  createdAt: time('created_at'),
  updatedAt: time('updated_at'),
  expiresAt: optional(epoch('expiration_time')),
  orderId: optional(text('order_id')),
  mergedIntoCartId: optional(text('merged_into_cart_id')),
  changes,
};

/** A product whose price is in minor units of the deployment's one currency. */
export type PlainProduct = Omit<Product, 'price'> & { readonly price: number };

/** Of dearer products a cart's total could have more digits than a number holds: it would no longer be exact. */
const price: Attribute<number> = {
  ...amount('price'),
  read(source, name) {
    const read = readAmount(source, name);
    if (read > MAX_PRICE) throw unreadable(source, name, `at most ${formatAmount(MAX_PRICE)}`);
    return read;
  },
};

/** An item of the table of products, beside the partition of its index. */
export const productAttributes: Lines<PlainProduct> = {
  id: count('product_id'),
  name: text('name'),
  price,
  category: optional(text('category')),
  brand: optional(text('brand')),
  description: optional(text('description')),
};

interface AnyAttribute {
  readonly name: string;
  write(value: never): unknown;
  read(source: Source, name: string): unknown;
  readonly absent?: unknown;
}

/** Lines with their fields, all of one shape: they are gone through for every record. */
export type Attributes = readonly (AnyAttribute & { readonly field: string })[];

export function attributesOf(lines: Readonly<Record<string, AnyAttribute>>): Attributes {
  return Object.entries(lines).map(([field, { name, write, read, absent }]) => ({
    field,
    name,
    write,
    read,
    absent,
  }));
}

const ofItem = attributesOf(itemAttributes);

export function toRecord(attributes: Attributes, document: object): Record<string, unknown> {
  const fields = document as Readonly<Record<string, unknown>>;
  const record: Record<string, unknown> = {};
  for (const { field, name, write } of attributes) {
    const value = fields[field];
    const written = value === undefined ? undefined : write(value as never);
    if (written !== undefined) record[name] = written;
  }
  return record;
}

/** @throws UnreadableItem */
export function fromRecord(attributes: Attributes, source: Source): object {
  const { record }: { readonly record: DynamoDBRecord } = source;
  const document: Record<string, unknown> = {};
  for (const { field, name, read, absent } of attributes) {
    if (absent === undefined || record[name] !== undefined) document[field] = read(source, name);
    else if (absent !== 'no field') document[field] = absent;
  }
  return document;
}

/** ISO 8601 in UTC with milliseconds. */
export function isoTime(timestamp: number): string {
  return new Date(timestamp).toISOString();
}

/** Minor units as DynamoDB's exact decimal: 2999 → 29.99. */
export function decimal(amount: number): NumberValue {
  return NumberValue.from(formatAmount(amount));
}
