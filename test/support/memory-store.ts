/** The reference: a cart store in memory, as plain as the contract allows. */
import type { Signal } from '../../src/waiting/abortable.ts';
import { isLive, type Cart, type Timestamp } from '../../src/cart/cart.ts';
import { VersionConflict, type CartStore } from '../../src/stores/cart-store.ts';
import type { CartWalk } from '../../src/stores/cart-walk.ts';

/** @param carts what it holds, by id */
export function createMemoryCartStore(
  clock: () => Timestamp,
  carts = new Map<string, Cart>(),
): CartStore & CartWalk {
  const live = (id: string) => {
    const cart = carts.get(id);
    return cart && isLive(cart, clock()) ? cart : undefined;
  };

  return {
    load(ids, { includeExpired = false, signal } = {}) {
      return answer(signal, () => ids.map((id) => (includeExpired ? carts.get(id) : live(id))));
    },
    commit(writes, { signal } = {}) {
      return answer(signal, () => {
        for (const { before, after } of writes) {
          const current = live(after.id);
          const same = current?.version === before?.version && current?.createdAt === before?.createdAt;
          if (!same) throw new VersionConflict('refused');
        }
        for (const { after } of writes) carts.set(after.id, after);
      });
    },
    listByCustomer(customerId, { first, after, status }, { markers = false, signal } = {}) {
      return answer(signal, () => {
        const all = [...carts.values()]
          .filter((cart) => cart.customerId === customerId && isLive(cart, clock()))
          .filter((cart) =>
            cart.status === 'MOVED' ? markers : status === undefined || cart.status === status,
          )
          .sort(newestFirst)
          .filter((cart) => after === undefined || newestFirst(cart, after) > 0);
        return { entries: all.slice(0, first), hasNextPage: all.length > first };
      });
    },
    walk({ part = { number: 0, of: 1 }, after = '', first, includeExpired = false, signal }) {
      return answer(signal, () => {
        const ids = [...carts.keys()]
          .filter((id) => partOf(id, part.of) === part.number && id > after)
          .sort();
        const page = ids.slice(0, first);
        const records = page.flatMap((id) => (includeExpired ? carts.get(id) : live(id)) ?? []);
        const next = ids.length > page.length ? page.at(-1) : undefined;
        return { records, unreadable: [], ...(next !== undefined && { next }) };
      });
    },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function partOf(id: string, of: number): number {
  return Number.parseInt(id.slice(0, 8), 16) % of;
}

function newestFirst(a: Pick<Cart, 'createdAt' | 'id'>, b: Pick<Cart, 'createdAt' | 'id'>): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** What `work` returns or throws, as a promise; the signal's reason when it is aborted already. */
function answer<Result>(signal: Signal | undefined, work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    signal?.throwIfAborted();
    resolve(work());
  });
}
