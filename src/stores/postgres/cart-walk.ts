/** All carts of PostgreSQL, in the order of their ids: each page is a range of the primary key. */
import type { Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { readAll, type CartWalk, type WalkPart } from '../cart-walk.ts';
import { toCart } from './cart-row.ts';
import { walkCarts } from './cart-statements.ts';
import type { Database } from './database.ts';
import { run } from './statement.ts';

export function createPostgresCartWalk(db: Database, clock: () => Timestamp): CartWalk {
  return {
    async walk({ part = { number: 0, of: 1 }, after, first, includeExpired = false, signal }) {
      const { before, last } = rangeOf(part);
      const page = { after: after ?? before, last, now: includeExpired ? -Infinity : clock(), limit: first };
      const rows = await run(db, walkCarts, page, signal);
      const next = rows.length === first ? rows.at(-1)?.cart_id : undefined;
      return { ...readAll(rows, toCart), ...(next !== undefined && { next }) };
    },
  };
}

/** Ids are drawn by chance or are hashes, so ranges of the same width hold about as many. The nil UUID is no cart's. */
function rangeOf({ number, of }: WalkPart): { readonly before: CartId; readonly last: CartId } {
  return { before: number === 0 ? NIL : endOf(number, of), last: endOf(number + 1, of) };
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** The last id of the first `count` parts. */
function endOf(count: number, of: number): CartId {
  const end = Math.floor((2 ** 32 * count) / of) - 1;
  return `${end.toString(16).padStart(8, '0')}-ffff-ffff-ffff-ffffffffffff`;
}
