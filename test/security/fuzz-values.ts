/** What the generated requests are made of. */
import fc, { type Arbitrary } from 'fast-check';

export interface FuzzRequest {
  readonly method: string;
  /** With "@0" to "@2" in the place of cart ids. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same. */
  readonly body?: string;
}

export const cartId = fc.constantFrom('@0', '@1', '@2');
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '‮',
    '💥'.repeat(50),
    "'; DROP TABLE carts; --",
    '${7*7}',
    '__proto__',
    'null',
  ),
  fc.nat({ max: 100_000 }).map((length) => 'x'.repeat(length % 3_000)),
);
const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 1e308, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, 9999, 10_000, 1e-7),
  fc.double({ noNaN: true }),
);
export const hostile: Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [[[[]]]], { constructor: 1 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc
      .nat({ max: 300 })
      .map((depth) => JSON.parse('['.repeat(depth + 1) + ']'.repeat(depth + 1)) as unknown),
  },
);
/** Mostly what it should be. */
export const mostly = (good: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: hostile });

const number = fc.integer({ min: 1, max: 8 });
export const product = mostly(
  fc.oneof(
    number,
    number.map(String),
    fc.constantFrom('SKU-1', '007', 'gid://shop/7', 'no~pe', 'x'.repeat(129)),
  ),
);

export const customer = mostly(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom('auth0|1', '007')));
export const quantity = mostly(fc.integer({ min: -1, max: 20 }));

/** Of the carts' items, some of which are there. */
export const itemId = mostly(
  fc
    .tuple(cartId, fc.constantFrom('1', '2', '3', 'SKU-1', '1~abcdefghijkl', 'SKU-1~', '~', ''))
    .map(([cart, key]) => `${cart}:${key}`),
);

export const attributes = mostly(
  fc.array(
    fc.record({
      key: mostly(fc.constantFrom('engraving', 'wrap', '', 'k'.repeat(65))),
      value: mostly(fc.constantFrom('', 'Für Zoë', '"\\u2028', 'v'.repeat(256))),
    }),
    { maxLength: 3 },
  ),
);

/** Others than the requests about carts are about. */
export const products = mostly(
  fc.array(
    fc.record(
      {
        id: fc.constantFrom('fuzz-1', 'fuzz-2', '9001'),
        name: mostly(fc.constantFrom('Widget', 'ü'.repeat(201), '')),
        price: mostly(fc.constantFrom('1', '29.99', '1.999', '-1', '1000000.01')),
        category: mostly(fc.constantFrom('c', null)),
        description: mostly(fc.constant('A sentence.')),
        imageUrl: mostly(fc.constantFrom('/a.svg', 'javascript:alert(1)', '//evil.test')),
        url: mostly(fc.constant('https://shop.example/1')),
      },
      { requiredKeys: ['id', 'name', 'price'] },
    ),
    { maxLength: 3 },
  ),
);

const json = { 'content-type': 'application/json' };
export const headers = fc.oneof(
  { weight: 20, arbitrary: fc.constant(json) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        'content-type': fc.constantFrom(
          'application/json',
          'text/plain',
          'application/json; charset=utf-16',
          'multipart/form-data; boundary=x',
          'x',
          '',
        ),
        accept: fc.constantFrom(
          '*/*',
          'text/html',
          'application/graphql-response+json',
          'multipart/mixed',
          'q=;',
          'application/json;q=0',
          '',
        ),
        'apollo-require-preflight': fc.constant('1'),
        'x-request-id': fc.constantFrom('a', '"', '{}', 'x'.repeat(200)),
        'content-encoding': fc.constantFrom('gzip', 'identity'),
        authorization: fc.constantFrom('Bearer x', 'Basic eDp4', 'Bearer eyJhbGciOiJub25lIn0.e30.', ''),
        origin: fc.constantFrom('null', 'https://evil.test'),
      },
      { requiredKeys: [] },
    ),
  },
);
export function mostlyOf(good: string, ...others: string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant(good) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** A body cut off, or with noise in it. */
export const broken = (text: Arbitrary<string>): Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.tuple(text, fc.nat()).map(([whole, at]) => whole.slice(0, at % (whole.length + 1))),
    },
    { weight: 1, arbitrary: fc.tuple(text, hostileText).map(([whole, noise]) => whole.replace(':', noise)) },
  );

/** Percent-encoded; lone surrogates, which have no encoding, as U+FFFD. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('%40', '@');
}
