/** New carts. */
import { createCart, type Cart } from '../../cart/cart.ts';
import { cartIdFromKey, type CustomerId } from '../../cart/ids.ts';
import { addItems, type ItemQuantity } from '../../cart/items.ts';
import { mustActFor } from '../../cart/viewer.ts';
import { changeCarts } from '../change-carts.ts';
import type { ChangeOutcome } from '../change.ts';
import { findProductsOf, pairs, type ChangeTerms, type OperationDependencies } from './operation.ts';

export interface CreateInput {
  readonly customerId?: CustomerId | undefined;
  readonly items?: readonly ItemQuantity[] | undefined;
}

export function createCreating(deps: OperationDependencies) {
  return {
    async createCart(
      { customerId, items = [] }: CreateInput,
      terms: Omit<ChangeTerms, 'expectedVersion'>,
    ): Promise<ChangeOutcome> {
      if (customerId !== undefined) mustActFor(terms.viewer, customerId);
      const { idempotencyKey } = terms;
      const id =
        idempotencyKey === undefined
          ? deps.newId()
          : cartIdFromKey(idempotencyKey, customerId, 'idempotencyKey');
      const products = findProductsOf(deps, items, terms.signal);
      const create = createCart(id, customerId, deps.currency, deps.clock());
      return changeCarts(deps, {
        ...terms,
        operation: 'createCart',
        args: { customerId, items: pairs(items) },
        targets: [{ id, field: 'idempotencyKey', create }],
        apply: async ([cart]) => [addItems(cart as Cart, items, await products)],
      });
    },
  };
}
