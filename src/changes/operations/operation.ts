/** What all operations have in common: what they need, who asks for them, and how one cart is changed. */
import type { Cart } from '../../cart/cart.ts';
import type { CartId, ProductId } from '../../cart/ids.ts';
import type { ItemQuantity } from '../../cart/items.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import type { Product } from '../../cart/product.ts';
import type { Viewer } from '../../cart/viewer.ts';
import type { Catalog } from '../../stores/catalog.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { changeCarts } from '../change-carts.ts';
import type { ChangeDependencies, ChangeOutcome, Target } from '../change.ts';

export interface OperationDependencies extends ChangeDependencies {
  readonly catalog: Catalog;
  /** A random lower-case UUID. */
  readonly newId: () => string;
  readonly currency: CurrencyCode;
}

/** Who is asking, and for how long an answer is of use. */
export interface Caller {
  readonly viewer: Viewer;
  readonly signal: Signal;
}

/** A caller's conditions for a change. */
export interface ChangeTerms extends Caller {
  readonly expectedVersion?: number | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** A change of one cart by a rule that needs nothing but the cart. */
export function changeOne(
  deps: OperationDependencies,
  operation: string,
  cartId: CartId,
  args: Readonly<Record<string, unknown>>,
  terms: ChangeTerms,
  rule: (cart: Cart) => Cart | Promise<Cart>,
): Promise<ChangeOutcome> {
  const target: Target = { id: cartId, field: 'cartId', expectedVersion: terms.expectedVersion };
  return changeCarts(deps, {
    ...terms,
    operation,
    args: { cartId, ...args },
    targets: [target],
    apply: async ([cart]) => [await rule(cart as Cart)],
  });
}

/** The catalogue's answer for an input's items, asked for while the cart is being loaded. */
export function findProductsOf(
  { catalog }: OperationDependencies,
  items: readonly ItemQuantity[],
  signal: Signal,
): Promise<readonly (Product | undefined)[]> {
  const products =
    items.length === 0
      ? Promise.resolve([])
      : catalog.findMany(
          items.map((item) => item.productId),
          { signal },
        );
  products.catch(() => undefined); // whoever awaits it sees the error; a refusal before that must not be unhandled
  return products;
}

/** Items as a fingerprint takes them: the same whatever the order of an entry's properties, and without any others. */
export function pairs(items: readonly ItemQuantity[]): (readonly [ProductId, number])[] {
  return items.map(({ productId, quantity }) => [productId, quantity]);
}
