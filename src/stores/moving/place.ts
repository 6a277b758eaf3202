/**
 * Where a cart is, by what the two stores have under its id. One store owns it: the one that has it as a cart. The other has nothing
 * of it, or a marker. While both have none but markers, the cart is on its way, and the newer marker has it.
 */
import { isLive, type Cart, type Timestamp } from '../../cart/cart.ts';
import { cartOfMarker, isMarker, movesOf } from '../../cart/moved.ts';

/** The store that carts are moved out of, and the one that they are moved into. */
export type Role = 'source' | 'target';

export const otherRole = { source: 'target', target: 'source' } as const satisfies Record<Role, Role>;

/** What was read of each store, expired or not; a role is absent whose store was not asked. */
export type Records = Readonly<Partial<Record<Role, Cart | undefined>>>;

export type Place =
  /** A store has it. */
  | { readonly kind: 'lives'; readonly in: Role; readonly cart: Cart; readonly records: Records }
  /** Handed over and not yet there: `cart` is what the marker in the other store keeps, with the count of this hand-over. */
  | { readonly kind: 'on its way'; readonly in: Role; readonly cart: Cart; readonly records: Records }
  /** There is no such cart: nothing, what has expired, or markers without a cart. */
  | { readonly kind: 'nowhere'; readonly records: Records };

export function placeOfLiving(role: Role, cart: Cart, records: Records): Place {
  return { kind: 'lives', in: role, cart, records };
}

/**
 * Whether what a store has under the id is what became of a hand-over to it, or is of a later one. A marker without a cart never is
 * the end of a cart: it may have come by a creation that was begun before the cart was there.
 */
export function answers(record: Cart | undefined, marker: Cart): boolean {
  if (!record || movesOf(record) < movesOf(marker)) return false;
  const isFence = isMarker(record) && !cartOfMarker(record);
  return !isFence || !cartOfMarker(marker);
}

/**
 * The place of a cart that is a living cart in neither store.
 * @param last the store that was read last: strongly, and after the other's marker was seen
 */
export function placeOfOthers(records: Records, last: Role, now: Timestamp): Place {
  const marker = records[otherRole[last]];
  const cart = cartOfMarker(marker);
  if (marker && cart && isLive(marker, now) && !answers(records[last], marker)) {
    return { kind: 'on its way', in: last, cart, records };
  }
  return { kind: 'nowhere', records };
}

/** What is left of a cart that has expired, of either store; the newer one where both have something. */
export function expiredCart(records: Records): Cart | undefined {
  const left = [records.target, records.source].flatMap(
    (record) => (isMarker(record) ? cartOfMarker(record) : record) ?? [],
  );
  return left.sort((a, b) => b.createdAt - a.createdAt || b.version - a.version)[0];
}
