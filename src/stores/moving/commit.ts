/**
 * The commit of two stores. All writes go to one of them, as one commit of that store; what has to be so before (carts brought there, the
 * other store closed to a cart that is made) is done first, and changes no cart. Every step is conditional, so a commit that was begun
 * on what is no longer so ends in a conflict, and whoever asked looks the carts up again.
 */
import type { Cart, Timestamp } from '../../cart/cart.ts';
import { isRandomId } from '../../cart/ids.ts';
import { fenceFor, liveCart, liveMarker, movesOf } from '../../cart/moved.ts';
import { UncertainCommit, VersionConflict, type CartWrite, type StoreOptions } from '../cart-store.ts';
import { bring, handOver, writeOver } from './hand-over.ts';
import type { Pair } from './locate.ts';
import { otherRole, type Place, type Records, type Role } from './place.ts';
import type { Phase } from './phase.ts';

export interface CommitDependencies {
  readonly pair: Pair;
  readonly phase: Phase;
  readonly clock: () => Timestamp;
  /** Where a cart was found when it was loaded, or is found now. */
  findPlaces(writes: readonly CartWrite[], options: StoreOptions): Promise<readonly Place[]>;
}

/** A write, and where its cart is; nowhere, for one that is made. */
interface Placed {
  readonly write: CartWrite;
  /** Absent for a new cart whose id was drawn by chance: it is nowhere, and nobody else makes it. */
  readonly place?: Place;
}

/** Milliseconds for which a marker without a cart must yet last, to keep others from making the cart while it is made: the longest request. */
const LASTING = 60_000;

export async function commitToEither(
  deps: CommitDependencies,
  writes: readonly CartWrite[],
  options: StoreOptions,
): Promise<void> {
  options.signal?.throwIfAborted();
  const known = writes.filter(({ before, after }) => before !== undefined || !isRandomId(after.id));
  const places = known.length > 0 ? await deps.findPlaces(known, options) : [];
  const placed = writes.map((write): Placed => {
    const place = places[known.indexOf(write)];
    return place ? { write, place } : { write };
  });
  if (!placed.every(isPossible)) throw new VersionConflict('refused');
  const role = roleFor(deps, placed);
  const prepared: CartWrite[] = [];
  for (const one of placed) prepared.push(await prepare(deps, one, role, options));
  await deps.pair[role].commit(prepared, options);
}

/** Whether the cart is what the write takes it for, as far as that can be seen before. */
function isPossible({ write: { before }, place }: Placed): boolean {
  if (!place) return true;
  if (!before) return place.kind === 'nowhere';
  return (
    place.kind !== 'nowhere' &&
    place.cart.version === before.version &&
    place.cart.createdAt === before.createdAt
  );
}

/** The store that takes the commit: in `follow` the source, as long as nothing of it is in the target already. */
function roleFor({ phase, clock }: CommitDependencies, placed: readonly Placed[]): Role {
  if (phase === 'handover') return 'target';
  const now = clock();
  const inTarget = placed.some(({ place }) => {
    if (!place) return false;
    if (place.kind !== 'nowhere') return place.in === 'target';
    return liveMarker(place.records.source, now) !== undefined && !isFenced(place.records, 'source', now);
  });
  return inTarget ? 'target' : 'source';
}

/** The write as the store takes it to which all of them go, when everything is so that it may. */
async function prepare(
  deps: CommitDependencies,
  { write, place }: Placed,
  role: Role,
  options: StoreOptions,
): Promise<CartWrite> {
  if (!place) return write;
  if (place.kind === 'nowhere') return makingOf(deps, write.after, place.records, role, options);
  const moves = await withoutWrites(() => bringTo(deps, place, role, options));
  const { after } = write;
  return moves === movesOf(after) ? write : { ...write, after: { ...after, moves } };
}

/** Sees to it that the cart is in the store; the count that it has there. */
async function bringTo(
  { pair, clock }: CommitDependencies,
  place: Exclude<Place, { kind: 'nowhere' }>,
  role: Role,
  options: StoreOptions,
): Promise<number> {
  const { cart, records } = place;
  if (place.kind === 'on its way') await bring(pair, cart, place.in, records[place.in], clock, options);
  if (place.in === role) return movesOf(cart);
  let there = records[role];
  // Not what was read before the cart: it may have come from there since, and a change that was decided on before that, and landed after
  // it, has lowered its count again. The marker that is left behind has the true one.
  if (place.kind === 'lives') {
    const reading = { consistent: true, includeExpired: true, ...options };
    [there] = await pair[role].load([cart.id], reading);
  }
  if (liveCart(there, clock())) throw new VersionConflict('refused');
  return movesOf(await handOver(pair, cart, role, there, clock, options));
}

/**
 * The write that makes a cart in a store. The same key may be on its way to the other one: that store is closed to it first, by a marker
 * without a cart, newer than what stands here, so that of two who make it in different stores one at most is not refused. In `follow`
 * that is not needed in the source, where everybody else has to leave such a marker before.
 */
async function makingOf(
  { pair, phase, clock }: CommitDependencies,
  cart: Cart,
  records: Records,
  role: Role,
  options: StoreOptions,
): Promise<CartWrite> {
  const now = clock();
  const other = otherRole[role];
  const moves = Math.max(movesOf(records.source), movesOf(records.target));
  const isOpen = phase === 'follow' && role === 'source' && !liveMarker(records.source, now);
  if (isOpen || isFenced(records, role, now)) return writeOver(records[role], counted(cart, moves), now);
  const fence = fenceFor(cart, moves + 1);
  await withoutWrites(() => pair[other].commit([writeOver(records[other], fence, now)], options));
  return writeOver(records[role], counted(cart, moves + 1), now);
}

function counted(cart: Cart, moves: number): Cart {
  return moves === movesOf(cart) ? cart : { ...cart, moves };
}

/** Whether the other store is closed to a cart that is made in this one. */
function isFenced(records: Records, role: Role, now: Timestamp): boolean {
  const other = records[otherRole[role]];
  return liveMarker(other, now + LASTING) !== undefined && movesOf(other) > movesOf(records[role]);
}

/**
 * Work before the commit itself. However its own commits end, nothing of what was asked for is written and nothing will be: what is in
 * the way, or may come to be, is found when the carts are looked up again.
 */
async function withoutWrites<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VersionConflict || error instanceof UncertainCommit)
      throw new VersionConflict('refused', { cause: error });
    throw error;
  }
}
