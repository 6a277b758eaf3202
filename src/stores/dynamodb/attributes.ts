/**
 * How carts, their items and products stand in DynamoDB: an attribute is one line here, with how it is written and read. A field
 * that has no line does not compile, an optional one neither.
 *
 * Versions of the service work side by side during a deployment, so the shape changes by additions only: a reader does
 * without every attribute that version 1 lacks, and keeps those of carts and items that it does not know (map-record.ts).
 */
import {
  CART_STATUSES,
  MAX_ITEMS,
  MAX_QUANTITY,
  checkNote,
  isCartStatus,
  type Cart,
  type CartItem,
  type CartStatus,
} from '../../cart/cart.ts';
import { emptyChangeLog, type ChangeLog } from '../../cart/change-log.ts';
import { parseCartId, parseCustomerId, type CustomerId } from '../../cart/ids.ts';
import { InputError } from '../../cart/input-error.ts';
import { checkName, type Product } from '../../cart/product.ts';
import {
  asIs,
  epoch,
  optional,
  pairs,
  price,
  productId,
  text,
  time,
  whole,
  type Attribute,
  type Optional,
} from './attribute-kinds.ts';
import { customerKey } from './customer-key.ts';
import { attributesOf, fromRecord, toRecord } from './map-record.ts';
import {
  readBytes,
  readMaps,
  readNumberId,
  readText,
  readTextId,
  readWhole,
  unreadable,
  type Source,
} from './record-reader.ts';
import { CUSTOMER_REF } from './tables.ts';

/** A line for every field, those that may be absent included. What is unknown has none. */
export type Lines<Document> = {
  readonly [Field in keyof Document as Exclude<Field, 'unknown'>]-?: object extends Pick<Document, Field>
    ? Optional<NonNullable<Document[Field]>>
    : Attribute<Document[Field]>;
};

/** The largest version: what an integer of PostgreSQL holds, so that a cart can move there. */
const MAX_VERSION = 2 ** 31 - 1;

/** A record of a change has 28 bytes, and a cart keeps 32. */
const CHANGE = 28;
const LONGEST_LOG = 32 * CHANGE;

const uuid = (name: string) => text(name, inLowerCase);

/** One map of the list `items`. */
export const itemAttributes: Lines<CartItem> = {
  productId: productId('product_id'),
  productName: text('product_name', checkName),
  unitPrice: price('product_price'),
  quantity: whole('quantity', 1, MAX_QUANTITY),
  attributes: pairs('attributes', 'item'),
};

const ofItem = attributesOf(itemAttributes);

const items: Attribute<Cart['items']> = {
  name: 'items',
  write: (all, currency) => all.map((item) => toRecord(ofItem, item, currency)),
  read: (source, name) => readMaps(source, name, MAX_ITEMS).map((map) => fromRecord(ofItem, map) as CartItem),
};

/** N; for a text a number made of it, beside the text. */
const customerId: Optional<CustomerId> = {
  name: 'customer_id',
  absent: 'no field',
  write: customerKey,
  read: (source, name) =>
    source.record[CUSTOMER_REF] === undefined
      ? readNumberId(source, name)
      : readTextId(source, CUSTOMER_REF, parseCustomerId),
};

const statusNamed = (attribute: string): Attribute<CartStatus> => ({
  name: attribute,
  write: asIs,
  read(source, name) {
    const word = readText(source, name);
    if (!isCartStatus(word)) throw unreadable(source, name, `one of ${CART_STATUSES.join(', ')}`);
    return word;
  },
});

/** Below 0 of what is MOVED, and there alone. */
const version: Attribute<number> = {
  name: 'version',
  write: asIs,
  read: (source, name) =>
    source.record['status'] === 'MOVED'
      ? readWhole(source, name, -MAX_VERSION, -1)
      : readWhole(source, name, 1, MAX_VERSION),
};

/** B; absent when there are none. */
const changes: Attribute<ChangeLog> = {
  name: 'changes',
  write: (log) => (log.length > 0 ? log : undefined),
  read: readChanges,
  absent: emptyChangeLog,
};

/** An item of the table of carts. Beside these it has what cart-record.ts derives from them. */
export const cartAttributes: Lines<Cart> = {
  id: uuid('cart_id'),
  customerId,
  status: statusNamed('status'),
  currency: text('currency', isCode),
  items,
  note: optional(text('note', checkNote)),
  attributes: pairs('attributes', 'cart'),
  version,
  createdAt: time('created_at'),
  updatedAt: time('updated_at'),
  expiresAt: optional(epoch('expiration_time')),
  orderId: optional(uuid('order_id')),
  mergedIntoCartId: optional(uuid('merged_into_cart_id')),
  activeCartId: optional(uuid('active_cart_id')),
  moves: optional(whole('moves', 1, MAX_VERSION)),
  movedStatus: optional(statusNamed('moved_status')),
  movedVersion: optional(whole('moved_version', 1, MAX_VERSION)),
  changes,
};

/** A product as its item has it. */
export type PlainProduct = Omit<Product, 'price'> & { readonly price: number; readonly currency: string };

/** An item of the catalogue's table, beside its key and the partition of its index. Limits are asked of checkProduct. */
export const productAttributes: Lines<PlainProduct> = {
  id: productId('product_id'),
  name: text('name', asIs),
  price: price('price'),
  currency: text('currency', isCode),
  category: optional(text('category', asIs)),
  brand: optional(text('brand', asIs)),
  description: optional(text('description', asIs)),
  imageUrl: optional(text('image_url', asIs)),
  url: optional(text('url', asIs)),
};

function readChanges(source: Source, name: string): ChangeLog {
  const log = readBytes(source, name);
  if (log.length % CHANGE !== 0 || log.length > LONGEST_LOG) {
    throw unreadable(source, name, `binary of ${CHANGE} bytes for each change, at most ${LONGEST_LOG}`);
  }
  return log;
}

/** @throws InputError for text that is no UUID, or has capitals: it would be a second name of one cart */
function inLowerCase(id: string, argument: string): void {
  if (parseCartId(id, argument) !== id) throw new InputError(argument, 'must be in lower case', id);
}

/** @throws InputError for what is no code of a currency, in use or not */
function isCode(code: string, argument: string): void {
  if (!/^[A-Z]{3}$/.test(code)) throw new InputError(argument, 'must be a code of ISO 4217', code);
}
