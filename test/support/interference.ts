/** A store whose next commits meet what real databases do to them: rivals, lost answers, endless conflicts. */
import {
  UncertainCommit,
  VersionConflict,
  type CartStore,
  type CartWrite,
} from '../../src/stores/cart-store.ts';
import type { Cart } from '../../src/cart/cart.ts';
import { changed, NOON } from './carts.ts';

/** What happens to one commit; `commit` is the real one. */
export type Interference = (
  commit: () => Promise<void>,
  carts: CartStore,
  writes: readonly CartWrite[],
) => Promise<void>;

/** Each commit takes the next interference off the list; without one it goes through untouched. */
export function interfere(carts: CartStore, list: Interference[]): CartStore {
  return {
    ...carts,
    commit(writes, options) {
      const commit = () => carts.commit(writes, options);
      return list.shift()?.(commit, carts, writes) ?? commit();
    },
  };
}

/** The database chose another transaction: nothing has landed. */
export const conflict: Interference = () => Promise.reject(new VersionConflict('refused'));

/** The commit lands, its answer is lost, `rivals` other changes follow, and the driver's retry meets a conflict. */
export function landedUnheard(rivals = 0): Interference {
  return async (commit, carts, writes) => {
    await commit();
    await changeOften(carts, writes[0]?.after.id ?? '', rivals);
    throw new VersionConflict('unknown');
  };
}

/** The commit never arrives, `rivals` other changes do, and the driver's retry meets a conflict. */
export function lostUnheard(rivals = 0): Interference {
  return async (_commit, carts, writes) => {
    await changeOften(carts, writes[0]?.after.id ?? '', rivals);
    throw new VersionConflict('unknown');
  };
}

/** The commit lands, and the connection is gone. */
export const landedUncertain: Interference = async (commit) => {
  await commit();
  throw new UncertainCommit(new Error('connection lost'));
};

/** The commit never arrives, and the connection is gone. */
export const lostUncertain: Interference = () =>
  Promise.reject(new UncertainCommit(new Error('connection lost')));

/** A middleman delivers the commit twice; `rivals` other changes follow, and the answer is that of the second delivery. */
export function deliveredTwice(rivals = 0): Interference {
  return async (commit, carts, writes) => {
    await commit();
    await changeOften(carts, writes[0]?.after.id ?? '', rivals);
    throw new VersionConflict('refused');
  };
}

/** Before the commit arrives, `rivals` other changes do. */
export function overtaken(rivals = 1): Interference {
  return async (commit, carts, writes) => {
    await changeOften(carts, writes[0]?.after.id ?? '', rivals);
    await commit();
  };
}

/** So many changes that alter nothing but version and log. */
export async function changeOften(carts: CartStore, id: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const [before] = (await carts.load([id], { consistent: true })) as [Cart];
    await carts.commit([{ before, after: changed(before, NOON) }]);
  }
}
