/** Values that are wrong whatever the state of any cart. */
import { randomUUID } from 'node:crypto';
import type { ErrorRow } from './error-row.ts';

const BAD_INPUT = 'error `BAD_USER_INPUT`';
const one = [{ productId: 1, quantity: 1 }];
const key = (value: string) => ({ headers: { 'idempotency-key': value } });
const longKey = 'k'.repeat(256);
const attributes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ key: `key ${at}`, value: '' }));

export const malformedValues: ErrorRow[] = [
  {
    input: 'A cart id that is not a UUID',
    graphql: [BAD_INPUT, (t) => t.graphql('{ cart(id: "abc") { id } }')],
    rest: ['400', (t) => t.rest('GET', '/shopping-carts/abc')],
  },
  {
    input: 'A customer id that is not 1 to 128 visible ASCII characters',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { customerId: 'a b' })],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: { customer_id: 'a b' } })],
  },
  {
    input: 'A customer or product id that is 0 or a negative whole number',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { customerId: 0 })],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: { customer_id: 0 } })],
  },
  {
    input: 'A product id that is not 1 to 128 visible ASCII characters, or has a ~',
    graphql: [
      BAD_INPUT,
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.cart(), items: [{ productId: 'a~b', quantity: 1 }] }),
    ],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 'a~b', quantity: 1 })],
  },
  {
    input: 'A whole number above 9007199254740991 that is not sent as text',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { customerId: 2 ** 53 })],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 2 ** 53, quantity: 1 })],
  },
  {
    input: 'An item’s id that is no cart’s id, colon and key',
    graphql: [
      BAD_INPUT,
      async (t) => t.mutate('removeCartItems', { cartId: await t.cart(), itemIds: ['1'] }),
    ],
  },
  {
    input: 'An item that is named by its id and by its product, or by neither',
    graphql: [
      BAD_INPUT,
      async (t) => {
        const cartId = await t.cart([[1, 1]]);
        const both = { itemId: `${cartId}:1`, productId: 1, quantity: 1 };
        return t.mutate('updateCartItems', { cartId, items: [both] });
      },
    ],
  },
  {
    input: 'A page of fewer than 1 or more than 100 entries',
    graphql: [BAD_INPUT, (t) => t.graphql('{ customerCarts(customerId: 1, first: 101) { nodes { id } } }')],
    rest: ['400', (t) => t.rest('GET', '/customers/1/shopping-carts?limit=101')],
  },
  {
    input: 'A cursor that no page returned',
    graphql: [BAD_INPUT, (t) => t.graphql('{ customerCarts(customerId: 1, after: "x") { nodes { id } } }')],
    rest: ['400', (t) => t.rest('GET', '/customers/1/shopping-carts?cursor=x')],
  },
  {
    input: 'More than 100 product ids, or products to change',
    graphql: [
      BAD_INPUT,
      (t) =>
        t.mutate('withdrawProducts', { productIds: Array.from({ length: 101 }, (_, at) => `never-${at}`) }),
    ],
  },
  {
    input: 'More than 100 cart ids',
    graphql: [
      BAD_INPUT,
      (t) =>
        t.graphql('query($ids: [ID!]!) { carts(ids: $ids) { id } }', {
          ids: Array.from({ length: 101 }, () => randomUUID()),
        }),
    ],
  },
  {
    input: 'An empty list, but for attributes that are to go and items that are to be replaced by none',
    graphql: [BAD_INPUT, async (t) => t.mutate('addCartItems', { cartId: await t.cart(), items: [] })],
  },
  {
    input: 'The same item twice in one input',
    graphql: [
      BAD_INPUT,
      async (t) => t.mutate('addCartItems', { cartId: await t.cart(), items: [...one, ...one] }),
    ],
  },
  {
    input: 'More than 20 attributes of an item, or 50 of a cart',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { attributes: attributes(51) })],
  },
  {
    input: 'An attribute with a key of 0 or more than 64 characters, or a value of more than 255',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { attributes: [{ key: '', value: 'x' }] })],
  },
  {
    input: 'The same key twice in one list of attributes',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { attributes: [...attributes(1), ...attributes(1)] })],
  },
  {
    input: 'A note of more than 1,000 characters',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { note: 'x'.repeat(1_001) })],
  },
  {
    input: 'A product with a name, a price, a text or an address out of its bounds',
    graphql: [
      BAD_INPUT,
      (t) => t.mutate('upsertProducts', { products: [{ id: 'a', name: 'ü'.repeat(201), price: '1' }] }),
    ],
  },
  {
    input: 'A decimal with more fraction digits than its currency',
    graphql: [
      BAD_INPUT,
      async (t) => t.mutate('checkoutCart', { cartId: await t.cart([[1, 1]]), expectedTotal: '29.990' }),
    ],
  },
  {
    input: 'An idempotency key of 0 or more than 255 characters',
    graphql: [
      BAD_INPUT,
      async (t) => t.mutate('clearCart', { cartId: await t.cart(), idempotencyKey: longKey }),
    ],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 1, quantity: 1 }, key(longKey))],
  },
  {
    input: 'An idempotency key that is not well-formed Unicode',
    graphql: [
      BAD_INPUT,
      async (t) => t.mutate('clearCart', { cartId: await t.cart(), idempotencyKey: 'k\ud800' }),
    ],
  },
  {
    input: 'An idempotency key that is not a UUID, to create a guest cart',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { idempotencyKey: 'first' })],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: {}, ...key('first') })],
  },
  {
    input: 'A merge of a cart with itself',
    graphql: [
      BAD_INPUT,
      async (t) => {
        const id = await t.cart();
        return t.mutate('mergeCarts', { sourceCartId: id, targetCartId: id });
      },
    ],
  },
];
