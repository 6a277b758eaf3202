/** A page of carts as text, no larger than an answer may be. */
import type { Cart } from '../cart/cart.ts';
import { cartCursor, type CartPosition, type Page } from '../cart/page.ts';
import { toShoppingCart } from './shopping-cart.ts';

/** Bytes of a page beside its carts, cursor and all. */
const AROUND = 200;

/**
 * As many carts as the limit allows, at least one; the others come with the next page. Carts are written one after the
 * other, so that never more than one is written in vain.
 * @param responseBytes most bytes of the page
 */
export function writePage(page: Page<Cart>, responseBytes: number): string {
  const texts: string[] = [];
  let last: CartPosition | undefined;
  let bytes = AROUND;
  for (const cart of page.entries) {
    const text = JSON.stringify(toShoppingCart(cart));
    bytes += Buffer.byteLength(text) + 1;
    if (last && bytes > responseBytes) return write(texts, last);
    texts.push(text);
    last = cart;
  }
  return write(texts, page.hasNextPage ? (page.resumeAfter ?? last) : undefined);
}

/** @param resumeAfter where the next page begins; undefined when there is none */
function write(carts: readonly string[], resumeAfter: CartPosition | undefined): string {
  const cursor = resumeAfter ? cartCursor(resumeAfter) : null;
  return `{"shopping_carts":[${carts.join(',')}],"next_cursor":${JSON.stringify(cursor)}}`;
}
