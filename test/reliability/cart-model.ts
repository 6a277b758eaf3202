/**
 * The carts of a history, one change after the other, by the rules of `src/cart` and by what docs/errors.md promises of keys and
 * versions. It knows nothing of `src/changes`, which it is there to judge.
 */
import { CartError } from '../../src/cart/cart-error.ts';
import {
  acceptChange,
  claimCart,
  createCart,
  deleteCart,
  updateCart,
  type Cart,
} from '../../src/cart/cart.ts';
import {
  changeIdFromKey,
  endsWith,
  equal,
  findFingerprint,
  fingerprintOf,
  type Change,
} from '../../src/cart/change-log.ts';
import { checkOut } from '../../src/cart/check-out.ts';
import type { CartId } from '../../src/cart/ids.ts';
import { addItems, clearItems, removeItems, replaceItems, setQuantities } from '../../src/cart/items.ts';
import { mergeCarts } from '../../src/cart/merge.ts';
import type { Product } from '../../src/cart/product.ts';
import { TTL } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import type { CartAnswer, CartCall, CartView, Line } from './cart-calls.ts';
import type { Model } from './linearizability.ts';

/** Products from 1 to here are sold. */
export const SOLD = 5;

export type Carts = Readonly<Record<CartId, Cart | undefined>>;
type ChangeCall = Exclude<CartCall, { do: 'read' }>;

/** Of a check-out whose answer was not heard: any that is shown later. */
const UNHEARD = 'unheard';

export const cartModel: Model<Carts, CartCall, CartAnswer> = {
  initial: {},
  step(carts, call, answer) {
    if (call.do === 'read') return answer ? shown(carts, call.cart, answer.cart) : [];
    if (answer?.codes === undefined && answer) return shown(carts, call.cart, answer.cart);
    const { codes, after } = change(carts, call, answer?.cart?.orderId ?? UNHEARD);
    if (!answer) return [after];
    if (codes.join() !== answer.codes?.join()) return [];
    const named = shown(after, call.cart, answer.cart);
    return call.do === 'merge' ? named.flatMap((one) => shown(one, call.source, answer.source)) : named;
  },
  key: (carts) =>
    JSON.stringify(
      Object.entries(carts).map(
        ([id, cart]) => cart && [id, viewOf(cart), Buffer.from(cart.changes).toString('base64')],
      ),
    ),
};

/** The state, if it shows this cart; an order's id that was not heard is known from now on. */
function shown(carts: Carts, id: CartId, view: CartView | null | undefined): Carts[] {
  if (view === undefined) return [carts];
  const cart = carts[id];
  const visible = cart && cart.status !== 'DELETED' ? cart : undefined;
  if (!visible || !view) return !visible && !view ? [carts] : [];
  const learned =
    visible.orderId === UNHEARD && view.orderId ? { ...visible, orderId: view.orderId } : visible;
  if (JSON.stringify(viewOf(learned)) !== JSON.stringify(view)) return [];
  return [learned === visible ? carts : { ...carts, [id]: learned }];
}

export function viewOf(cart: Cart): CartView {
  return {
    version: cart.version,
    status: cart.status,
    note: cart.note ?? null,
    orderId: cart.orderId ?? null,
    customer: cart.customerId ?? null,
    mergedInto: cart.mergedIntoCartId ?? null,
    lines: cart.items.map(({ productId, quantity, attributes }) => ({
      productId,
      quantity,
      ...(attributes && { attributes }),
    })),
  };
}

function change(carts: Carts, call: ChangeCall, orderId: string): { codes: string[]; after: Carts } {
  const ids = call.do === 'merge' ? [call.cart, call.source] : [call.cart];
  const made = changeOf(call);
  try {
    if (wasMade(carts, call, ids, made)) return { codes: [], after: carts };
    const current = ids.map((id) => carts[id] ?? createCart(id, undefined, 'USD', 0));
    if (current.some(({ status }) => status !== 'ACTIVE'))
      return { codes: ['CART_NOT_ACTIVE'], after: carts };
    if (call.version !== undefined && call.version !== current[0]?.version)
      return { codes: ['VERSION_CONFLICT'], after: carts };
    const changed = apply(current as [Cart, Cart], call, orderId);
    const accepted = changed.map((cart, index) => acceptChange(cart, 0, TTL, index === 0 ? made : undefined));
    return { codes: [], after: { ...carts, ...Object.fromEntries(accepted.map((cart) => [cart.id, cart])) } };
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    return { codes: error.problems.map(({ code }) => code), after: carts };
  }
}

/** Without a key nothing is ever repeated, so all such changes can have one id. */
function changeOf({ key, version: _, ...args }: ChangeCall): Change {
  const id = key === undefined ? new Uint8Array(16) : changeIdFromKey(key);
  return { id, fingerprint: fingerprintOf('model', args) };
}

/** @throws CartError CART_NOT_FOUND, IDEMPOTENCY_KEY_REUSED */
function wasMade(carts: Carts, call: ChangeCall, ids: readonly CartId[], made: Change): boolean {
  const [first] = ids.map((id) => carts[id]);
  if (call.key !== undefined && first?.status === 'DELETED' && endsWith(first.changes, made)) return true;
  const missing = ids.some((id) => {
    const cart = carts[id];
    return cart ? cart.status === 'DELETED' : call.do !== 'create';
  });
  if (missing) throw new CartError([{ code: 'CART_NOT_FOUND', message: '' }]);
  if (!first || call.key === undefined) return false;
  const fingerprint = findFingerprint(first.changes, made.id);
  if (fingerprint && !equal(fingerprint, made.fingerprint)) {
    throw new CartError([{ code: 'IDEMPOTENCY_KEY_REUSED', message: '' }]);
  }
  return fingerprint !== undefined || call.do === 'create';
}

function apply([cart, source]: readonly [Cart, Cart], call: ChangeCall, orderId: string): Cart[] {
  switch (call.do) {
    case 'create':
    case 'add':
      return [addItems(cart, call.lines, productsOf(call.lines))];
    case 'replace':
      return [replaceItems(cart, call.lines, productsOf(call.lines))];
    case 'set':
      return [setQuantities(cart, call.lines)];
    case 'remove':
      return [
        removeItems(
          cart,
          call.productIds.map((productId) => ({ productId })),
        ),
      ];
    case 'note':
      return [updateCart(cart, { note: call.note })];
    case 'clear':
      return [clearItems(cart)];
    case 'delete':
      return [deleteCart(cart)];
    case 'claim':
      return [claimCart(cart, call.customer)];
    case 'checkOut':
      return [checkOut(cart, { orderId })];
    case 'merge': {
      const merged = mergeCarts(source, cart, call.strategy);
      return [merged.target, merged.source];
    }
  }
}

function productsOf(lines: readonly Line[]): (Product | undefined)[] {
  return lines.map(({ productId }) => (Number(productId) <= SOLD ? product(productId) : undefined));
}
