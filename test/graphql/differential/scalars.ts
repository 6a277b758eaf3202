/** Leaf types that do what scalars may do and seldom do: throw, answer nothing, answer structures, mean something else inside. */
import { GraphQLEnumType, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

/** Names outside, other values inside; one of them is an object, one is false. */
export const Color = new GraphQLEnumType({
  name: 'Color',
  values: {
    RED: { value: 1 },
    GREEN: { value: 'GRÜN' },
    BLUE: { value: Object.freeze({ blue: true }) },
    BLACK: { value: false },
    constructor: { value: 'made' },
    PLAIN: {},
  },
});

/** What resolvers return for a field of type Odd: the name of what its serialize does. */
export const oddities = {
  throws: () => {
    throw new Error('cannot be serialised');
  },
  undefined: () => undefined,
  null: () => null,
  nan: () => NaN,
  infinity: () => -Infinity,
  object: () => ({
    b: [1, { c: null }],
    a: 'ü\u2028"\\\ud800',
    ['__proto__']: [2],
    u: undefined,
  }),
  array: () => [1, undefined, [NaN], { z: 1, a: 2 }],
  dated: () => new Date(0),
  toJSON: () => ({ toJSON: () => ['as JSON'] }),
  boxed: () => new String('boxed'),
  text: () => 'control \u0000 \u001f \u007f "quoted" \\ / </script> \u2028 🙂 \ud83d',
  zero: () => -0,
  false: () => false,
  empty: () => '',
} satisfies Record<string, () => unknown>;

/** As above, but with what JSON has no word for: the key is left out of an object, and null in a list. */
export const wordless = { function: () => () => 1, symbol: () => Symbol('s') } satisfies Record<
  string,
  () => unknown
>;

const all: Record<string, () => unknown> = { ...oddities, ...wordless };

export const Odd = new GraphQLScalarType({
  name: 'Odd',
  serialize: (value) => (typeof value === 'string' && Object.hasOwn(all, value) ? all[value]?.() : value),
  parseValue(value) {
    if (value === 'throw') throw new Error('not as a value');
    if (value === 'nothing') return undefined;
    return ['value', value];
  },
  parseLiteral(node) {
    if (node.kind === Kind.STRING && node.value === 'throw') throw new Error('not as a literal');
    if (node.kind === Kind.STRING && node.value === 'nothing') return undefined;
    return ['literal', node.kind];
  },
});

/** Any JSON; its literals may have variables inside. */
export const Json = new GraphQLScalarType({
  name: 'Json',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
