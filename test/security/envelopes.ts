/** Requests to GraphQL whose parts are of any type and shape, by POST and by GET. */
import { createHash } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import { hostile } from './fuzz-values.ts';

export interface Envelope {
  readonly method: 'GET' | 'POST';
  /** With its question mark, or empty. */
  readonly search: string;
  readonly body?: string;
}

const documents = [
  '{ __typename }',
  'query A { __typename } query B { __typename }',
  'query ($id: ID!) { product(id: $id) { id name } }',
  'query ($ids: [ID!]!, $first: Int) { carts(ids: $ids) { id } products(first: $first) { nodes { id } } }',
  'query ($s: CartStatus, $a: String) { customerCarts(customerId: 1, status: $s, after: $a) { nodes { id } } }',
  'mutation ($input: CreateCartInput!) { createCart(input: $input) { cart { id } userErrors { code } } }',
  'mutation ($input: CheckoutCartInput!) { checkoutCart(input: $input) { orderId } }',
  'subscription { __typename }',
  '{ nothing',
];
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Nested as deep as a body allows. */
const deep = fc
  .tuple(fc.constantFrom('[', '{"a":'), fc.constantFrom(30, 300, 5_000))
  .map(([open, levels]) => new Deep(open.repeat(levels) + '1' + (open === '[' ? ']' : '}').repeat(levels)));

/** JSON that JSON.stringify would take for text, or run out of stack over. */
class Deep {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const any = fc.oneof({ weight: 6, arbitrary: hostile }, { weight: 1, arbitrary: deep });
const mostly = (good: Arbitrary<unknown>) =>
  fc.oneof({ weight: 2, arbitrary: good }, { weight: 1, arbitrary: any });

const query = mostly(fc.constantFrom(...documents));
const inputs = fc.dictionary(
  fc.constantFrom(
    'cartId',
    'items',
    'customerId',
    'idempotencyKey',
    'expectedTotal',
    '__proto__',
    'toString',
  ),
  any,
  { maxKeys: 4 },
);
const variables = mostly(
  fc.dictionary(
    fc.constantFrom('id', 'ids', 'first', 's', 'a', 'input', '$id', '__proto__', 'constructor'),
    fc.oneof(any, inputs),
    { maxKeys: 4 },
  ),
);
const persistedQuery = mostly(
  fc.record(
    {
      version: mostly(fc.constant(1)),
      sha256Hash: mostly(
        fc.constantFrom(...documents.map(hash), 'nothing', '__proto__', hash('x').toUpperCase()),
      ),
    },
    { requiredKeys: [] },
  ),
);
const extensions = mostly(fc.record({ persistedQuery, other: any }, { requiredKeys: [] }));
const parts = fc.record(
  { query, variables, operationName: mostly(fc.constantFrom('A', 'B', '')), extensions, documentId: any },
  { requiredKeys: [] },
);

const posted: Arbitrary<Envelope> = fc
  .oneof({ weight: 12, arbitrary: parts }, { weight: 1, arbitrary: any })
  .map((value) => ({ method: 'POST', search: '', body: write(value) }));

const got: Arbitrary<Envelope> = fc
  .tuple(parts, fc.constantFrom('', '&query=%7B__typename%7D', '&variables=', '&%zz=%'))
  .map(([given, more]) => {
    const pairs = Object.entries(given).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : write(value),
    ]);
    return { method: 'GET', search: `?${new URLSearchParams(pairs).toString()}${more}`.slice(0, 12_000) };
  });

export const envelopes: Arbitrary<Envelope> = fc.oneof(
  { weight: 3, arbitrary: posted },
  { weight: 1, arbitrary: got },
);

function write(value: unknown): string {
  if (value instanceof Deep) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`)
    .join()}}`;
}
