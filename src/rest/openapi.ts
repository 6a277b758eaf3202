/** The OpenAPI document of the REST routes: served at /openapi.json, and kept in schema/openapi.json. */
import { LONGEST_ID, MAX_IDEMPOTENCY_KEY } from '../cart/ids.ts';
import { pageQuery, schemaPath, schemas, type SchemaName } from './openapi-schemas.ts';
import { meanings, type ErrorStatus } from './statuses.ts';

const json = (schema: SchemaName) => ({ 'application/json': { schema: { $ref: schemaPath(schema) } } });
const answer = (description: string, schema: SchemaName) => ({ description, content: json(schema) });
const header = (description: string) => ({ description, schema: { type: 'string' } });

/** Headers that come with a status. */
const headers: Partial<Record<ErrorStatus, object>> = {
  401: { 'www-authenticate': header('Bearer, and what is wrong with the token.') },
  405: { allow: header('The methods of this path.') },
  503: { 'retry-after': header('Seconds after which to try again.') },
};

function error(status: ErrorStatus, description: string = meanings[status]) {
  const own = headers[status];
  return { ...answer(description, 'Error'), ...(own && { headers: own }) };
}

function errors(...statuses: readonly ErrorStatus[]) {
  return Object.fromEntries(statuses.map((status) => [status, error(status)]));
}

/** Of every operation, before it begins. */
const refusals = errors(401, 405, 503);
/** Of every operation on carts. */
const troubles = { ...refusals, ...errors(400, 500, 504) };
/** Of every change. */
const failures = { ...troubles, ...errors(403, 408, 413, 415) };

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
  description: 'The id of a customer, percent-encoded.',
  schema: { type: 'string', minLength: 1, maxLength: LONGEST_ID },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Makes the change happen once, however often it is sent; remembered for the last 32 changes of the cart. For the creation of a guest cart it must be a UUID, because whoever knows it knows the cart.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY },
};

const pageParameters = Object.entries(pageQuery).map(([name, { description, ...schema }]) => ({
  name,
  in: 'query',
  description,
  schema,
}));

const createCart = {
  operationId: 'createShoppingCart',
  summary: 'Create a cart',
  parameters: [idempotencyKey],
  requestBody: { required: true, content: json('NewShoppingCart') },
  responses: {
    201: {
      ...answer('Created, now or by an earlier request with the same key.', 'ShoppingCartCreated'),
      headers: { location: header('The path of the cart.') },
    },
    ...failures,
    404: error(404, 'The cart that the key created is no more.'),
    409: error(409, 'The key created this cart with other arguments.'),
  },
};

const readCart = {
  operationId: 'getShoppingCart',
  summary: 'Read a cart',
  responses: {
    200: answer('The cart.', 'ShoppingCart'),
    ...troubles,
    404: error(404),
  },
};

const addItem = {
  operationId: 'addItem',
  summary: 'Add a product to a cart',
  description:
    'Adds to the quantity of an item that is already there, whose name and price stay: the same product with the same attributes.',
  parameters: [idempotencyKey],
  requestBody: { required: true, content: json('NewItem') },
  responses: {
    204: { description: 'Added, now or by an earlier request with the same key.' },
    ...failures,
    404: error(404, `The catalogue does not have the product, or: ${meanings[404]}`),
    409: error(
      409,
      'The cart is checked out or merged, would hold more than it may, or the key was used for another change.',
    ),
  },
};

const checkOut = {
  operationId: 'checkOutShoppingCart',
  summary: 'Check out a cart',
  description:
    'At the prices in the cart. The cart cannot be changed any more. A body is not needed; without one there must be no Content-Type but JSON.',
  parameters: [idempotencyKey],
  requestBody: { content: json('CheckOut') },
  responses: {
    200: answer('Checked out, now or by an earlier request with the same key.', 'Order'),
    ...failures,
    404: error(404),
    409: error(409, 'The cart is checked out or merged, or the key was used for another change.'),
  },
};

const openCart = {
  operationId: 'openActiveCart',
  summary: 'The customer’s one active cart',
  description:
    'Made when there is none; a guest’s cart that is named is claimed, or merged into it. However many devices ask at once, they get the same cart. A body is not needed.',
  parameters: [idempotencyKey],
  requestBody: { content: json('OpenCart') },
  responses: {
    200: answer('The cart.', 'ShoppingCart'),
    ...failures,
    404: error(404, 'The cart that the key opened is no more.'),
    409: error(409, 'Merged, the cart would hold more than it may, or the key was used for another change.'),
  },
};

const listCarts = {
  operationId: 'listShoppingCarts',
  summary: 'List a customer’s carts, newest first',
  description: 'Carts that were checked out or merged are among them. A change may take a moment to show.',
  parameters: pageParameters,
  responses: { 200: answer('A page.', 'ShoppingCartPage'), 403: error(403), ...troubles },
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
    ...refusals,
  },
};

export const openApi = {
  openapi: '3.1.1',
  info: {
    title: 'Cartwright',
    version: '1.0.0',
    description:
      'Shopping carts over REST; GraphQL at /graphql does more. Every path that answers GET answers HEAD; another method gets 405 with Allow. Properties of a body that are not described are refused, and parameters of a query that are not described are ignored. Amounts are in the currency of the service. A customer’s or product’s id is a number where it is a whole one, else text.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{}, { token: [] }],
  paths: {
    '/shopping-carts': { post: createCart },
    '/shopping-carts/{shopping_cart_id}': { parameters: [cartId], get: readCart },
    '/shopping-carts/{shopping_cart_id}/items': { parameters: [cartId], post: addItem },
    '/shopping-carts/{shopping_cart_id}/checkout': { parameters: [cartId], post: checkOut },
    '/customers/{customer_id}/shopping-carts': { parameters: [customerId], get: listCarts },
    '/customers/{customer_id}/active-cart': { parameters: [customerId], post: openCart },
    '/health': { get: health },
    '/openapi.json': { get: document },
  },
  components: {
    schemas,
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Shows who asks; without one it is a guest.',
      },
    },
  },
};
