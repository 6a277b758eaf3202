/** Requests that are wrong whatever the state of any cart. */
import { randomUUID } from 'node:crypto';
import type { ErrorRow } from './error-row.ts';

const BAD_INPUT = 'error `BAD_USER_INPUT`';
const CART = '{ cart(id: "00000000-0000-4000-8000-000000000000") { id } }';
const LATIN = 'application/json; charset=iso-8859-1';
const FORM = 'application/x-www-form-urlencoded';
const DEEP = '['.repeat(5_000) + ']'.repeat(5_000);
const elsewhere = { headers: { origin: 'https://elsewhere.example' } };
/** As short as so many values can be. */
const MANY_VALUES = `[${'0,'.repeat(3_001)}0]`;
const tooLong = 'x'.repeat(100_000);

export const malformedRequests: ErrorRow[] = [
  {
    input: 'A body that is not JSON',
    graphql: ['error `BAD_REQUEST`', (t) => t.post('/graphql', '{')],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: '{' })],
  },
  {
    input: 'A body that is JSON, but no object',
    graphql: ['error `BAD_REQUEST`', (t) => t.post('/graphql', '7')],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: '7' })],
  },
  {
    input: 'A body of another media type',
    graphql: ['error `UNSUPPORTED_MEDIA_TYPE`', (t) => t.post('/graphql', CART, 'text/plain')],
    rest: ['415', (t) => t.post('/shopping-carts', '{}', 'text/plain')],
  },
  {
    input: 'JSON in another charset than UTF-8',
    graphql: ['error `UNSUPPORTED_MEDIA_TYPE`', (t) => t.post('/graphql', '{}', LATIN)],
    rest: ['415', (t) => t.post('/shopping-carts', '{}', LATIN)],
  },
  {
    input: 'A form, also without a body',
    graphql: ['error `UNSUPPORTED_MEDIA_TYPE`', (t) => t.request('POST', '/graphql', undefined, FORM)],
    rest: [
      '415',
      async (t) => t.request('POST', `/shopping-carts/${await t.cart([[1, 1]])}/checkout`, undefined, FORM),
    ],
  },
  {
    input: 'A POST without a body that a browser sends for another site’s page',
    graphql: ['error `UNSUPPORTED_MEDIA_TYPE`', (t) => t.request('POST', '/graphql', undefined, '')],
    rest: [
      '403',
      async (t) => t.rest('POST', `/shopping-carts/${await t.cart([[1, 1]])}/checkout`, elsewhere),
    ],
  },
  {
    input: 'A body of more than 100,000 bytes',
    graphql: ['error `BODY_TOO_LARGE`', (t) => t.graphql(`${CART} # ${tooLong}`)],
    rest: ['413', (t) => t.rest('POST', '/shopping-carts', { body: { tooLong } })],
  },
  {
    input: 'A body of more than 3,000 values and names',
    graphql: ['error `BAD_REQUEST`', (t) => t.post('/graphql', MANY_VALUES)],
    rest: ['400', (t) => t.post('/shopping-carts', MANY_VALUES)],
  },
  {
    input: 'A method that is not for this path',
    graphql: ['error `METHOD_NOT_ALLOWED`', (t) => t.request('DELETE', '/graphql')],
    rest: ['405', (t) => t.rest('PUT', '/shopping-carts')],
  },
  { input: 'A path where nothing is', rest: ['404', (t) => t.rest('GET', '/shopping-cart')] },
  {
    input: 'A GraphQL document with a syntax error',
    graphql: ['error `GRAPHQL_PARSE_FAILED`', (t) => t.graphql('{')],
  },
  {
    input: 'A GraphQL document that does not fit the schema',
    graphql: ['error `GRAPHQL_VALIDATION_FAILED`', (t) => t.graphql('{ cart { id } }')],
  },
  {
    input: 'A GraphQL operation that asks for too much',
    graphql: ['error `OPERATION_LIMIT_EXCEEDED`', (t) => t.graphql(`{ ${'a: __typename '.repeat(501)} }`)],
  },
  {
    input: 'A field that is missing',
    graphql: [BAD_INPUT, (t) => t.mutate('addCartItems', { cartId: randomUUID() })],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 1 })],
  },
  {
    input: 'A field of another type',
    graphql: [
      BAD_INPUT,
      async (t) =>
        t.mutate('addCartItems', { cartId: await t.cart(), items: [{ productId: 1, quantity: '1' }] }),
    ],
    rest: ['400', async (t) => t.add(await t.cart(), { product_id: 1, quantity: '1' })],
  },
  {
    input: 'A field that does not exist',
    graphql: [BAD_INPUT, (t) => t.mutate('createCart', { colour: 'red' })],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: { customerId: 1 } })],
  },
  {
    input: 'JSON nested thousands of levels deep in a field',
    graphql: [
      'error `BAD_REQUEST`',
      (t) =>
        t.post(
          '/graphql',
          `{"query":"query ($id: ID!) { cart(id: $id) { id } }","variables":{"id":${DEEP}}}`,
        ),
    ],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: `{"customer_id":${DEEP}}` })],
  },
  {
    input: 'JSON that has a field twice',
    graphql: [
      'accepted',
      (t) =>
        t.post(
          '/graphql',
          `{"query":"mutation ($id: ID) { createCart(input: { customerId: $id }) { userErrors { code } } }","variables":{"id":1,"id":2}}`,
        ),
    ],
    rest: ['400', (t) => t.rest('POST', '/shopping-carts', { body: '{"customer_id":1,"customer_id":2}' })],
  },
];
