/** Bodies as nobody should send them, and what is said of each. */
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { parseBody } from '../../src/rest/json-body.ts';
import { CheckOut, NewItem, NewShoppingCart } from '../../src/rest/shapes.ts';

const ID =
  'must be a whole number from 1 to 9007199254740991, or text of 1 to 128 visible ASCII characters, but was';
const KNOWN = 'must not be there (known: product_id, quantity, attributes), but was';

function messageFor(body: string, shape: typeof NewItem | typeof NewShoppingCart | typeof CheckOut): string {
  try {
    return JSON.stringify(parseBody(body, shape));
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

describe('an item', () => {
  test.each([
    ['{"product_id":1,"quantity":2}'],
    [' {\n"quantity" : 2.0e0 ,\t"product_id":1.000000}\r\n'],
    [String.raw`{"\u0070roduct_id":10e-1,"quantity":0.2E1}`],
  ])('is what it says: %s', (body) => {
    expect(parseBody(body, NewItem)).toEqual({ product_id: 1, quantity: 2 });
  });

  test.each([
    ['', 'The body must be a JSON object, but was ""'],
    ['{', 'The body must be valid JSON, but was "{"'],
    ['\ufeff{}', 'The body must be valid JSON, but was "\\u{feff}{}"'],
    ['null', 'The body must be a JSON object, but was "null"'],
    ['[{"product_id":1,"quantity":2}]', /^The body must be a JSON object, but was /],
    ['{}', `product_id ${ID} not given`],
    ['{"product_id":[1],"quantity":2}', `product_id ${ID} a list`],
    ['{"product_id":{"id":1},"quantity":2}', `product_id ${ID} an object`],
    ['{"product_id":true,"quantity":2}', `product_id ${ID} true`],
    ['{"product_id":null,"quantity":2}', `product_id ${ID} null`],
    ['{"product_id":0,"quantity":2}', `product_id ${ID} 0`],
    ['{"product_id":-1,"quantity":2}', `product_id ${ID} -1`],
    ['{"product_id":1.5,"quantity":2}', `product_id ${ID} 1.5`],
    ['{"product_id":9007199254740992,"quantity":2}', `product_id ${ID} 9007199254740992`],
    ['{"product_id":1,"quantity":2,"attributes":{}}', 'attributes must be a list, but was an object'],
    [
      '{"product_id":1,"quantity":2,"attributes":[1]}',
      'attributes[0] must be an object with key and value, but was 1',
    ],
    [
      '{"product_id":1,"quantity":2,"attributes":[{"key":1,"value":""}]}',
      'attributes[0].key must be text, but was 1',
    ],
    [
      '{"product_id":1,"quantity":2,"attributes":[{"key":"k","value":"v","x":3}]}',
      'The property "x" of attributes[0] must not be there, but was 3',
    ],
    ['{"product_id":1e400,"quantity":2}', `product_id ${ID} Infinity`],
    [
      '{"product_id":1,"quantity":2147483648}',
      'quantity must be a whole number from -2147483648 to 2147483647, but was 2147483648',
    ],
    [
      '{"product_id":1,"quantity":1.5}',
      'quantity must be a whole number from -2147483648 to 2147483647, but was 1.5',
    ],
  ])('must have its shape: %s', (body, message) => {
    expect(messageFor(body, NewItem)).toEqual(
      typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
    );
  });

  test.each([
    ['{"productId":1,"quantity":2}', `The property "productId" ${KNOWN} 1`],
    ['{"product_id":1,"quantity":2,"__proto__":{"x":1}}', `The property "__proto__" ${KNOWN} an object`],
    ['{"product_id":1,"quantity":2,"constructor":1}', `The property "constructor" ${KNOWN} 1`],
    ['{"":0}', `The property "" ${KNOWN} 0`],
    [`{"${'x'.repeat(90_000)}":0}`, `The property "${'x'.repeat(60)}"… ${KNOWN} 0`],
    ['{"\\u0000\\ud800":0}', `The property "\\u0000\\ud800" ${KNOWN} 0`],
  ])('has no other properties: %s', (body, message) => {
    expect(messageFor(body, NewItem)).toBe(message);
  });

  test.each([
    '{"product_id":1,"quantity":2,"quantity":2}',
    '{"quantity":[{"quantity":1}],"product_id":1,"quantity":2}',
    String.raw`{"product_id":1,"quantity":2,"\u0071uantity":3}`,
    '{"product_id":1,"quantity":2,"attributes":[{"key":"k","value":"v","key":"k"}]}',
  ])('has each property once: %s', (body) => {
    expect(messageFor(body, NewItem)).toMatch(/^The body must have each property once, but was "\{/);
  });

  test.each([
    '0.99999999999999999999',
    '1.00000000000000000001',
    '9998.9999999999999999',
    `1.${'0'.repeat(9000)}1`,
  ])('has numbers that are not rounded: %s', (number) => {
    expect(messageFor(`{"product_id": 1, "quantity": ${number} }`, NewItem)).toMatch(
      /^quantity must have at most 15 digits, but was "[\d.]{17,60}"…?$/,
    );
  });
});

test.each([
  ['"1"', '1'],
  ['"007"', '007'],
  ['"auth0|65f1"', 'auth0|65f1'],
  [String.raw`"a\"b:{}[],"`, 'a"b:{}[],'],
  ['9007199254740991', 9007199254740991],
])('an id may be text: %s', (written, id) => {
  const attributes = [
    { key: 'key', value: '"quantity":2' },
    { key: 'value', value: '\\' },
  ];
  const body = `{"product_id":${written},"quantity":2,"attributes":${JSON.stringify(attributes)}}`;
  expect(parseBody(body, NewItem)).toEqual({ product_id: id, quantity: 2, attributes });
});

test('a cart may be a guest’s, but not by mistake', () => {
  for (const body of ['{}', '{"customer_id":null}']) {
    expect(parseBody(body, NewShoppingCart).customer_id ?? 'a guest').toBe('a guest');
  }
  expect(messageFor('{"customerId":1}', NewShoppingCart)).toBe(
    'The property "customerId" must not be there (known: customer_id, note, attributes), but was 1',
  );
  expect(messageFor('{"customer_id":null,"customer_id":1}', NewShoppingCart)).toMatch(/each property once/);
});

test('a check-out takes nothing that it would not heed', () => {
  expect(parseBody(' { } ', CheckOut)).toEqual({});
  expect(messageFor('{"expected_total":1}', CheckOut)).toBe(
    'The property "expected_total" must not be there (known: none), but was 1',
  );
});
