/** Changes that hold a cart's prices against the catalogue's: taking them in, and the check-out. */
import type { PriceChange } from '../../cart/cart-error.ts';
import type { Cart } from '../../cart/cart.ts';
import { checkOut, findPriceChanges, refreshPrices } from '../../cart/check-out.ts';
import type { CartId } from '../../cart/ids.ts';
import { InputError } from '../../cart/input-error.ts';
import { parseAmount, type CurrencyCode } from '../../cart/money.ts';
import type { Signal } from '../../waiting/abortable.ts';
import type { ChangeOutcome } from '../change.ts';
import { changeOne, type ChangeTerms, type OperationDependencies } from './operation.ts';

export interface CheckOutInput {
  readonly cartId: CartId;
  /** A decimal. */
  readonly expectedTotal?: string | undefined;
  readonly acceptCartPrices: boolean;
}

export function createPriceOperations(deps: OperationDependencies) {
  return {
    /** `priceChanges` is what the change did, and the items no longer sold; empty for a replay. */
    async refreshPrices(
      cartId: CartId,
      terms: ChangeTerms,
    ): Promise<ChangeOutcome & { priceChanges: PriceChange[] }> {
      let priceChanges: PriceChange[] = [];
      const outcome = await changeOne(deps, 'refreshPrices', cartId, {}, terms, async (cart) => {
        const products = await findProducts(deps, cart, terms.signal);
        priceChanges = findPriceChanges(cart, products);
        return refreshPrices(cart, products);
      });
      const made = outcome.problems.length === 0 && !outcome.replayed;
      return { ...outcome, priceChanges: made ? priceChanges : [] };
    },

    checkOut(
      { cartId, expectedTotal, acceptCartPrices }: CheckOutInput,
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const orderId = deps.newId();
      const args = { expectedTotal: totalOf(expectedTotal, deps.currency), acceptCartPrices };
      return changeOne(deps, 'checkOut', cartId, args, terms, async (cart) =>
        checkOut(cart, {
          orderId,
          ...(expectedTotal !== undefined && { expectedTotal }),
          ...(!acceptCartPrices && { products: await findProducts(deps, cart, terms.signal) }),
        }),
      );
    },
  };
}

/**
 * A total as a fingerprint takes it: as minor units of the deployment's currency, as they have been since the first version. One that
 * is none of these stays text: the cart may be in another currency, from before the deployment's was changed, and its rule decides.
 */
function totalOf(total: string | undefined, currency: CurrencyCode): number | string | undefined {
  if (total === undefined) return undefined;
  try {
    return parseAmount(total, currency, 'expectedTotal');
  } catch (error) {
    if (error instanceof InputError) return total;
    throw error;
  }
}

/** The catalogue's answer for a cart's items. */
function findProducts({ catalog }: OperationDependencies, cart: Cart, signal: Signal) {
  return catalog.findMany(
    cart.items.map((item) => item.productId),
    { signal },
  );
}
