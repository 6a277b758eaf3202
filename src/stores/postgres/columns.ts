/**
 * How carts, their items and products stand in PostgreSQL: a column is one line here. What statements select, insert and set,
 * and what becomes of a row, follows from these tables. A field that has no line does not compile, an optional one neither.
 */
import { textOfAttributes, type Attributes } from '../../cart/attributes.ts';
import { isCartStatus, MAX_QUANTITY, type Cart, type CartItem, type CartStatus } from '../../cart/cart.ts';
import { LONGEST_ID } from '../../cart/ids.ts';
import { MAX_PRICE } from '../../cart/money.ts';
import { LATEST } from '../../cart/page.ts';
import type { Product } from '../../cart/product.ts';

/**
 * Kinds of columns, and the types of PostgreSQL that their parameters have. A time is sent and read as milliseconds, attributes are
 * sent as their one text and read as pairs.
 */
export const PARAMETER_TYPES = {
  uuid: 'uuid',
  text: 'text',
  whole: 'integer',
  flag: 'boolean',
  time: 'float8',
  bytes: 'bytea',
  attributes: 'json',
} as const;

type Kind = keyof typeof PARAMETER_TYPES;

type KindOf<Value> = Value extends string
  ? 'uuid' | 'text'
  : Value extends number
    ? 'whole' | 'time'
    : Value extends boolean
      ? 'flag'
      : Value extends Uint8Array
        ? 'bytes'
        : Value extends Attributes
          ? 'attributes'
          : never;

interface Line<OfKind extends Kind, Optional extends boolean> {
  /** The column's name. */
  readonly name: string;
  readonly kind: OfKind;
  /** Whether the column may be null, and the field then absent. */
  readonly optional: Optional;
  /** Set when the row is made and by no change: what it is known by, and what never changes. */
  readonly fixed?: true;
  /** The bounds of a whole number that the program takes for one, or of a text's length; none by default. */
  readonly least?: number;
  readonly most?: number;
  /** What a text or bytes must be besides. */
  accepts?(value: string | Uint8Array): boolean;
}

/**
 * A line for every field, those that may be absent included. `unknown` has none, and nothing is lost: a statement names the columns
 * it changes, so those of a newer version stay as they are, and an item's row stays the same one while the item is in its cart.
 */
export type Lines<Document> = {
  readonly [Field in Exclude<keyof Document, 'unknown'>]-?: Line<
    KindOf<NonNullable<Document[Field]>>,
    object extends Pick<Document, Field> ? true : false
  >;
};

const isCurrency = (code: string | Uint8Array) => /^[A-Z]{3}$/.test(String(code));

/** What an id is made of is for the checks of the tables: an item's is looked at at each read, and this costs nothing. */
const ID = { least: 1, most: LONGEST_ID } as const;

/** A record of a change has 28 bytes. */
const isChangeLog = ({ length }: string | Uint8Array) => length % 28 === 0;

/** The table `carts`. A cart's items have one of their own. */
export const cartColumns = {
  id: { name: 'cart_id', kind: 'uuid', optional: false, fixed: true },
  customerId: { name: 'customer_id', kind: 'text', optional: true, ...ID },
  status: { name: 'status', kind: 'text', optional: false, accepts: isCartStatus },
  currency: {
    name: 'currency',
    kind: 'text',
    optional: false,
    fixed: true,
    accepts: isCurrency,
  },
  note: { name: 'note', kind: 'text', optional: true },
  attributes: { name: 'attributes', kind: 'attributes', optional: true },
  /** Of no cart 0, and below 0 of what is MOVED alone: {@link isVersionOf}. */
  version: { name: 'version', kind: 'whole', optional: false },
  createdAt: { name: 'created_at', kind: 'time', optional: false, fixed: true },
  updatedAt: { name: 'updated_at', kind: 'time', optional: false },
  expiresAt: { name: 'expires_at', kind: 'time', optional: true },
  orderId: { name: 'order_id', kind: 'uuid', optional: true },
  mergedIntoCartId: { name: 'merged_into_cart_id', kind: 'uuid', optional: true },
  activeCartId: { name: 'active_cart_id', kind: 'uuid', optional: true },
  moves: { name: 'moves', kind: 'whole', optional: true, least: 1 },
  movedStatus: { name: 'moved_status', kind: 'text', optional: true, accepts: isCartStatus },
  movedVersion: { name: 'moved_version', kind: 'whole', optional: true, least: 1 },
  changes: { name: 'changes', kind: 'bytes', optional: false, accepts: isChangeLog },
} as const satisfies Lines<Omit<Cart, 'items'>>;

/** Whether a version is one of carts with that status. */
export function isVersionOf(status: CartStatus, version: number): boolean {
  return status === 'MOVED' ? version < 0 : version > 0;
}

/** The table `cart_items`, beside the cart's id, the key (item-row-key.ts) and the position. */
export const itemColumns = {
  productId: { name: 'product_id', kind: 'text', optional: false, fixed: true, ...ID },
  productName: { name: 'product_name', kind: 'text', optional: false },
  unitPrice: { name: 'unit_price', kind: 'whole', optional: false, least: 0, most: MAX_PRICE },
  quantity: { name: 'quantity', kind: 'whole', optional: false, least: 1, most: MAX_QUANTITY },
  attributes: { name: 'attributes', kind: 'attributes', optional: true, fixed: true },
} as const satisfies Lines<CartItem>;

/** A product with its price in minor units. Without a currency, as rows of 0.1.0 are, it is in the deployment's. */
export type PlainProduct = Omit<Product, 'price'> & { readonly price: number; readonly currency?: string };

/** The table `products`. Whether one keeps its limits is asked of checkProduct. */
export const productColumns = {
  id: { name: 'product_id', kind: 'text', optional: false, fixed: true },
  name: { name: 'name', kind: 'text', optional: false },
  price: { name: 'price', kind: 'whole', optional: false },
  category: { name: 'category', kind: 'text', optional: true },
  brand: { name: 'brand', kind: 'text', optional: true },
  description: { name: 'description', kind: 'text', optional: true },
  imageUrl: { name: 'image_url', kind: 'text', optional: true },
  url: { name: 'url', kind: 'text', optional: true },
  currency: { name: 'currency', kind: 'text', optional: true },
} as const satisfies Lines<PlainProduct>;

type Table = Readonly<Record<string, Line<Kind, boolean>>>;

/** A row as the statements return it: a document with the names of columns, null for what is absent. Attributes are unread. */
export type RowOf<Lines extends Table, Document extends Readonly<Record<keyof Lines, unknown>>> = {
  readonly [Field in keyof Lines as Lines[Field]['name']]: Lines[Field]['kind'] extends 'attributes'
    ? unknown
    : Lines[Field]['optional'] extends true
      ? NonNullable<Document[Field]> | null
      : Document[Field];
};

/** A line with its field, everything said: all of one shape, because they are gone through for every row. */
export interface Column<Field extends string = string> {
  readonly field: Field;
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
  readonly fixed: boolean;
  readonly least: number;
  readonly most: number;
  readonly accepts: ((value: string | Uint8Array) => boolean) | undefined;
}

/** Columns that are never null first, each part in the order of the table. */
export function columnsOf<Lines extends Table>(table: Lines): readonly Column<keyof Lines & string>[] {
  const columns = Object.entries<Line<Kind, boolean>>(table).map(([field, line]) => ({
    field,
    name: line.name,
    kind: line.kind,
    optional: line.optional,
    fixed: line.fixed ?? false,
    least: line.least ?? -Infinity,
    most: line.most ?? Infinity,
    accepts: line.accepts,
  }));
  return columns.sort((a, b) => Number(a.optional) - Number(b.optional));
}

/** A field's value as it is sent; null for one that is absent. */
export function parameterOf({ kind }: Column, value: Sent | Attributes | undefined): Sent | null {
  if (value === undefined) return null;
  return kind === 'attributes' ? textOfAttributes(value as Attributes) : (value as Sent);
}

type Sent = string | number | boolean | Uint8Array;

/** Whether a value that is not null is one that the column can hold: checks of the tables can be taken away. */
export function isValid({ kind, least, most, accepts }: Column, value: unknown): boolean {
  switch (kind) {
    case 'text':
    case 'uuid':
      if (typeof value !== 'string' || value.length < least || value.length > most) return false;
      return accepts === undefined || accepts(value);
    case 'whole':
      return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    case 'time':
      // Others cannot be told as dates and cursors.
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LATEST;
    case 'attributes':
      return Array.isArray(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'bytes':
      return value instanceof Uint8Array && (accepts?.(value) ?? true);
  }
}
