/** Values on the wire are those that the document client would make, and come back the same. */
import { inspect } from 'node:util';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromWire, toWire } from '../../../src/stores/dynamodb/attribute-values.ts';

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }))
  .map(([digits, scale]) => NumberValue.from(`${digits}e-${scale}`));
const binary = fc.uint8Array({ maxLength: 20 });
const setOf = <Value>(values: fc.Arbitrary<Value>) =>
  fc.array(values, { minLength: 1, maxLength: 4 }).map((list) => new Set(list));
const text = fc.string({ unit: 'binary' });
const name = text.filter((given) => given !== '__proto__' && given !== 'constructor');

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    number,
    binary,
    setOf(text),
    setOf(number),
    setOf(binary),
    setOf(fc.maxSafeInteger()),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));
const item = fc.dictionary(name, value, { maxKeys: 5 });

/** As the SDK writes it: binary in base64. */
function inJSON(given: unknown): unknown {
  return JSON.parse(
    JSON.stringify(given, (_, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
    ),
  );
}

it('is what the document client would send', () => {
  fc.assert(
    fc.property(item, (given) => {
      expect(JSON.parse(JSON.stringify(toWire(given)))).toEqual(inJSON(marshall(given)));
    }),
  );
});

it('comes back as the document client would read it', () => {
  fc.assert(
    fc.property(item, (given) => {
      const wire = JSON.parse(JSON.stringify(toWire(given))) as Record<string, unknown>;
      expect(fromWire(wire)).toEqual(unmarshall(marshall(given), { wrapNumbers: true }));
    }),
  );
});

it('leaves out an attribute that is undefined, and takes none inside of one', () => {
  expect(toWire({ a: undefined, b: 'x' })).toEqual({ b: { S: 'x' } });
  for (const inside of [[undefined], { a: undefined }, new Map([['a', undefined]])])
    expect(() => toWire({ inside })).toThrow('undefined');
});

it('takes no number that a double does not have exactly, and no other class', () => {
  const otherBinary = [new ArrayBuffer(2), new DataView(new ArrayBuffer(2)), new Uint16Array(2), new Blob()];
  for (const given of [2 ** 53, NaN, Infinity, new Date(), Symbol('x'), ...otherBinary])
    expect(() => toWire({ given }), inspect(given)).toThrow();
});

it.each(['constructor', 'toString', '__proto__'])(
  'keeps a name that JavaScript’s objects have already: %s',
  (name) => {
    const json = `{"${name}":{"S":"x"},"map":{"M":{"${name}":{"S":"y"}}}}`;
    const read = fromWire(JSON.parse(json) as Record<string, unknown>);
    expect(JSON.stringify(toWire(read))).toBe(json);
    const map = new Map(Object.entries(read['map'] as object));
    expect(JSON.stringify(toWire({ ...read, map }))).toBe(json);
  },
);

it('reads no type that DynamoDB has not', () => {
  expect(() => fromWire({ a: { X: 'x' } })).toThrow('Unsupported type passed: X');
  expect(() => fromWire({ a: {} })).toThrow('No value defined');
  expect(() => fromWire({ a: { B: 'no base64!' } })).toThrow('base64');
});
