/** Changes of whose a cart is, and its end. */
import { claimCart, deleteCart } from '../../cart/cart.ts';
import { plainId, type CartId, type CustomerId } from '../../cart/ids.ts';
import { mustActFor } from '../../cart/viewer.ts';
import type { ChangeOutcome } from '../change.ts';
import { changeOne, type ChangeTerms, type OperationDependencies } from './operation.ts';

export function createLifeOperations(deps: OperationDependencies) {
  return {
    async claimCart(cartId: CartId, customerId: CustomerId, terms: ChangeTerms): Promise<ChangeOutcome> {
      mustActFor(terms.viewer, customerId);
      return changeOne(deps, 'claimCart', cartId, { customerId: plainId(customerId) }, terms, (cart) =>
        claimCart(cart, customerId),
      );
    },

    deleteCart(cartId: CartId, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne(deps, 'deleteCart', cartId, {}, terms, deleteCart);
    },
  };
}
