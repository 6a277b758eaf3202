/** What of a cart's items has to be written. */
import type { Cart, CartItem } from '../../cart/cart.ts';
import { identityOf } from '../../cart/item-key.ts';
import { columnsOf, itemColumns } from './columns.ts';

export interface ChangedItem {
  readonly item: CartItem;
  /** {@link KEPT}, or greater than that of any item of an earlier version. */
  readonly position: number;
}

export interface ItemChanges {
  readonly changed: readonly ChangedItem[];
  /** What `before` has and `after` has not. */
  readonly removed: readonly CartItem[];
}

/** More than the most items of a cart, 500. */
const POSITIONS_PER_VERSION = 512;
/** Less than any position, which begin with those of version 1: the item stays where it is. */
const KEPT = 0;

/**
 * The items of `after` that are new, changed or out of their old order. A commit of several changes can take an item
 * out and append it again: that one, and whatever comes after it or after a new one, gets a new position.
 */
export function changesOfItems(before: readonly CartItem[], after: Cart): ItemChanges {
  const places = new Map(before.map((item, place) => [identityOf(item), place]));
  let last = -1;
  const changed = after.items.flatMap((item, index) => {
    const identity = identityOf(item);
    const place = places.get(identity) ?? Infinity;
    places.delete(identity);
    const moved = place === Infinity || place < last;
    last = moved ? Infinity : place;
    if (!moved && isSame(before[place], item)) return [];
    return [{ item, position: moved ? after.version * POSITIONS_PER_VERSION + index : KEPT }];
  });
  return { changed, removed: [...places.values()].flatMap((place) => before[place] ?? []) };
}

/** The fixed ones make up the identity by which the two were found. */
const compared = columnsOf(itemColumns).flatMap(({ field, fixed }) => (fixed ? [] : [field]));

function isSame(a: CartItem | undefined, b: CartItem): boolean {
  if (a === b) return true;
  if (!a) return false;
  for (const field of compared) if (a[field] !== b[field]) return false;
  return true;
}
