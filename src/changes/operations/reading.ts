/** Carts as their viewers see them. */
import { isLive, type Cart } from '../../cart/cart.ts';
import type { CartId, CustomerId } from '../../cart/ids.ts';
import type { CartPageRequest } from '../../cart/page.ts';
import { maySee, mustActFor } from '../../cart/viewer.ts';
import { UnreadableCart } from '../../stores/unreadable-record.ts';
import type { Caller, OperationDependencies } from './operation.ts';

export function createReading(deps: OperationDependencies) {
  const { carts, clock } = deps;

  /**
   * Positional; undefined where the viewer sees no cart. A guest's cart is read consistently before it is shown to
   * anybody but staff: a stale read could show a cart that has meanwhile been claimed.
   */
  async function findCarts(
    ids: readonly CartId[],
    { viewer, signal }: Caller,
  ): Promise<(Cart | undefined)[]> {
    const found = await carts.load(ids, { signal, consistent: viewer.kind === 'guest' });
    const maybeClaimed =
      viewer.kind === 'customer'
        ? found.flatMap((cart) => (cart && cart.customerId === undefined ? [cart.id] : []))
        : [];
    const fresh = maybeClaimed.length > 0 ? await carts.load(maybeClaimed, { signal, consistent: true }) : [];
    const certain = new Map(maybeClaimed.map((id, index) => [id, fresh[index]]));
    return found.map((stale) => {
      const cart = stale && certain.has(stale.id) ? certain.get(stale.id) : stale;
      return cart && isLive(cart, clock()) && maySee(viewer, cart) ? cart : undefined;
    });
  }

  return {
    findCarts,

    /** Like findCarts, but a cart that cannot be read is an error in its own place only. */
    async findEachCart(ids: readonly CartId[], caller: Caller): Promise<(Cart | Error | undefined)[]> {
      try {
        return await findCarts(ids, caller);
      } catch (error) {
        if (!(error instanceof UnreadableCart) || ids.length === 1) throw error;
        const each = await Promise.allSettled(ids.map((id) => findCarts([id], caller)));
        return each.map((one) => (one.status === 'fulfilled' ? one.value[0] : (one.reason as Error)));
      }
    },

    /** Newest first. */
    async listCarts(customerId: CustomerId, page: CartPageRequest, { viewer, signal }: Caller) {
      mustActFor(viewer, customerId);
      return carts.listByCustomer(customerId, page, { signal });
    },
  };
}
