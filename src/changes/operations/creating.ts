/** New carts. */
import { createCart, updateCart, type Cart, type CartDetails } from '../../cart/cart.ts';
import { cartIdFromKey, plainId, type CustomerId } from '../../cart/ids.ts';
import { addItems, type ItemAddition } from '../../cart/items.ts';
import { mustActFor } from '../../cart/viewer.ts';
import { changeCarts } from '../change-carts.ts';
import type { ChangeOutcome } from '../change.ts';
import {
  detailsArgs,
  findProductsOf,
  tuples,
  type ChangeTerms,
  type OperationDependencies,
} from './operation.ts';

export interface CreateInput extends CartDetails {
  readonly customerId?: CustomerId | undefined;
  readonly items?: readonly ItemAddition[] | undefined;
}

export function createCreating(deps: OperationDependencies) {
  return {
    async createCart(
      { customerId, items = [], ...details }: CreateInput,
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
        args: {
          customerId: customerId === undefined ? undefined : plainId(customerId),
          items: tuples(items),
          ...detailsArgs(details),
        },
        targets: [{ id, field: 'idempotencyKey', create }],
        apply: async ([cart]) => [addItems(updateCart(cart as Cart, details), items, await products)],
      });
    },
  };
}
