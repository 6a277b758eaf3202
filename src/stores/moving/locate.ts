/** Looking a cart up in two stores. */
import type { Cart, Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { isMarker, liveCart } from '../../cart/moved.ts';
import type { CartStore, StoreOptions } from '../cart-store.ts';
import {
  answers,
  otherRole,
  placeOfLiving,
  placeOfOthers,
  type Place,
  type Records,
  type Role,
} from './place.ts';

export type Pair = Readonly<Record<Role, CartStore>>;

/** Readings of one cart, after which it moves to and fro faster than anybody could follow. */
const MOST_READINGS = 8;

export interface LocateOptions extends StoreOptions {
  /** Which store to look into first: where most carts are. */
  readonly first: Role;
  /** Whether the first reading of each store has to be strong; every further one is. */
  readonly strong: { readonly first: boolean; readonly second: boolean };
}

interface Lookup {
  readonly id: CartId;
  records: Records;
}

/**
 * The places of carts, by their ids. The stores are read in turn, until one has the cart, or the last one read has no marker that is
 * news: a marker means that the cart is in the other store by now, so that one is read again, strongly.
 * @throws Error when a cart moves on with every reading
 */
export async function locate(
  pair: Pair,
  ids: readonly CartId[],
  clock: () => Timestamp,
  { first, strong, signal }: LocateOptions,
): Promise<Map<CartId, Place>> {
  const places = new Map<CartId, Place>();
  let open = [...new Set(ids)].map((id): Lookup => ({ id, records: {} }));
  let role = first;
  for (let reading = 0; open.length > 0; reading += 1, role = otherRole[role]) {
    if (reading === MOST_READINGS) throw new Error('A cart is moving to and fro between the two stores');
    const consistent = reading > 1 || (reading === 0 ? strong.first : strong.second);
    const options = { consistent, includeExpired: true, ...(signal && { signal }) };
    const found = await pair[role].load(
      open.map(({ id }) => id),
      options,
    );
    const now = clock();
    open = open.filter((lookup, index) => {
      const place = take(lookup, role, found[index], now);
      if (place) places.set(lookup.id, place);
      return !place;
    });
  }
  return places;
}

/** Takes down what was read; the place, if that is known now. */
function take(lookup: Lookup, role: Role, record: Cart | undefined, now: Timestamp): Place | undefined {
  const { [role]: before, [otherRole[role]]: other } = lookup.records;
  const isSecond = Object.hasOwn(lookup.records, otherRole[role]);
  lookup.records = { ...lookup.records, [role]: record };
  const cart = liveCart(record, now);
  if (cart) return placeOfLiving(role, cart, lookup.records);
  if (!isSecond) return undefined;
  const isNews = record?.version !== before?.version || record?.createdAt !== before?.createdAt;
  if (record && isMarker(record) && isNews && !answers(other, record)) return undefined;
  return placeOfOthers(lookup.records, role, now);
}
