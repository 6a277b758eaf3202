/** Attributes as tables have them: JSON of pairs, in the order of their keys. */
import { toAttributes, type Attribute, type Attributes, type MAX_ATTRIBUTES } from '../../cart/attributes.ts';

/**
 * Undefined for anything else than at least one pair of texts, sorted by key, each key once, within the limits: an item's key is made
 * of the one list that its attributes can be.
 */
export function readAttributes(pairs: unknown, owner: keyof typeof MAX_ATTRIBUTES): Attributes | undefined {
  if (!Array.isArray(pairs) || !pairs.every(isPair)) return undefined;
  const given = pairs.map(([key, value]): Attribute => ({ key, value }));
  try {
    const attributes = toAttributes(given, owner, 'attributes');
    return attributes?.every(({ key }, at) => key === given[at]?.key) ? attributes : undefined;
  } catch {
    return undefined;
  }
}

function isPair(pair: unknown): pair is [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string');
}
