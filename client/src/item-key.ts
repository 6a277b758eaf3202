/** What the service will call an item: so that a page knows it before the answer is there. */
import { sha256 } from './sha256.ts';
import type { Attribute } from './types.ts';

/** Characters of the digest in a key: the first of the 43 of a SHA-256 in base64url. */
const DIGEST = 12;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface ItemIdentity {
  readonly productId: string;
  readonly attributes?: readonly Attribute[] | null | undefined;
}

/** In the order of UTF-16 code units, as the service keeps them. */
export function sorted(attributes: readonly Attribute[]): Attribute[] {
  return [...attributes].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The product's id; with attributes, that, `~` and 12 characters that follow from them. */
export function itemKey({ productId, attributes }: ItemIdentity): string {
  if (!attributes?.length) return productId;
  const text = JSON.stringify(sorted(attributes).map(({ key, value }) => [key, value]));
  const [first = 0, second = 0, third = 0] = sha256(new TextEncoder().encode(text));
  // 12 characters are 72 bits: two words, and a quarter of the third.
  const bits = (BigInt(first >>> 0) << 40n) | (BigInt(second >>> 0) << 8n) | BigInt(third >>> 24);
  let digest = '';
  for (let at = DIGEST - 1; at >= 0; at -= 1)
    digest += ALPHABET.charAt(Number((bits >> BigInt(at * 6)) & 63n));
  return `${productId}~${digest}`;
}

/** Unique among the items of all carts. */
export function itemId(cartId: string, item: ItemIdentity): string {
  return `${cartId}:${itemKey(item)}`;
}

/** The id of an item that was shown in a cart before that had its id: only what is behind the colon was known. */
export function inCart(cartId: string, id: string): string {
  return id.startsWith(':') ? cartId + id : id;
}
