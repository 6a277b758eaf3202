/** Requests without permission, and requests to a service in trouble. */
import type { ErrorRow } from './error-row.ts';

const one = [{ productId: 1, quantity: 1 }];

export const permission: ErrorRow[] = [
  {
    input: 'Another customer’s cart, to read it',
    graphql: [
      '`null`',
      async (t) => t.as('customer 1 asks').graphql(`{ cart(id: "${await t.cart([], 2)}") { id } }`),
    ],
    rest: ['404', async (t) => t.as('customer 1 asks').rest('GET', `/shopping-carts/${await t.cart([], 2)}`)],
  },
  {
    input: 'Another customer’s cart, to change it',
    graphql: [
      'user error `CART_NOT_FOUND`',
      async (t) => t.as('customer 1 asks').mutate('clearCart', { cartId: await t.cart([], 2) }),
    ],
    rest: [
      '404',
      async (t) => t.as('customer 1 asks').add(await t.cart([], 2), { product_id: 1, quantity: 1 }),
    ],
  },
  {
    input: 'Something in the name of another customer',
    graphql: ['error `FORBIDDEN`', (t) => t.as('customer 1 asks').mutate('createCart', { customerId: 2 })],
    rest: ['403', (t) => t.as('customer 1 asks').rest('GET', '/customers/2/shopping-carts')],
  },
  {
    input: 'A change of the catalogue, not as staff',
    graphql: [
      'error `FORBIDDEN`',
      (t) => t.as('customer 1 asks').mutate('withdrawProducts', { productIds: ['1'] }),
    ],
  },
];

export const faults: ErrorRow[] = [
  {
    input: 'No answer from the database in time',
    graphql: ['error `DEADLINE_EXCEEDED`', (t) => t.as('silence').mutate('createCart', {})],
    rest: ['504', (t) => t.as('silence').rest('POST', '/shopping-carts', { body: {} })],
  },
  {
    input: 'A change of which it cannot be known whether it was made',
    graphql: [
      'error `OUTCOME_UNKNOWN`',
      async (t) => t.as('lost answer').mutate('addCartItems', { cartId: await t.cart(), items: one }),
    ],
    rest: ['504', async (t) => t.as('lost answer').add(await t.cart(), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'Any other fault of the service',
    graphql: ['error `INTERNAL_SERVER_ERROR`', (t) => t.as('fault').mutate('createCart', {})],
    rest: ['500', (t) => t.as('fault').rest('POST', '/shopping-carts', { body: {} })],
  },
];
