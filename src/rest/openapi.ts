/** The OpenAPI document of the REST routes: served at /openapi.json, and kept in schema/openapi.json. */
import { MAX_ID, MAX_IDEMPOTENCY_KEY } from '../cart/ids.ts';
import { MAX_PAGE } from '../cart/page.ts';
import { schemas } from './openapi-schemas.ts';
import { DEFAULT_LIMIT } from './page-query.ts';

const json = (schema: keyof typeof schemas) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
});
const answer = (description: string, schema: keyof typeof schemas) => ({
  description,
  content: json(schema),
});

/** What an error's status means, where it does not depend on the operation. */
const errors = {
  400: answer('Something in the request is malformed or out of its limits.', 'Error'),
  403: answer('Only the customer and staff may do this.', 'Error'),
  413: answer('The body has too many bytes.', 'Error'),
  415: answer('The body is not application/json.', 'Error'),
  500: answer('A fault of the service. The message names the request’s id.', 'Error'),
  504: answer(
    'The database’s answer did not come in time or got lost. A change may have been made or not: read the cart before trying again.',
    'Error',
  ),
} as const;

function failures(...codes: (keyof typeof errors)[]) {
  return Object.fromEntries(codes.map((code) => [code, errors[code]]));
}

const cartId = {
  name: 'shopping_cart_id',
  in: 'path',
  required: true,
  description: 'The id of a cart, in either case.',
  schema: { type: 'string', format: 'uuid' },
};

const customerId = {
  name: 'customer_id',
  in: 'path',
  required: true,
  description: 'The id of a customer.',
  schema: { type: 'integer', minimum: 1, maximum: MAX_ID },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Makes the change happen once, however often it is sent; remembered for the last 32 changes of the cart. For the creation of a guest cart it must be a UUID, because whoever knows it knows the cart.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY },
};

const pageQuery = [
  {
    name: 'limit',
    in: 'query',
    description: 'Carts in the page.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_LIMIT },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'The next_cursor of the page before.',
    schema: { type: 'string' },
  },
];

const NO_CART = 'There is no such cart, it has expired, or it is not yours to see.';

const createCart = {
  operationId: 'createShoppingCart',
  summary: 'Create a cart',
  parameters: [idempotencyKey],
  requestBody: { required: true, content: json('NewShoppingCart') },
  responses: {
    201: {
      ...answer('Created, now or by an earlier request with the same key.', 'ShoppingCartCreated'),
      headers: { location: { description: 'The path of the cart.', schema: { type: 'string' } } },
    },
    404: answer('The cart that the key created is no more.', 'Error'),
    409: answer('The key created this cart with other arguments.', 'Error'),
    ...failures(400, 403, 413, 415, 500, 504),
  },
};

const readCart = {
  operationId: 'getShoppingCart',
  summary: 'Read a cart',
  responses: {
    200: answer('The cart.', 'ShoppingCart'),
    404: answer(NO_CART, 'Error'),
    ...failures(400, 500, 504),
  },
};

const addItem = {
  operationId: 'addItem',
  summary: 'Add a product to a cart',
  description: 'Adds to the quantity of a product that is already there, whose name and price stay.',
  parameters: [idempotencyKey],
  requestBody: { required: true, content: json('NewItem') },
  responses: {
    204: { description: 'Added, now or by an earlier request with the same key.' },
    404: answer(`The catalogue does not have the product, or: ${NO_CART}`, 'Error'),
    409: answer(
      'The cart is checked out or merged, would hold more than it may, or the key was used for another change.',
      'Error',
    ),
    ...failures(400, 413, 415, 500, 504),
  },
};

const checkOut = {
  operationId: 'checkOutShoppingCart',
  summary: 'Check out a cart',
  description: 'At the prices in the cart. The cart cannot be changed any more. A body is not needed.',
  parameters: [idempotencyKey],
  requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
  responses: {
    200: answer('Checked out, now or by an earlier request with the same key.', 'Order'),
    404: answer(NO_CART, 'Error'),
    409: answer('The cart is checked out or merged, or the key was used for another change.', 'Error'),
    ...failures(400, 413, 415, 500, 504),
  },
};

const listCarts = {
  operationId: 'listShoppingCarts',
  summary: 'List a customer’s carts, newest first',
  description: 'Carts that were checked out or merged are among them. A change may take a moment to show.',
  parameters: pageQuery,
  responses: { 200: answer('A page.', 'ShoppingCartPage'), ...failures(400, 403, 500, 504) },
};

const health = {
  operationId: 'getHealth',
  summary: 'Whether the service can do its work',
  responses: {
    200: answer('It can.', 'Health'),
    503: answer('The database does not answer.', 'Health'),
  },
};

const document = {
  operationId: 'getOpenApi',
  summary: 'This document',
  responses: {
    200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
  },
};

export const openApi = {
  openapi: '3.1.1',
  info: {
    title: 'Cartwright',
    version: '1.0.0',
    description:
      'Shopping carts over REST; GraphQL at /graphql does more. Every path that answers GET answers HEAD; another method gets 405 with Allow. Fields of a body that are not described are ignored. Amounts are in the currency of the service.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  paths: {
    '/shopping-carts': { post: createCart },
    '/shopping-carts/{shopping_cart_id}': { parameters: [cartId], get: readCart },
    '/shopping-carts/{shopping_cart_id}/items': { parameters: [cartId], post: addItem },
    '/shopping-carts/{shopping_cart_id}/checkout': { parameters: [cartId], post: checkOut },
    '/customers/{customer_id}/shopping-carts': { parameters: [customerId], get: listCarts },
    '/health': { get: health },
    '/openapi.json': { get: document },
  },
  components: { schemas },
};
