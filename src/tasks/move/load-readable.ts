/** Carts out of a store of which some cannot be read: those keep nobody from seeing the others. */
import type { Cart } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import type { CartStore } from '../../stores/cart-store.ts';
import { UnreadableCart } from '../../stores/unreadable-record.ts';

/** Positional; expired ones too, as they are now. `unreadable` is told by the walk that meets the record. */
export async function loadReadable(
  store: CartStore,
  ids: readonly CartId[],
): Promise<(Cart | undefined | 'unreadable')[]> {
  if (ids.length === 0) return [];
  try {
    return await store.load(ids, { consistent: true, includeExpired: true });
  } catch (error) {
    if (!(error instanceof UnreadableCart)) throw error;
    if (ids.length === 1) return ['unreadable'];
    const half = Math.ceil(ids.length / 2);
    return [
      ...(await loadReadable(store, ids.slice(0, half))),
      ...(await loadReadable(store, ids.slice(half))),
    ];
  }
}
