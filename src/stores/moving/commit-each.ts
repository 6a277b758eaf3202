/** Commits of many carts that have nothing to do with each other: each lands or is refused by itself, whoever else's went with it. */
import {
  UncertainCommit,
  VersionConflict,
  type CartStore,
  type CartWrite,
  type StoreOptions,
} from '../cart-store.ts';

/** `refused`: the cart is not what `before` says; `unknown`: nobody has said what became of the commit. */
export type Landed = 'landed' | 'refused' | 'unknown';

/**
 * @param together most writes that are sent as one commit of the store; what is refused together is sent again one by one
 * @returns positional
 * @throws faults of the store that are no cart's; some may have landed then
 */
export async function commitEach(
  store: CartStore,
  writes: readonly CartWrite[],
  together: number,
  options: StoreOptions,
): Promise<Landed[]> {
  const groups: CartWrite[][] = [];
  for (let at = 0; at < writes.length; at += together) groups.push(writes.slice(at, at + together));
  const landed = await Promise.all(groups.map((group) => commitGroup(store, group, options)));
  return landed.flat();
}

async function commitGroup(
  store: CartStore,
  group: readonly CartWrite[],
  options: StoreOptions,
): Promise<Landed[]> {
  try {
    await store.commit(group, options);
    return group.map(() => 'landed');
  } catch (error) {
    if (error instanceof UncertainCommit) return group.map(() => 'unknown');
    if (group.length === 1 && error instanceof VersionConflict) return ['refused'];
    // Nothing of it was written: one cart's fault, or the size of all together, shall not be the others'.
    if (group.length > 1 && !options.signal?.aborted) return commitEach(store, group, 1, options);
    throw error;
  }
}
