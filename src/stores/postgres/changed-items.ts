/** What of a cart's items has to be written. */
import type { Cart, CartItem } from '../../cart/cart.ts';
import type { ProductId } from '../../cart/ids.ts';
import { columnsOf, itemColumns } from './columns.ts';

export interface ChangedItem {
  readonly item: CartItem;
  /** {@link KEPT}, or greater than that of any item of an earlier version. */
  readonly position: number;
}

/** More than the most items of a cart, 500. */
const POSITIONS_PER_VERSION = 512;
/** Less than any position, which begin with those of version 1: the item stays where it is. */
const KEPT = 0;

/**
 * The items of `after` that are new, changed or out of their old order. A commit of several changes can take an item
 * out and append it again: that one, and whatever comes after it or after a new one, gets a new position.
 */
export function changedItems(before: readonly CartItem[], after: Cart): ChangedItem[] {
  const places = new Map(before.map((item, place) => [item.productId, place]));
  let last = -1;
  return after.items.flatMap((item, index) => {
    const place = places.get(item.productId) ?? Infinity;
    const moved = place === Infinity || place < last;
    last = moved ? Infinity : place;
    if (!moved && isSame(before[place], item)) return [];
    return [{ item, position: moved ? after.version * POSITIONS_PER_VERSION + index : KEPT }];
  });
}

/** The products that `before` has and `after` has not. */
export function removedProducts(before: readonly CartItem[], after: Cart): ProductId[] {
  const kept = new Set(after.items.map((item) => item.productId));
  return before.map((item) => item.productId).filter((id) => !kept.has(id));
}

const fields = columnsOf(itemColumns).map(({ field }) => field);

function isSame(a: CartItem | undefined, b: CartItem): boolean {
  if (a === b) return true;
  if (!a) return false;
  for (const field of fields) if (a[field] !== b[field]) return false;
  return true;
}
