/**
 * A cart store made of two, while carts are moved from one to the other under the eyes of those who use them: at every moment one of
 * the two owns a cart, and everybody can tell which. docs/move.md says how, and why it is safe.
 *
 * For those who build on it:
 * - {@link createMovingCartStore} is what the service uses: a CartStore like any other. Its carts have the count `moves`, which no client
 *   sees; hand carts back to it as they were loaded, and it knows where they are without asking again.
 * - `createMover` (mover.ts) hands over what a walk (stores/cart-walk.ts) has met, in batches; `openMove` (open-move.ts) opens both
 *   stores with everything that a task needs of them.
 * - {@link locate} and place.ts are the one judgement of where a cart is; whoever compares stores uses it too.
 */
import type { Cart, Timestamp } from '../../cart/cart.ts';
import { isLive } from '../../cart/cart.ts';
import { isRandomId, type CartId } from '../../cart/ids.ts';
import type { CartStore, CartWrite, LoadOptions, StoreOptions } from '../cart-store.ts';
import { allReady } from '../all-ready.ts';
import { commitToEither } from './commit.ts';
import { listFromBoth } from './list.ts';
import { locate, type Pair } from './locate.ts';
import { homeOf, type Phase } from './phase.ts';
import { expiredCart, type Place } from './place.ts';

export interface MovingCartStoreOptions {
  readonly source: CartStore;
  readonly target: CartStore;
  readonly phase: Phase;
  readonly clock: () => Timestamp;
}

/**
 * A load that need not be consistent is so in each store as that store has it, but for what a marker sends on: that is read strongly.
 * In `follow` the target is always read strongly, and only for what the source does not have.
 */
export function createMovingCartStore({ source, target, phase, clock }: MovingCartStoreOptions): CartStore {
  const pair: Pair = { source, target };
  const { load, findPlaces } = createLooking(pair, phase, clock);
  return {
    load,
    commit: (writes, asked = {}) => commitToEither({ pair, phase, clock, findPlaces }, writes, asked),
    listByCustomer(customerId, page, { signal } = {}) {
      const asked = signal ? { signal } : {};
      const loadNow = (ids: readonly CartId[]) => load(ids, { consistent: true, ...asked });
      return listFromBoth({ pair, clock, loadNow }, customerId, page, asked);
    },
    ready: (asked) => allReady([source.ready(asked), target.ready(asked)]),
    async close() {
      await Promise.all([source.close(), target.close()]);
    },
  };
}

/** Carts of which is remembered that there is nothing of them; more than are being made at one time. */
const MOST_ABSENT = 1000;

/** Loads, and the places of carts that were loaded. One that has moved since makes a commit fail, and is looked up again. */
function createLooking(pair: Pair, phase: Phase, clock: () => Timestamp) {
  const placeOf = new WeakMap<Cart, Place>();
  const absent = createAbsent();

  const find = (ids: readonly CartId[], consistent: boolean, { signal }: StoreOptions) => {
    const strong = { first: consistent, second: consistent || phase === 'follow' };
    return locate(pair, ids, clock, { first: homeOf[phase], strong, ...(signal && { signal }) });
  };

  return {
    async load(ids: readonly CartId[], asked: LoadOptions = {}): Promise<(Cart | undefined)[]> {
      const { consistent = false, includeExpired = false, ...others } = asked;
      others.signal?.throwIfAborted();
      const places = await find(ids, consistent, others);
      const now = clock();
      const carts = new Map<CartId, Cart>();
      for (const [id, place] of places) {
        const cart = place.kind === 'nowhere' ? expiredCart(place.records) : place.cart;
        if (consistent) absent.note(id, place);
        if (!cart || !(includeExpired || isLive(cart, now))) continue;
        carts.set(id, cart);
        if (place.kind !== 'nowhere') placeOf.set(cart, place);
      }
      return ids.map((id) => carts.get(id));
    },

    /** Where carts that are to be written were found when they were loaded, or are found now. */
    async findPlaces(writes: readonly CartWrite[], asked: StoreOptions): Promise<readonly Place[]> {
      const known = writes.map(({ before, after }) => (before ? placeOf.get(before) : absent.take(after.id)));
      const unknown = writes.flatMap(({ after }, at) => (known[at] ? [] : [after.id]));
      const found = unknown.length > 0 ? await find(unknown, true, asked) : undefined;
      return writes.map(({ after }, at) => known[at] ?? (found?.get(after.id) as Place));
    },
  };
}

/**
 * What was found nowhere, by strong reads of both stores: whoever makes it next need not look again. To the protocol it is as if that
 * one had looked itself and been slow: all that follows is conditional on there being nothing. It is used once, so that whoever is
 * refused looks again, and records that are there are not kept: they may be large.
 */
function createAbsent() {
  const absent = new Map<CartId, Place>();
  return {
    note(id: CartId, place: Place): void {
      absent.delete(id);
      if (place.kind !== 'nowhere' || place.records.source || place.records.target || isRandomId(id)) return;
      absent.set(id, place);
      const [oldest] = absent.size > MOST_ABSENT ? absent.keys() : [];
      if (oldest !== undefined) absent.delete(oldest);
    },
    take(id: CartId): Place | undefined {
      const place = absent.get(id);
      absent.delete(id);
      return place;
    },
  };
}
