/**
 * How many bytes of JSON an answer can have at worst, field by field: from the limits of a cart and of the catalogue, before
 * anything is loaded. Names are taken to be printable; one of nothing but quotes or control characters is longer in JSON, and
 * what the answer then has too much is found as it is written.
 */
import { isEnumType, type GraphQLNamedType } from 'graphql';
import { MAX_ITEMS } from '../cart/cart.ts';
import { MAX_NAME } from '../cart/product.ts';

/** A text as long as the longest name of a product, in its quotes; messages of errors and descriptions are shorter. */
const TEXT = MAX_NAME.bytes + 2;

/** The longest value of a scalar, in its quotes: a UUID, 32 bits with a sign, 15 digits with point and sign, a time, a code. */
const SCALARS: Readonly<Record<string, number>> = {
  ID: 38,
  Int: 11,
  Boolean: 5,
  Decimal: 20,
  DateTime: 26,
  CurrencyCode: 5,
};

/** Lists whose lengths do not follow from the arguments. Each item of an input can be at fault. */
const LISTS: Readonly<Record<string, number>> = {
  items: MAX_ITEMS,
  priceChanges: MAX_ITEMS,
  userErrors: MAX_ITEMS,
  // A path is no longer than one text.
  field: 1,
};

/** @param type of a field without fields of its own; undefined for a field that the schema does not know */
export function leafBytes(type: GraphQLNamedType | undefined): number {
  if (isEnumType(type)) return 2 + Math.max(...type.getValues().map(({ name }) => name.length));
  return (type && SCALARS[type.name]) ?? TEXT;
}

/** Entries that a list can have at most, where its own arguments do not say. */
export function longestList(parent: GraphQLNamedType | undefined, field: string): number {
  // One of the errors of a change tells of prices: the length of `userErrors` stands for both lists.
  if (parent?.name === 'PriceChangedError' && field === 'priceChanges') return 1;
  return LISTS[field] ?? MAX_ITEMS;
}

/** A field's name with quotes, colon and comma. */
export function keyBytes(name: string): number {
  return name.length + 4;
}
