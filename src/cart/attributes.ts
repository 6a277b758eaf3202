/** What is said of an item or a cart beyond what the service knows: an engraving, a gift wrap, where the shopper came from. */
import { checkAtMost, checkText } from './input-checks.ts';
import { InputError } from './input-error.ts';

export interface Attribute {
  readonly key: string;
  readonly value: string;
}

/** At least one, each key once, sorted by key in the order of UTF-16 code units. Where there are none, the field is absent. */
export type Attributes = readonly Attribute[];

/** Most attributes of an item, and of a cart. */
export const MAX_ATTRIBUTES = { item: 20, cart: 50 } as const;
/** Characters of the longest key, which has at least one, and of the longest value. */
export const MAX_ATTRIBUTE = { key: 64, value: 255 } as const;

/**
 * Attributes as a client gives them, in any order; undefined for none.
 * @throws InputError
 */
export function toAttributes(
  given: readonly Attribute[],
  owner: keyof typeof MAX_ATTRIBUTES,
  argument: string,
): Attributes | undefined {
  if (given.length === 0) return undefined;
  checkAtMost(given, MAX_ATTRIBUTES[owner], argument);
  given.forEach(({ key, value }, index) => {
    if (key === '')
      throw new InputError(`${argument}[${index}].key`, 'must have at least one character', key);
    checkText(key, MAX_ATTRIBUTE.key, `${argument}[${index}].key`);
    checkText(value, MAX_ATTRIBUTE.value, `${argument}[${index}].value`);
  });
  const sorted = given.map(({ key, value }) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
  sorted.forEach(({ key }, index) => {
    if (key === sorted[index + 1]?.key)
      throw new InputError(argument, 'must have each key once', `${key} twice`);
  });
  return sorted;
}

/** Their one text: JSON of pairs, without blanks. What makes two lists the same, and what an item's key is made of. */
export function textOfAttributes(attributes: Attributes): string {
  return JSON.stringify(pairsOf(attributes));
}

/** As fingerprints and tables have them. */
export function pairsOf(attributes: Attributes): [key: string, value: string][] {
  return attributes.map(({ key, value }) => [key, value]);
}
