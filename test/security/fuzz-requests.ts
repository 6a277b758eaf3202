/** Requests as nobody would write them: near misses of good ones, and noise. */
import fc, { type Arbitrary } from 'fast-check';
import * as op from '../generated/graphql.ts';
import {
  attributes,
  broken,
  cartId,
  customer,
  encode,
  headers,
  hostile,
  hostileText,
  itemId,
  mostly,
  mostlyOf,
  product,
  products,
  quantity,
  type FuzzRequest,
} from './fuzz-values.ts';
import { rest } from './fuzz-rest.ts';

const additions = mostly(
  fc.array(
    fc.record({ productId: product, quantity, attributes }, { requiredKeys: ['productId', 'quantity'] }),
    { maxLength: 4 },
  ),
);
const quantities = mostly(
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ productId: product, quantity }) },
      { weight: 3, arbitrary: fc.record({ itemId, quantity }) },
      { weight: 1, arbitrary: fc.record({ productId: product, itemId, quantity }) },
    ),
    { maxLength: 4 },
  ),
);
const key = mostly(fc.oneof(fc.uuid(), fc.constantFrom('a', 'b')));
const version = mostly(fc.integer({ min: 0, max: 6 }));

const fields: Record<string, Arbitrary<unknown>> = {
  cartId: mostly(cartId),
  sourceCartId: mostly(cartId),
  targetCartId: mostly(cartId),
  customerId: customer,
  items: additions,
  quantities,
  productIds: mostly(fc.array(product, { maxLength: 3 })),
  itemIds: mostly(fc.array(itemId, { maxLength: 3 })),
  note: mostly(fc.constantFrom('', 'Ring twice.', null)),
  attributes,
  products,
  withdrawn: mostly(fc.array(fc.constantFrom('fuzz-1', 'fuzz-2', '9001'), { maxLength: 3 })),
  expectedVersion: version,
  idempotencyKey: key,
  strategy: mostly(fc.constantFrom('SUM', 'MAX', 'KEEP_TARGET', 'REPLACE')),
  expectedTotal: mostly(fc.constantFrom('29.99', '0.00', '1')),
  acceptCartPrices: mostly(fc.boolean()),
};
/** By its name, or by the name of its kind: `items: quantities`. */
function fieldOf(text: string): [string, Arbitrary<unknown>] {
  const [name = '', kind = name] = text.split(': ');
  return [name, fields[kind] ?? hostile];
}

/** Some of an input's fields, the first ones more often, and now and then one too many. */
const input = (...names: string[]): Arbitrary<unknown> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(names.map(fieldOf)), { requiredKeys: [] }),
      fc.record(Object.fromEntries(names.slice(0, 2).map(fieldOf))),
      fc.oneof(
        { weight: 15, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(fc.string(), hostile, { maxKeys: 2 }) },
      ),
      fc.boolean(),
    )
    .map(([some, first, extra, whole]) => ({ ...some, ...(whole && first), ...extra }));

const changes: [{ toString(): string }, Arbitrary<unknown>][] = [
  [op.CreateCartDocument, input('items', 'customerId', 'note', 'attributes', 'idempotencyKey')],
  [op.AddCartItemsDocument, input('cartId', 'items', 'expectedVersion', 'idempotencyKey')],
  [op.UpdateCartItemsDocument, input('cartId', 'items: quantities', 'expectedVersion', 'idempotencyKey')],
  [op.RemoveCartItemsDocument, input('cartId', 'itemIds', 'productIds', 'expectedVersion', 'idempotencyKey')],
  [op.ReplaceCartItemsDocument, input('cartId', 'items', 'expectedVersion', 'idempotencyKey')],
  [op.UpdateCartDocument, input('cartId', 'note', 'attributes', 'expectedVersion', 'idempotencyKey')],
  [op.ClearCartDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.DeleteCartDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.ClaimCartDocument, input('cartId', 'customerId', 'idempotencyKey')],
  [op.MergeCartsDocument, input('sourceCartId', 'targetCartId', 'strategy', 'idempotencyKey')],
  [op.RefreshCartPricesDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.CheckoutCartDocument, input('cartId', 'acceptCartPrices', 'expectedTotal', 'idempotencyKey')],
  [op.UpsertProductsDocument, input('products')],
  [op.WithdrawProductsDocument, input('productIds: withdrawn')],
];
const cursor = mostly(fc.constantFrom('Y2FydDoxOjE', 'cHJvZHVjdDox', 'dGV4dC1wcm9kdWN0OlNLVS0x'));
const queries: [{ toString(): string }, Arbitrary<unknown>][] = [
  [op.GetCartDocument, fc.record({ id: mostly(cartId) })],
  [op.GetCartsDocument, fc.record({ ids: mostly(fc.array(mostly(cartId), { maxLength: 120 })) })],
  [
    op.CustomerCartsDocument,
    fc.record({ customerId: customer, first: quantity, after: cursor }, { requiredKeys: [] }),
  ],
  [op.GetProductDocument, fc.record({ id: product })],
  [op.ProductsByIdDocument, fc.record({ ids: mostly(fc.array(product, { maxLength: 120 })) })],
  [
    op.GetItemDocument,
    fc.record({ id: mostly(cartId), itemId, productId: product }, { requiredKeys: ['id'] }),
  ],
  [op.ProductsDocument, fc.record({ first: quantity, after: cursor }, { requiredKeys: [] })],
];

interface Call {
  query: string;
  variables: unknown;
}
const calls: Arbitrary<Call> = fc.oneof(
  ...changes.map(([document, arbitrary]) =>
    mostly(arbitrary).map((input) => ({ query: String(document), variables: { input } })),
  ),
  ...queries.map(([document, arbitrary]) =>
    mostly(arbitrary).map((variables) => ({ query: String(document), variables })),
  ),
);

/** A document of the tests with something done to it. */
const mangled = fc
  .tuple(
    calls,
    fc.nat(),
    fc.nat({ max: 30 }),
    fc.oneof(
      hostileText,
      fc.constantFrom(
        '{',
        '}',
        '...CartParts',
        '@skip(if: true)',
        '@defer',
        '$input',
        'a: b: ',
        '"""',
        '#',
        'subscription',
      ),
    ),
  )
  .map(([{ query, variables }, at, length, text]) => {
    const start = at % query.length;
    return { query: query.slice(0, start) + text + query.slice(start + length), variables };
  });

const literalChange = fc
  .tuple(
    fc.array(fc.tuple(cartId, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -1, max: 9 })), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.constantFrom(
      'cart { id }',
      'userErrors { code }',
      'cart { nope }',
      '__typename',
      'cart { items { product { price { amount } } } }',
    ),
  )
  .map(([adds, selection]) => ({
    query: `mutation { ${adds.map(([id, product, quantity], index) => `f${index}: addCartItems(input: { cartId: "${id}", items: [{ productId: ${product}, quantity: ${quantity} }] }) { ${selection} }`).join(' ')} }`,
    variables: {},
  }));

const deep = fc
  .tuple(fc.constantFrom('cart', 'items', 'a', '... on Cart'), fc.nat({ max: 400 }))
  .map(([name, depth]) => ({
    query: `{ ${`${name} { `.repeat(depth)} id ${'}'.repeat(depth)} }`,
    variables: {},
  }));

const method = mostlyOf('POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE');

const envelope = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.oneof(
      { weight: 5, arbitrary: calls },
      { weight: 3, arbitrary: mangled },
      { weight: 2, arbitrary: literalChange },
      { weight: 1, arbitrary: deep },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { query: hostile, variables: hostile, operationName: hostile, extensions: hostile },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.array(calls, { maxLength: 3 }) },
);

const graphql: Arbitrary<FuzzRequest> = fc.record({
  method,
  path: fc.constant('/graphql'),
  headers,
  body: broken(envelope.map((value) => JSON.stringify(value))),
});

const graphqlGet: Arbitrary<FuzzRequest> = fc
  .tuple(fc.oneof(calls, mangled), headers)
  .map(([call, given]) => ({
    method: 'GET',
    path: `/graphql?query=${encode(call.query)}&variables=${encode(JSON.stringify(call.variables))}`.slice(
      0,
      8_000,
    ),
    headers: { ...given, 'apollo-require-preflight': '1' },
  }));

export const fuzzRequests: Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 6, arbitrary: graphql },
  { weight: 1, arbitrary: graphqlGet },
  { weight: 3, arbitrary: rest },
);
