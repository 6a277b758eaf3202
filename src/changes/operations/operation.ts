/** What all operations have in common: what they need, who asks for them, and how one cart is changed. */
import { pairsOf } from '../../cart/attributes.ts';
import type { Cart, CartDetails } from '../../cart/cart.ts';
import { plainId, type CartId } from '../../cart/ids.ts';
import type { ItemAddition } from '../../cart/items.ts';
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
  items: readonly ItemAddition[],
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

/**
 * Items as a fingerprint takes them: the same whatever the order of an entry's properties, and everything that is said, or a key
 * would take two different requests for one. Those of which nothing is said are as they have been since the first version, and
 * those with attributes as since these came, so that replays across an upgrade still are replays.
 */
export function tuples(items: readonly ItemAddition[]): (readonly unknown[])[] {
  return items.map(({ productId, quantity, attributes, ...others }) => {
    const tuple: unknown[] = [plainId(productId), quantity];
    if (attributes) tuple.push(pairsOf(attributes));
    for (const [name, value] of Object.entries(others).sort(byName)) tuple.push([name, value]);
    return tuple;
  });
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** What is said of a cart as a whole, as a fingerprint takes it: what is left out is no part of it. */
export function detailsArgs({ note, attributes }: CartDetails): Readonly<Record<string, unknown>> {
  return { note, attributes: attributes && pairsOf(attributes) };
}
