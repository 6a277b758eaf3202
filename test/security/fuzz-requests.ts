/** Requests as nobody would write them: near misses of good ones, and noise. */
import fc, { type Arbitrary } from 'fast-check';
import * as op from '../generated/graphql.ts';
import { broken, cartId, encode, headers, hostile, hostileText, mostly, mostlyOf } from './fuzz-values.ts';

export interface FuzzRequest {
  readonly method: string;
  /** With "@0" to "@2" in the place of cart ids. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same. */
  readonly body?: string;
}

const product = mostly(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }).map(String)));
const quantity = mostly(fc.integer({ min: -1, max: 20 }));
const items = mostly(fc.array(fc.record({ productId: product, quantity }), { maxLength: 4 }));
const key = mostly(fc.oneof(fc.uuid(), fc.constantFrom('a', 'b')));
const version = mostly(fc.integer({ min: 0, max: 6 }));
const customer = mostly(fc.integer({ min: 1, max: 3 }));

const fields: Record<string, Arbitrary<unknown>> = {
  cartId: mostly(cartId),
  sourceCartId: mostly(cartId),
  targetCartId: mostly(cartId),
  customerId: customer,
  items,
  productIds: mostly(fc.array(product, { maxLength: 3 })),
  expectedVersion: version,
  idempotencyKey: key,
  strategy: mostly(fc.constantFrom('SUM', 'MAX', 'KEEP_TARGET', 'REPLACE')),
  expectedTotal: mostly(fc.constantFrom('29.99', '0.00', '1')),
  acceptCartPrices: mostly(fc.boolean()),
};
/** Some of an input's fields, the first ones more often, and now and then one too many. */
const input = (...names: string[]): Arbitrary<unknown> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(names.map((name) => [name, fields[name] ?? hostile])), {
        requiredKeys: [],
      }),
      fc.record(Object.fromEntries(names.slice(0, 2).map((name) => [name, fields[name] ?? hostile]))),
      fc.oneof(
        { weight: 15, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(fc.string(), hostile, { maxKeys: 2 }) },
      ),
      fc.boolean(),
    )
    .map(([some, first, extra, whole]) => ({ ...some, ...(whole && first), ...extra }));

const changes: [{ toString(): string }, Arbitrary<unknown>][] = [
  [op.CreateCartDocument, input('items', 'customerId', 'idempotencyKey')],
  [op.AddCartItemsDocument, input('cartId', 'items', 'expectedVersion', 'idempotencyKey')],
  [op.UpdateCartItemsDocument, input('cartId', 'items', 'expectedVersion', 'idempotencyKey')],
  [op.RemoveCartItemsDocument, input('cartId', 'productIds', 'expectedVersion', 'idempotencyKey')],
  [op.ClearCartDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.DeleteCartDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.ClaimCartDocument, input('cartId', 'customerId', 'idempotencyKey')],
  [op.MergeCartsDocument, input('sourceCartId', 'targetCartId', 'strategy', 'idempotencyKey')],
  [op.RefreshCartPricesDocument, input('cartId', 'expectedVersion', 'idempotencyKey')],
  [op.CheckoutCartDocument, input('cartId', 'acceptCartPrices', 'expectedTotal', 'idempotencyKey')],
];
const cursor = mostly(fc.constantFrom('Y2FydDoxOjE', 'cHJvZHVjdDox'));
const queries: [{ toString(): string }, Arbitrary<unknown>][] = [
  [op.GetCartDocument, fc.record({ id: mostly(cartId) })],
  [op.GetCartsDocument, fc.record({ ids: mostly(fc.array(mostly(cartId), { maxLength: 120 })) })],
  [
    op.CustomerCartsDocument,
    fc.record({ customerId: customer, first: quantity, after: cursor }, { requiredKeys: [] }),
  ],
  [op.GetProductDocument, fc.record({ id: product })],
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

const segment = fc.oneof(
  { weight: 12, arbitrary: cartId },
  { weight: 1, arbitrary: hostileText.map((text) => encode(text).slice(0, 500)) },
  { weight: 1, arbitrary: fc.constantFrom('..', '%', '%zz', '%00', '@0/', '1;', '~') },
);
const rest: Arbitrary<FuzzRequest> = fc.oneof(
  restCall(
    'POST',
    fc.constant('/shopping-carts'),
    fc.record({ customer_id: customer }, { requiredKeys: [] }),
  ),
  restCall(
    'POST',
    segment.map((id) => `/shopping-carts/${id}/items`),
    fc.record({ product_id: mostly(fc.integer({ min: 1, max: 8 })), quantity }),
  ),
  restCall(
    'POST',
    segment.map((id) => `/shopping-carts/${id}/checkout`),
    fc.constant({}),
  ),
  restCall(
    'GET',
    segment.map((id) => `/shopping-carts/${id}`),
  ),
  restCall(
    'GET',
    fc
      .tuple(customer, hostileText)
      .map(
        ([id, text]) =>
          `/customers/${encode(String(id)).slice(0, 99)}/shopping-carts?limit=${encode(text).slice(0, 99)}`,
      ),
  ),
  restCall(
    'GET',
    hostileText.map((text) => `/${encode(text)}`),
  ),
);

function restCall(verb: string, path: Arbitrary<string>, body?: Arbitrary<unknown>): Arbitrary<FuzzRequest> {
  const text =
    body && broken(mostly(body).map((value) => (JSON.stringify(value) as string | undefined) ?? ''));
  return fc.record({
    method: mostlyOf(verb, 'PUT', 'HEAD', 'DELETE'),
    path,
    headers: fc
      .tuple(
        headers,
        fc.option(fc.constantFrom('a', 'b', 'x'.repeat(300), '00000000-0000-4000-8000-000000000000'), {
          freq: 4,
        }),
      )
      .map(([given, idempotency]) =>
        idempotency === null ? { ...given } : { ...given, 'idempotency-key': idempotency },
      ),
    ...(text && { body: text }),
  });
}

export const fuzzRequests: Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 6, arbitrary: graphql },
  { weight: 1, arbitrary: graphqlGet },
  { weight: 3, arbitrary: rest },
);
