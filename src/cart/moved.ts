/**
 * What a store keeps of a cart that it has handed over to another store: a marker. It stands under the cart's id, so that whoever comes
 * to the old place learns that the cart is in the other store now, and it keeps the whole cart as it was, so that whoever comes while
 * it is on its way can bring it there. Its version is minus the count of hand-overs: no cart ever has that, so no commit that is
 * conditional on the cart's version can land on it. docs/move.md has the protocol.
 */
import { isLive, type Cart, type Timestamp } from './cart.ts';

/** How often the cart was handed over, as far as this record knows; 0 for none, and for no record. */
export function movesOf(cart: Cart | undefined): number {
  return cart?.moves ?? 0;
}

export function isMarker(cart: Cart | undefined): boolean {
  return cart?.status === 'MOVED';
}

/**
 * The marker that takes a cart's place.
 * @param moves the number of this hand-over: one more than either store knows of
 */
export function markerOf(cart: Cart, moves: number): Cart {
  return {
    ...cart,
    status: 'MOVED',
    version: -moves,
    moves,
    movedStatus: cart.status,
    movedVersion: cart.version,
  };
}

/**
 * A marker without a cart: it keeps a cart that is about to be made in the other store from being made in this one too. It lasts as
 * long as that cart, and has nothing of it but what a record must have.
 */
export function fenceFor(
  { id, currency, createdAt, updatedAt, expiresAt, changes }: Cart,
  moves: number,
): Cart {
  const base = { id, currency, createdAt, updatedAt, changes: changes.subarray(0, 0), items: [] };
  return { ...base, status: 'MOVED', version: -moves, moves, ...(expiresAt !== undefined && { expiresAt }) };
}

/** The cart that a marker keeps, as the other store has it from then on; undefined for one without a cart, and for what is no marker. */
export function cartOfMarker(marker: Cart | undefined): Cart | undefined {
  if (marker?.status !== 'MOVED') return undefined;
  const { movedStatus: status, movedVersion: version, ...cart } = marker;
  return status === undefined || version === undefined ? undefined : { ...cart, status, version };
}

/** A record that is a cart, and has not expired. */
export function liveCart(record: Cart | undefined, now: Timestamp): Cart | undefined {
  return record && !isMarker(record) && isLive(record, now) ? record : undefined;
}

/** A marker that has not expired: what stands in the way of a cart that is made. */
export function liveMarker(record: Cart | undefined, now: Timestamp): Cart | undefined {
  return record && isMarker(record) && isLive(record, now) ? record : undefined;
}
