/** Changes that the rules of the cart refuse. */
import { randomUUID } from 'node:crypto';
import type { ErrorRow } from './error-row.ts';

const CART = '{ cart(id: "00000000-0000-4000-8000-000000000000") { id } }';
const one = [{ productId: 1, quantity: 1 }];
const key = (value: string) => ({ headers: { 'idempotency-key': value } });

export const refusals: ErrorRow[] = [
  {
    input: 'A cart that is not there, to read it',
    graphql: ['`null`', (t) => t.graphql(CART)],
    rest: ['404', (t) => t.rest('GET', `/shopping-carts/${randomUUID()}`)],
  },
  {
    input: 'A cart that is not there, to change it',
    graphql: [
      'user error `CART_NOT_FOUND`',
      (t) => t.mutate('addCartItems', { cartId: randomUUID(), items: one }),
    ],
    rest: ['404', (t) => t.add(randomUUID(), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'A cart that was deleted',
    graphql: [
      'user error `CART_NOT_FOUND`',
      async (t) => t.mutate('addCartItems', { cartId: await t.deleted(), items: one }),
    ],
    rest: ['404', async (t) => t.add(await t.deleted(), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'A cart that has expired',
    graphql: [
      'user error `CART_NOT_FOUND`',
      async (t) => t.mutate('addCartItems', { cartId: await t.expired(), items: one }),
    ],
    rest: ['404', async (t) => t.add(await t.expired(), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'A creation repeated with its key after the deletion of its cart',
    graphql: [
      'user error `CART_NOT_FOUND`',
      async (t) => t.mutate('createCart', { idempotencyKey: await t.keyOfDeleted() }),
    ],
    rest: [
      '404',
      async (t) => t.rest('POST', '/shopping-carts', { body: {}, ...key(await t.keyOfDeleted()) }),
    ],
  },
  {
    input: 'An idempotency key that was used for another change',
    graphql: [
      'user error `IDEMPOTENCY_KEY_REUSED`',
      async (t) => t.mutate('clearCart', { cartId: await t.changedBy('k'), idempotencyKey: 'k' }),
    ],
    rest: ['409', async (t) => t.add(await t.changedBy('k'), { product_id: 2, quantity: 9 }, key('k'))],
  },
  {
    input: 'A cart that is checked out',
    graphql: [
      'user error `CART_NOT_ACTIVE`',
      async (t) => t.mutate('addCartItems', { cartId: await t.checkedOut(), items: one }),
    ],
    rest: ['409', async (t) => t.add(await t.checkedOut(), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'A cart that was merged into another',
    graphql: [
      'user error `CART_NOT_ACTIVE`',
      async (t) => t.mutate('checkoutCart', { cartId: await t.merged() }),
    ],
    rest: ['409', async (t) => t.rest('POST', `/shopping-carts/${await t.merged()}/checkout`)],
  },
  {
    input: 'Another version than the expected one',
    graphql: [
      'user error `VERSION_CONFLICT`',
      async (t) => t.mutate('clearCart', { cartId: await t.cart(), expectedVersion: 7 }),
    ],
  },
  {
    input: 'A cart that another customer has already',
    graphql: [
      'user error `CART_ALREADY_CLAIMED`',
      async (t) => t.mutate('claimCart', { cartId: await t.cart([], 1), customerId: 2 }),
    ],
  },
  {
    input: 'A product that is not in the catalogue',
    graphql: [
      'user error `PRODUCT_NOT_FOUND`',
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.cart(), items: [{ productId: 999_999, quantity: 1 }] }),
    ],
    rest: ['404', async (t) => t.add(await t.cart(), { product_id: 999_999, quantity: 1 })],
  },
  {
    input: 'A product of which the cart has several items, in place of an item’s id',
    graphql: [
      'user error `ITEM_AMBIGUOUS`',
      async (t) => {
        const cartId = await t.cart([[1, 1]]);
        const engraved = { productId: 1, quantity: 1, attributes: [{ key: 'engraving', value: 'x' }] };
        await t.mutate('addCartItems', { cartId, items: [engraved] });
        return t.mutate('removeCartItems', { cartId, productIds: [1] });
      },
    ],
  },
  {
    input: 'A product or item that is not in the cart, to set its quantity or remove it',
    graphql: [
      'user error `ITEM_NOT_FOUND`',
      async (t) => t.mutate('removeCartItems', { cartId: await t.cart(), productIds: [1] }),
    ],
  },
  {
    input: 'A quantity below 1, to add',
    graphql: [
      'user error `QUANTITY_INVALID`',
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.cart(), items: [{ productId: 1, quantity: 0 }] }),
    ],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 1, quantity: 0 })],
  },
  {
    input: 'A quantity below 0, to set',
    graphql: [
      'user error `QUANTITY_INVALID`',
      async (t) =>
        t.mutate('updateCartItems', {
          cartId: await t.cart([[1, 1]]),
          items: [{ productId: 1, quantity: -1 }],
        }),
    ],
  },
  {
    input: 'More than 9999 of an item',
    graphql: [
      'user error `QUANTITY_LIMIT_EXCEEDED`',
      async (t) => t.mutate('addCartItems', { cartId: await t.cart([[1, 9999]]), items: one }),
    ],
    rest: ['409', async (t) => t.add(await t.cart([[1, 9999]]), { product_id: 1, quantity: 1 })],
  },
  {
    input: 'More than 9999 of an item in one addition',
    graphql: [
      'user error `QUANTITY_LIMIT_EXCEEDED`',
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.cart(), items: [{ productId: 1, quantity: 10_000 }] }),
    ],
    rest: ['409', async (t) => t.add(await t.cart(), { product_id: 1, quantity: 10_000 })],
  },
  {
    input: 'More than 500 items',
    graphql: [
      'user error `ITEM_LIMIT_EXCEEDED`',
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.full(), items: [{ productId: 501, quantity: 1 }] }),
    ],
    rest: ['409', async (t) => t.add(await t.full(), { product_id: 501, quantity: 1 })],
  },
  {
    input: 'More than 300 KB in one cart',
    graphql: [
      'user error `CART_SIZE_EXCEEDED`',
      async (t) => {
        const cartId = await t.cart();
        const text = { value: 'v'.repeat(255) };
        const attributes = Array.from({ length: 20 }, (_, at) => ({ key: `${at}`, ...text }));
        let answer = '';
        for (let from = 1; from < 60; from += 15) {
          const ids = Array.from({ length: 15 }, (_, at) => from + at);
          const items = ids.map((productId) => ({ productId, quantity: 1, attributes }));
          answer = await t.mutate('addCartItems', { cartId, items });
        }
        return answer;
      },
    ],
  },
  {
    input: 'An empty cart, to check it out',
    graphql: ['user error `CART_EMPTY`', async (t) => t.mutate('checkoutCart', { cartId: await t.cart() })],
    rest: ['400', async (t) => t.rest('POST', `/shopping-carts/${await t.cart()}/checkout`)],
  },
  {
    input: 'Another total than the expected one',
    graphql: [
      'user error `TOTAL_MISMATCH`',
      async (t) => t.mutate('checkoutCart', { cartId: await t.cart([[1, 1]]), expectedTotal: '30.00' }),
    ],
  },
  {
    input: 'A price that is no longer the catalogue’s, to check out',
    graphql: [
      'user error `PRICE_CHANGED`',
      async (t) => t.mutate('checkoutCart', { cartId: await t.priceChanged() }),
    ],
    rest: ['accepted', async (t) => t.rest('POST', `/shopping-carts/${await t.priceChanged()}/checkout`)],
  },
];
