/**
 * Carts as this process committed them last, so that the next change can commit against that version without loading it
 * first. Whether it is still the current one is decided by the commit's condition, never by the memory.
 */
import type { Cart } from './cart.ts';
import type { CartId } from './ids.ts';

export interface RecentCarts {
  find(id: CartId): Cart | undefined;
  /** After a commit. Does nothing for a cart that others change too. */
  remember(cart: Cart): void;
  /** After a commit whose outcome is not known, or of a cart that nobody sees any more. */
  forget(id: CartId): void;
  /** After a conflict: somebody else changes this cart, so that remembering it would cost more than it saves. */
  distrust(id: CartId): void;
}

/** What a cart takes beside its items and changes, and an item beside its name: measured, and rounded up. */
const CART_BYTES = 700;
const ITEM_BYTES = 120;

/** An entry; without a cart one that is not to be remembered. */
interface Entry {
  readonly cart?: Cart;
  readonly bytes: number;
}

/** @param maxBytes about so much memory is used; the carts whose last change is longest ago are dropped first */
export function createRecentCarts(maxBytes: number): RecentCarts {
  const entries = new Map<CartId, Entry>();
  let total = 0;

  function put(id: CartId, entry: Entry | undefined): void {
    const before = entries.get(id);
    if (before) {
      entries.delete(id);
      total -= before.bytes;
    }
    if (entry && entry.bytes <= maxBytes) {
      entries.set(id, entry);
      total += entry.bytes;
    }
    for (const [oldest, { bytes }] of entries) {
      if (total <= maxBytes) return;
      entries.delete(oldest);
      total -= bytes;
    }
  }

  return {
    find: (id) => entries.get(id)?.cart,
    remember(cart) {
      const before = entries.get(cart.id);
      if (before && !before.cart) put(cart.id, before);
      else put(cart.id, { cart, bytes: bytesOf(cart) });
    },
    forget: (id) => {
      if (entries.get(id)?.cart) put(id, undefined);
    },
    distrust: (id) => {
      put(id, { bytes: CART_BYTES });
    },
  };
}

function bytesOf({ items, changes }: Cart): number {
  const names = items.reduce((sum, item) => sum + 2 * item.productName.length, 0);
  return CART_BYTES + changes.length + items.length * ITEM_BYTES + names;
}
