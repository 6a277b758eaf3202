/**
 * How many bytes of JSON an answer can have at worst, field by field: from the limits of a cart and of the catalogue, before
 * anything is loaded. Text is taken to be printable, and what the catalogue says of a product beside its name to be no longer than
 * that. Text of nothing but quotes or control characters is longer in JSON, and descriptions can be; what the answer then has too
 * much is found as it is written.
 *
 * 500 items with 20 attributes of the longest kind each would be far more than a cart can hold: all its text together has at most
 * {@link MAX_CART_BYTES}. So each key and each value counts as its share of these, for as many attributes as there can be. A field of
 * all attributes then counts at least as many bytes as their texts have together, however they are distributed.
 */
import { isEnumType, type GraphQLNamedType } from 'graphql';
import { MAX_ATTRIBUTE, MAX_ATTRIBUTES } from '../cart/attributes.ts';
import { MAX_ITEMS, MAX_NOTE } from '../cart/cart.ts';
import { LONGEST_ITEM_ID } from '../cart/item-key.ts';
import { MAX_NAME } from '../cart/product.ts';
import { MAX_CART_BYTES } from '../cart/size.ts';
import { MAX_TOGETHER } from '../stores/catalog.ts';

/** Quotes. */
const QUOTES = 2;

/** Most bytes of a character in UTF-8. */
const CHARACTER = 4;

/** A text as long as the longest name of a product; messages of errors are shorter. */
const TEXT = MAX_NAME.bytes + QUOTES;

/** The share of one attribute in the text of a cart. */
const SHARE = Math.ceil(MAX_CART_BYTES / (MAX_ITEMS * MAX_ATTRIBUTES.item));

/** Texts of other lengths, by type and field. */
const TEXTS: Readonly<Record<string, number>> = {
  'Attribute.key': SHARE + QUOTES,
  'Attribute.value': SHARE + QUOTES,
  'Cart.note': MAX_NOTE * CHARACTER + QUOTES,
};

/** The longest value of a scalar, in its quotes: an item's id, 32 bits with a sign, 15 digits with point and sign, a time, a code. */
const SCALARS: Readonly<Record<string, number>> = {
  ID: LONGEST_ITEM_ID + QUOTES,
  Int: 11,
  Boolean: 5,
  Decimal: 20,
  DateTime: 26,
  CurrencyCode: 5,
};

/** Lists of other lengths than {@link MAX_ITEMS}, by type and field. */
const LISTS: Readonly<Record<string, number>> = {
  // One of the errors of a change tells of prices: the length of `userErrors` stands for both lists.
  'PriceChangedError.priceChanges': 1,
  'UpsertProductsPayload.products': MAX_TOGETHER,
  'WithdrawProductsPayload.withdrawnProductIds': MAX_TOGETHER,
  'CartItem.attributes': MAX_ATTRIBUTES.item,
  // Few and long: as many as would hold their text by shares.
  'Cart.attributes': Math.ceil(
    (MAX_ATTRIBUTES.cart * CHARACTER * (MAX_ATTRIBUTE.key + MAX_ATTRIBUTE.value)) / SHARE,
  ),
};

/** The value of `__typename`: the names of the schema have up to 40 characters. */
export const TYPE_NAME = 40 + QUOTES;

/**
 * @param type of a field without fields of its own; undefined for a field that the schema does not know
 * @param place type and field: `Cart.note`
 */
export function leafBytes(type: GraphQLNamedType | undefined, place: string): number {
  if (isEnumType(type)) return QUOTES + Math.max(...type.getValues().map(({ name }) => name.length));
  return TEXTS[place] ?? (type && SCALARS[type.name]) ?? TEXT;
}

/**
 * Entries that a list can have at most, where its own arguments do not say. Each item of a cart or of an input can be at fault.
 * @param place type and field: `Cart.items`
 */
export function longestList(place: string): number {
  // The path of an error is no longer than one text.
  return place.endsWith('.field') ? 1 : (LISTS[place] ?? MAX_ITEMS);
}

/** A field's name with quotes, colon and comma. */
export function keyBytes(name: string): number {
  return name.length + 4;
}
