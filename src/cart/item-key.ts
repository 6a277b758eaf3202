/** What an item is called: within its cart by its key, among the items of all carts by its id. */
import { createHash } from 'node:crypto';
import { textOfAttributes, type Attributes } from './attributes.ts';
import { parseCartId, LONGEST_ID, type CartId, type ProductId } from './ids.ts';
import { InputError } from './input-error.ts';

/** The product's id; with attributes, that, `~`, and {@link KEY_CHARACTERS} characters that follow from them. For finding an item. */
export type ItemKey = string;
/** The cart's id, a colon, and the item's key. */
export type ItemId = string;

/** Characters of a cart's id, a UUID. */
const CART_ID = 36;

/** What an item is, besides its quantity and what the catalogue said. */
export interface ItemIdentity {
  readonly productId: ProductId;
  readonly attributes?: Attributes | undefined;
}

/** Of the 43 of a SHA-256 in base64url: 72 bits. */
const KEY_CHARACTERS = 12;

/** Characters of the longest key and of the longest id of an item. */
const LONGEST_KEY = LONGEST_ID + 1 + KEY_CHARACTERS;
export const LONGEST_ITEM_ID = CART_ID + 1 + LONGEST_KEY;

/** Of lists of attributes, which never change and are handed on from one version of a cart to the next. */
const digests = new WeakMap<Attributes, string>();

export function itemKey({ productId, attributes }: ItemIdentity): ItemKey {
  return attributes ? `${productId}~${digestOf(attributes)}` : productId;
}

function digestOf(attributes: Attributes): string {
  const known = digests.get(attributes);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(textOfAttributes(attributes)).digest('base64url');
  const digest = hash.slice(0, KEY_CHARACTERS);
  digests.set(attributes, digest);
  return digest;
}

export function itemId(cartId: CartId, item: ItemIdentity): ItemId {
  return `${cartId}:${itemKey(item)}`;
}

/** Two items are the same when these are: product and all attributes, not their digest. */
export function identityOf({ productId, attributes }: ItemIdentity): string {
  return attributes ? `${productId}~${textOfAttributes(attributes)}` : productId;
}

/** The cart's id is folded to lower case. @throws InputError for what can be no item's id */
export function parseItemId(text: string, argument: string): ItemId {
  const at = text.indexOf(':');
  const key = text.slice(at + 1);
  if (at < 0 || key === '' || key.length > LONGEST_KEY) {
    throw new InputError(
      argument,
      'must be the id of an item: a cart’s id, a colon, and the item’s key',
      text,
    );
  }
  return `${parseCartId(text.slice(0, at), argument)}:${key}`;
}

/** The product in an item's id. */
export function productOfItemId(id: ItemId): ProductId {
  const key = id.slice(id.indexOf(':') + 1);
  const end = key.indexOf('~');
  return end < 0 ? key : key.slice(0, end);
}
