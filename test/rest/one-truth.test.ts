/** The document that is served and the checks that are made come from the same schemas; here they are held against each other. */
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { parseBody } from '../../src/rest/json-body.ts';
import { openApi } from '../../src/rest/openapi.ts';
import { parseCartPage } from '../../src/rest/page-query.ts';
import { CheckOut, NewItem, NewShoppingCart } from '../../src/rest/shapes.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(openApi, 'openapi');

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const number = fc.oneof(
  fc.integer({ min: -2, max: 12_000 }),
  fc.constantFrom(2_147_483_647, 2_147_483_648, 1.5, -0, 1e21),
);
const value = fc.oneof(
  { weight: 3, arbitrary: number },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const name = fc.constantFrom('customer_id', 'product_id', 'quantity', 'customerId', '__proto__', 'toString');
const objects = fc
  .array(fc.tuple(name, value), { maxLength: 3 })
  // JSON.parse alone makes a property of the name __proto__.
  .map(
    (entries) => `{${[...new Map(entries)].map(([key, of]) => `"${key}":${JSON.stringify(of)}`).join(',')}}`,
  );
const item = fc.tuple(value, value).map(([id, of]) => JSON.stringify({ product_id: id, quantity: of }));
const bodies = fc.oneof(objects, item, fc.json({ maxDepth: 2 }));

test.each([
  ['NewShoppingCart', NewShoppingCart],
  ['NewItem', NewItem],
  ['CheckOut', CheckOut],
] as const)('a body is taken just when the document allows it: %s', (name, shape) => {
  const allowed = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
  fc.assert(
    fc.property(bodies, (body) => {
      expect([body, accepts(() => parseBody(body, shape))]).toEqual([body, allowed(JSON.parse(body))]);
    }),
    { numRuns: 2_000 },
  );
});

test('a page’s limit is taken just when the document allows it', () => {
  const [limit] = openApi.paths['/customers/{customer_id}/shopping-carts'].get.parameters;
  const allowed = ajv.compile(limit?.schema ?? false);
  for (let n = 0; n < 300; n += 1) {
    expect([n, accepts(() => parseCartPage(`?limit=${n}`))]).toEqual([n, allowed(n)]);
  }
  expect(parseCartPage('').first).toBe((limit?.schema as { default?: number }).default);
});
