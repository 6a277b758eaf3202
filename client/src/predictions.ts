/** What changes will do, as the service's rules have it: for the moment until its answer is there. */
import type { Prediction } from './cart-state.ts';
import { sum, times } from './decimal.ts';
import { inCart, itemId, sorted, type ItemIdentity } from './item-key.ts';
import type { Attribute, Cart, CartItem, Money } from './types.ts';

export interface AddedItem extends ItemIdentity {
  readonly quantity: number;
  /** What the page shows of the product: with it an item that is new can be shown before the answer is there. */
  readonly preview?: { readonly name: string; readonly price: Money };
}

export interface CartDetails {
  /** Null or empty removes it; left out, it stays. */
  readonly note?: string | null;
  /** All there will be; null or empty removes them. */
  readonly attributes?: readonly Attribute[] | null;
}

export interface NewQuantity {
  readonly itemId: string;
  /** 0 removes the item. */
  readonly quantity: number;
}

function withItems(cart: Cart, items: readonly CartItem[]): Cart {
  const { amount, currency } = cart.totalAmount;
  return {
    ...cart,
    items,
    itemCount: items.reduce((count, { quantity }) => count + quantity, 0),
    totalAmount: {
      amount: sum(
        items.map(({ lineTotal }) => lineTotal.amount),
        amount,
      ),
      currency,
    },
  };
}

function withQuantity(item: CartItem, quantity: number): CartItem {
  const { amount, currency } = item.unitPrice;
  return { ...item, quantity, lineTotal: { amount: times(amount, quantity), currency } };
}

/** The cart that is about to be opened, with nothing in it; undefined where nothing says in which currency. */
export function newCart(added: readonly AddedItem[]): Cart | undefined {
  const price = added.find(({ preview }) => preview)?.preview?.price;
  if (!price) return undefined;
  const now = new Date().toISOString();
  return {
    id: '',
    customerId: null,
    status: 'ACTIVE',
    version: 0,
    note: null,
    attributes: [],
    itemCount: 0,
    totalAmount: { ...price, amount: times(price.amount, 0) },
    items: [],
    createdAt: now,
    updatedAt: now,
    expiresAt: null,
    orderId: null,
    mergedIntoCartId: null,
  };
}

export function predictAdded(added: readonly AddedItem[]): Prediction {
  return (cart) => {
    const items = [...cart.items];
    for (const { productId, attributes, quantity, preview } of added) {
      const id = itemId(cart.id, { productId, attributes });
      const at = items.findIndex((item) => item.id === id);
      const there = items[at];
      if (there) items[at] = withQuantity(there, there.quantity + quantity);
      else if (preview?.price.currency === cart.totalAmount.currency) {
        const { name: productName, price: unitPrice } = preview;
        const item = { id, productId, productName, attributes: sorted(attributes ?? []), unitPrice };
        items.push(withQuantity({ ...item, quantity, lineTotal: unitPrice }, quantity));
      }
    }
    return withItems(cart, items);
  };
}

export function predictQuantities(changes: readonly NewQuantity[]): Prediction {
  return (cart) => {
    const quantities = new Map(changes.map(({ itemId: id, quantity }) => [inCart(cart.id, id), quantity]));
    return withItems(
      cart,
      cart.items
        .map((item) => withQuantity(item, quantities.get(item.id) ?? item.quantity))
        .filter(({ quantity }) => quantity > 0),
    );
  };
}

export function predictDetails({ note, attributes }: CartDetails): Prediction {
  return (cart) => ({
    ...cart,
    ...(note !== undefined && { note: note || null }),
    ...(attributes !== undefined && { attributes: sorted(attributes ?? []) }),
  });
}

export const predictEmpty: Prediction = (cart) => withItems(cart, []);

/** Of changes that show only in their answer. */
export const predictNothing = (): Prediction => (cart) => cart;
