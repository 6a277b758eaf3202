/** The matrix of permissions: who sees which cart, and one row or more for every operation of the service. */
import { randomUUID } from 'node:crypto';
import type { Cart } from '../../src/cart/cart.ts';
import { DAY, item, newCart } from '../support/carts.ts';

/** A customer, and another one. */
export const OWNER = 1001;
export const STRANGER = 2002;

export const viewers = ['guest', 'owner', 'stranger', 'staff'] as const;
export type ViewerKind = (typeof viewers)[number];

interface CartKind {
  /** The cart as it stands in the store; absent for an id that was never used. */
  readonly make?: (now: number) => Cart;
  /** Who sees it, and may change it as far as its status allows. */
  readonly seenBy: readonly ViewerKind[];
}

const items = [item(1)];
const owned = { customerId: OWNER, items };

export const cartKinds: Record<string, CartKind> = {
  'a guest’s': { make: (now) => newCart(now, { items }), seenBy: viewers },
  'the owner’s': { make: (now) => newCart(now, owned), seenBy: ['owner', 'staff'] },
  'the owner’s, checked out': {
    make: (now) => newCart(now, { ...owned, status: 'CHECKED_OUT', orderId: randomUUID() }),
    seenBy: ['owner', 'staff'],
  },
  'the owner’s, merged': {
    make: (now) =>
      newCart(now, { customerId: OWNER, status: 'MERGED', items: [], mergedIntoCartId: randomUUID() }),
    seenBy: ['owner', 'staff'],
  },
  'a deleted one': { make: (now) => newCart(now, { status: 'DELETED', items: [] }), seenBy: [] },
  'an expired guest’s': { make: (now) => newCart(now - 8 * DAY, { items }), seenBy: [] },
  'an expired one of the owner': { make: (now) => newCart(now - 8 * DAY, owned), seenBy: [] },
  'an unknown one': { seenBy: [] },
};

/** What an answer amounts to. */
export type Verdict = 'shown' | 'hidden' | 'forbidden';

export interface Row {
  /** `Query.cart` or `GET /shopping-carts/{shopping_cart_id}`. */
  readonly operation: string;
  /** What sets this row apart from others of the operation. */
  readonly as?: string;
  /** The fields of the operation. @param other another cart, a guest's, that everybody sees */
  readonly graphql: (cartId: string, other: string, viewer: ViewerKind) => string;
  /** Whom the operation is not for, whatever the cart. */
  readonly forbiddenTo?: readonly ViewerKind[];
  /** The operation is about no cart. */
  readonly noCart?: true;
}

const ERRORS = 'userErrors { code message field }';
const CART = `cart { id } ${ERRORS}`;
const others: readonly ViewerKind[] = ['guest', 'stranger'];

const change =
  (name: string, fields: string, answer = CART) =>
  (cartId: string) =>
    `${name}(input: { cartId: "${cartId}" ${fields} }) { ${answer} }`;

const merge = (sourceCartId: string, targetCartId: string) =>
  `mergeCarts(input: { sourceCartId: "${sourceCartId}", targetCartId: "${targetCartId}" }) { ${CART} sourceCart { id } }`;

export const graphqlRows: readonly Row[] = [
  { operation: 'Query.cart', graphql: (id) => `cart(id: "${id}") { id }` },
  { operation: 'Query.carts', graphql: (id) => `carts(ids: ["${id}"]) { id }` },
  {
    operation: 'Query.customerCarts',
    graphql: () => `customerCarts(customerId: ${OWNER}) { nodes { id } }`,
    forbiddenTo: others,
    noCart: true,
  },
  { operation: 'Query.product', graphql: () => 'product(id: 1) { id }', noCart: true },
  { operation: 'Query.products', graphql: () => 'products { nodes { id } }', noCart: true },
  {
    operation: 'Mutation.createCart',
    as: 'for nobody',
    graphql: () => `createCart(input: {}) { ${CART} }`,
    noCart: true,
  },
  {
    operation: 'Mutation.createCart',
    as: 'for the owner',
    graphql: () => `createCart(input: { customerId: ${OWNER} }) { ${CART} }`,
    forbiddenTo: others,
    noCart: true,
  },
  {
    operation: 'Mutation.addCartItems',
    graphql: change('addCartItems', 'items: [{ productId: 2, quantity: 1 }]'),
  },
  {
    operation: 'Mutation.updateCartItems',
    graphql: change('updateCartItems', 'items: [{ productId: 1, quantity: 5 }]'),
  },
  { operation: 'Mutation.removeCartItems', graphql: change('removeCartItems', 'productIds: [1]') },
  { operation: 'Mutation.clearCart', graphql: change('clearCart', '') },
  { operation: 'Mutation.deleteCart', graphql: change('deleteCart', '', `deletedCartId ${ERRORS}`) },
  { operation: 'Mutation.refreshCartPrices', graphql: change('refreshCartPrices', '') },
  { operation: 'Mutation.checkoutCart', graphql: change('checkoutCart', 'acceptCartPrices: true') },
  {
    operation: 'Mutation.claimCart',
    as: 'for the owner',
    graphql: change('claimCart', `customerId: ${OWNER}`),
    forbiddenTo: others,
  },
  {
    operation: 'Mutation.claimCart',
    as: 'for the stranger',
    graphql: change('claimCart', `customerId: ${STRANGER}`),
    forbiddenTo: ['guest', 'owner'],
  },
  { operation: 'Mutation.mergeCarts', as: 'from it', graphql: (id, other) => merge(id, other) },
  { operation: 'Mutation.mergeCarts', as: 'into it', graphql: (id, other) => merge(other, id) },
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
