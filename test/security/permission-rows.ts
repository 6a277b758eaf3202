/** The matrix of permissions: who sees which cart, and one row or more for every operation of the service. */
import { randomUUID } from 'node:crypto';
import type { Cart } from '../../src/cart/cart.ts';
import { DAY, item, newCart } from '../support/carts.ts';

/** A customer whose id is a number, and another one. */
export const OWNER = 1001;
export const STRANGER = 'auth0|2002';

export const viewers = ['guest', 'owner', 'stranger', 'staff'] as const;
export type ViewerKind = (typeof viewers)[number];

interface CartKind {
  /** The cart as it stands in the store; absent for an id that was never used. */
  readonly make?: (now: number) => Cart;
  /** Who sees it, and may change it as far as its status allows. */
  readonly seenBy: readonly ViewerKind[];
}

const items = [item(1)];
const ownerId = String(OWNER);
const owned = { customerId: ownerId, items };

export const cartKinds: Record<string, CartKind> = {
  'a guest’s': { make: (now) => newCart(now, { items }), seenBy: viewers },
  'the owner’s': { make: (now) => newCart(now, owned), seenBy: ['owner', 'staff'] },
  'the owner’s, checked out': {
    make: (now) => newCart(now, { ...owned, status: 'CHECKED_OUT', orderId: randomUUID() }),
    seenBy: ['owner', 'staff'],
  },
  'the owner’s, merged': {
    make: (now) =>
      newCart(now, { customerId: ownerId, status: 'MERGED', items: [], mergedIntoCartId: randomUUID() }),
    seenBy: ['owner', 'staff'],
  },
  'a deleted one': { make: (now) => newCart(now, { status: 'DELETED', items: [] }), seenBy: [] },
  'an expired guest’s': { make: (now) => newCart(now - 8 * DAY, { items }), seenBy: [] },
  'an expired one of the owner': { make: (now) => newCart(now - 8 * DAY, owned), seenBy: [] },
  'an unknown one': { seenBy: [] },
};

/** For operations about no cart, whose calls are the same whatever cart there is: one that they must leave alone. */
export const noCart: Record<string, CartKind> = {
  'beside the owner’s': { make: (now) => newCart(now, owned), seenBy: [] },
};

/** What an answer amounts to. */
export type Verdict = 'shown' | 'hidden' | 'forbidden';

export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface Row {
  /** `Query.cart` or `GET /shopping-carts/{shopping_cart_id}`. */
  readonly operation: string;
  /** What sets this row apart from others of the operation. */
  readonly as?: string;
  /** @param other another cart, a guest's, that everybody sees */
  readonly call: (cartId: string, other: string) => HttpCall;
  /** Whom the operation is not for, whatever the cart. */
  readonly forbiddenTo?: readonly ViewerKind[];
  /** Its call names the other cart. */
  readonly needsOther?: true;
  /** The operation is about no cart. */
  readonly noCart?: true;
}

/** The variables that a text may use, by name. */
const VARIABLES: Record<string, (cartId: string, other: string) => string> = {
  cart: (cartId) => cartId,
  other: (_, other) => other,
  item: (cartId) => `${cartId}:1`,
};

/** A field of the schema, as an operation of its own: one text for all carts, so that it is parsed once. */
function field(operation: string, text: string, more: Omit<Row, 'operation' | 'call'> = {}): Row {
  const keyword = operation.startsWith('Query.') ? 'query' : 'mutation';
  const used = Object.entries(VARIABLES).filter(([name]) => text.includes(`$${name}`));
  const head = used.length > 0 ? ` (${used.map(([name]) => `$${name}: ID!`).join(', ')})` : '';
  const query = `${keyword}${head} { ${text} }`;
  const send = (cartId: string, other: string): HttpCall => {
    const variables = Object.fromEntries(used.map(([name, value]) => [name, value(cartId, other)]));
    return { method: 'POST', path: '/graphql', body: { query, variables } };
  };
  return { operation, call: send, ...(text.includes('$other') && { needsOther: true }), ...more };
}

const ERRORS = 'userErrors { code message field }';
const CART = `cart { id } ${ERRORS}`;
const others: readonly ViewerKind[] = ['guest', 'stranger'];
const forStaff = { forbiddenTo: ['guest', 'owner', 'stranger'], noCart: true } as const;

const change = (name: string, fields: string, answer = CART) =>
  `${name}(input: { cartId: $cart ${fields} }) { ${answer} }`;

const merge = (source: string, target: string) =>
  `mergeCarts(input: { sourceCartId: ${source}, targetCartId: ${target} }) { ${CART} sourceCart { id } }`;

export const graphqlRows: readonly Row[] = [
  field('Query.cart', 'cart(id: $cart) { id }'),
  field('Query.carts', 'carts(ids: [$cart]) { id }'),
  field('Query.customerCarts', `customerCarts(customerId: ${OWNER}) { nodes { id } }`, {
    forbiddenTo: others,
    noCart: true,
  }),
  field('Query.product', 'product(id: 1) { id }', { noCart: true }),
  field('Query.products', 'products { nodes { id } }', { noCart: true }),
  field('Query.productsById', 'productsById(ids: [1]) { id }', { noCart: true }),
  field('Query.viewer', 'viewer { kind customerId cart { id } }', { noCart: true }),
  field('Mutation.openCart', `openCart(input: {}) { ${CART} }`, { as: 'for oneself', noCart: true }),
  field('Mutation.openCart', `openCart(input: { customerId: ${OWNER} }) { ${CART} }`, {
    as: 'for the owner',
    forbiddenTo: others,
    noCart: true,
  }),
  field('Mutation.createCart', `createCart(input: {}) { ${CART} }`, { as: 'for nobody', noCart: true }),
  field('Mutation.createCart', `createCart(input: { customerId: ${OWNER} }) { ${CART} }`, {
    as: 'for the owner',
    forbiddenTo: others,
    noCart: true,
  }),
  field('Mutation.addCartItems', change('addCartItems', 'items: [{ productId: 2, quantity: 1 }]')),
  field('Mutation.updateCartItems', change('updateCartItems', 'items: [{ productId: 1, quantity: 5 }]')),
  field('Mutation.removeCartItems', change('removeCartItems', 'productIds: [1]')),
  field('Mutation.removeCartItems', change('removeCartItems', 'itemIds: [$item]'), {
    as: 'by their ids',
  }),
  field('Mutation.replaceCartItems', change('replaceCartItems', 'items: []')),
  field('Mutation.updateCart', change('updateCart', 'note: "mine"')),
  field('Mutation.clearCart', change('clearCart', '')),
  field('Mutation.deleteCart', change('deleteCart', '', `deletedCartId ${ERRORS}`)),
  field('Mutation.refreshCartPrices', change('refreshCartPrices', '')),
  field('Mutation.checkoutCart', change('checkoutCart', 'acceptCartPrices: true')),
  field('Mutation.claimCart', change('claimCart', `customerId: ${OWNER}`), {
    as: 'for the owner',
    forbiddenTo: others,
  }),
  field('Mutation.claimCart', change('claimCart', `customerId: "${STRANGER}"`), {
    as: 'for the stranger',
    forbiddenTo: ['guest', 'owner'],
  }),
  field('Mutation.mergeCarts', merge('$cart', '$other'), { as: 'from it' }),
  field('Mutation.mergeCarts', merge('$other', '$cart'), { as: 'into it' }),
  field(
    'Mutation.upsertProducts',
    `upsertProducts(input: { products: [{ id: "of-staff", name: "x", price: "1" }] }) { products { id } ${ERRORS} }`,
    forStaff,
  ),
  field(
    'Mutation.withdrawProducts',
    `withdrawProducts(input: { productIds: ["never-sold"] }) { withdrawnProductIds ${ERRORS} }`,
    forStaff,
  ),
];

export const restRows: readonly Row[] = [
  {
    operation: 'POST /shopping-carts',
    as: 'for nobody',
    call: () => ({ method: 'POST', path: '/shopping-carts', body: {} }),
    noCart: true,
  },
  {
    operation: 'POST /shopping-carts',
    as: 'for the owner',
    call: () => ({ method: 'POST', path: '/shopping-carts', body: { customer_id: OWNER } }),
    forbiddenTo: others,
    noCart: true,
  },
  {
    operation: 'GET /shopping-carts/{shopping_cart_id}',
    call: (id) => ({ method: 'GET', path: `/shopping-carts/${id}` }),
  },
  {
    operation: 'POST /shopping-carts/{shopping_cart_id}/items',
    call: (id) => ({
      method: 'POST',
      path: `/shopping-carts/${id}/items`,
      body: { product_id: 2, quantity: 1 },
    }),
  },
  {
    operation: 'POST /shopping-carts/{shopping_cart_id}/checkout',
    call: (id) => ({ method: 'POST', path: `/shopping-carts/${id}/checkout` }),
  },
  {
    operation: 'GET /customers/{customer_id}/shopping-carts',
    call: () => ({ method: 'GET', path: `/customers/${OWNER}/shopping-carts` }),
    forbiddenTo: others,
    noCart: true,
  },
  {
    operation: 'POST /customers/{customer_id}/active-cart',
    call: () => ({ method: 'POST', path: `/customers/${OWNER}/active-cart`, body: {} }),
    forbiddenTo: others,
    noCart: true,
  },
];

/** What a viewer must get. */
export function expected(
  { forbiddenTo = [], noCart }: Row,
  viewer: ViewerKind,
  { seenBy }: CartKind,
): Verdict {
  if (forbiddenTo.includes(viewer)) return 'forbidden';
  return noCart || seenBy.includes(viewer) ? 'shown' : 'hidden';
}
