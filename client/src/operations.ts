/** The changes by name, each with its document and with what it will do. */
import type { Changes } from './changes.ts';
import * as op from './generated/operations.ts';
import { inCart } from './item-key.ts';
import {
  newCart,
  predictAdded,
  predictDetails,
  predictEmpty,
  predictNothing,
  predictQuantities,
  type AddedItem,
  type CartDetails,
  type NewQuantity,
} from './predictions.ts';
import type { Base, ChangeOptions } from './sending.ts';
import type { ChangeResult, CheckOutResult, RefreshResult } from './types.ts';

export interface CheckOutOptions extends ChangeOptions {
  /** The total that the shopper was shown: with another one nothing is checked out. */
  readonly expectedTotal?: string;
  /** Also where the catalogue has other prices by now. */
  readonly acceptCartPrices?: boolean;
}

const idsIn = ({ cartId }: Base, ids: readonly string[]) => ids.map((id) => inCart(cartId, id));

const quantitiesIn = ({ cartId }: Base, items: readonly NewQuantity[]) =>
  items.map(({ itemId, quantity }) => ({ itemId: inCart(cartId, itemId), quantity }));

export function createOperations({ change }: Changes) {
  return {
    /** Adds products, to a new cart where there is none to add to. */
    addItems: (items: readonly AddedItem[], more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(
        op.AddCartItemsDocument,
        (base) => ({
          input: {
            ...base,
            items: items.map(({ productId, quantity, attributes }) => ({
              productId,
              quantity,
              ...(attributes?.length ? { attributes } : {}),
            })),
          },
        }),
        { ...more, predict: predictAdded(items), opens: true, begin: newCart(items) },
      ),

    /** Sets quantities; 0 removes the item. */
    updateItems: (items: readonly NewQuantity[], more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(
        op.UpdateCartItemsDocument,
        (base) => ({ input: { ...base, items: quantitiesIn(base, items) } }),
        {
          ...more,
          predict: predictQuantities(items),
        },
      ),

    removeItems: (ids: readonly string[], more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(op.RemoveCartItemsDocument, (base) => ({ input: { ...base, itemIds: idsIn(base, ids) } }), {
        ...more,
        predict: predictQuantities(ids.map((itemId) => ({ itemId, quantity: 0 }))),
      }),

    /** Makes the items exactly these. */
    replaceItems: (items: readonly op.AddCartItemInput[], more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(op.ReplaceCartItemsDocument, (base) => ({ input: { ...base, items } }), {
        ...more,
        predict: predictNothing(),
      }),

    /** Sets the note and the attributes of the cart. */
    updateCart: (details: CartDetails, more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(op.UpdateCartDocument, (base) => ({ input: { ...base, ...details } }), {
        ...more,
        predict: predictDetails(details),
      }),

    clear: (more: ChangeOptions = {}): Promise<ChangeResult> =>
      change(op.ClearCartDocument, (base) => ({ input: base }), { ...more, predict: predictEmpty }),

    /** Takes the catalogue's prices; `priceChanges` says which were others, and what is no longer sold. */
    refreshPrices: (more: ChangeOptions = {}): Promise<RefreshResult> =>
      change(op.RefreshCartPricesDocument, (base) => ({ input: base }), {
        ...more,
        predict: predictNothing(),
      }),

    /** Makes an order of the cart. It stays to be seen, checked out, until the next `load`, `openCart` or `addItems`. */
    checkOut: (more: CheckOutOptions = {}): Promise<CheckOutResult> => {
      const { expectedTotal, acceptCartPrices = false } = more;
      return change(
        op.CheckoutCartDocument,
        (base) => ({
          input: { ...base, acceptCartPrices, ...(expectedTotal !== undefined && { expectedTotal }) },
        }),
        { ...more, predict: predictNothing() },
      );
    },
  };
}
