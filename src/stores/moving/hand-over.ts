/**
 * Handing a cart over: first the marker takes its place, on condition of the cart's version, so that nobody can change it there any
 * more; then the cart is made in the other store, as it was. Between the two it is on its way, and whoever finds it so brings it there:
 * that is one commit on condition of what stands there, so it lands once, whoever is first.
 */
import type { Cart, Timestamp } from '../../cart/cart.ts';
import { cartOfMarker, liveMarker, markerOf, movesOf } from '../../cart/moved.ts';
import { UncertainCommit, VersionConflict, type CartWrite, type StoreOptions } from '../cart-store.ts';
import { otherRole, type Role } from './place.ts';
import type { Pair } from './locate.ts';

/**
 * A write of a store over what was read there: on condition of a marker's version, or that there is no cart.
 * @param there what was read, at a time from which nothing but a marker can be in the way
 */
export function writeOver(there: Cart | undefined, after: Cart, now: Timestamp): CartWrite {
  const before = liveMarker(there, now);
  return before ? { before, after } : { after };
}

/** The marker that takes a cart's place. @param there what the store has to which the cart goes */
export function markerFor(cart: Cart, there: Cart | undefined): Cart {
  return markerOf(cart, 1 + Math.max(movesOf(cart), movesOf(there)));
}

/**
 * Puts the marker in a cart's place.
 * @param there what the store has to which the cart goes
 * @returns the marker
 * @throws whatever the store's commit throws; after an UncertainCommit the marker may stand, or come to stand as long as the cart has
 *   that version, which costs nobody anything
 */
export async function leaveMarker(
  pair: Pair,
  cart: Cart,
  to: Role,
  there: Cart | undefined,
  options: StoreOptions,
): Promise<Cart> {
  const marker = markerFor(cart, there);
  await pair[otherRole[to]].commit([{ before: cart, after: marker }], options);
  return marker;
}

/**
 * Brings a cart that is on its way where it goes.
 * @param cart as the marker keeps it
 * @returns `brought`; `met` where something else stands there by now, which is what became of it, as a rule; `unknown` where nobody knows
 */
export async function bring(
  pair: Pair,
  cart: Cart,
  to: Role,
  there: Cart | undefined,
  clock: () => Timestamp,
  options: StoreOptions,
): Promise<'brought' | 'met' | 'unknown'> {
  try {
    await pair[to].commit([writeOver(there, cart, clock())], options);
    return 'brought';
  } catch (error) {
    if (error instanceof VersionConflict) return 'met';
    if (error instanceof UncertainCommit) return 'unknown';
    throw error;
  }
}

/** Leaves the marker and brings the cart over, which then is as the result says. @throws as {@link leaveMarker}; plain faults of bringing */
export async function handOver(
  pair: Pair,
  cart: Cart,
  to: Role,
  there: Cart | undefined,
  clock: () => Timestamp,
  options: StoreOptions,
): Promise<Cart> {
  const marker = await leaveMarker(pair, cart, to, there, options);
  const moved = cartOfMarker(marker) as Cart;
  await bring(pair, moved, to, there, clock, options);
  return moved;
}
