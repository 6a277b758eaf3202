/** What the row of an item is known by within its cart. */
import { createHash } from 'node:crypto';
import { textOfAttributes } from '../../cart/attributes.ts';
import type { ItemIdentity } from '../../cart/item-key.ts';

/**
 * The product's id; with attributes, that, `~`, and the SHA-256 of their text in base64url. It begins with the item's public key,
 * which has 12 of the 43 characters: two lists of attributes that share those can be found, two that share all cannot, so items
 * that differ never have the same row.
 */
export function itemRowKey({ productId, attributes }: ItemIdentity): string {
  if (!attributes) return productId;
  return `${productId}~${createHash('sha256').update(textOfAttributes(attributes)).digest('base64url')}`;
}
