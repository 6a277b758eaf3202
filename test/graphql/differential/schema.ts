/** A schema that has everything: what no service would have together. Its resolvers are in resolvers.ts. */
import {
  extendSchema,
  GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  type GraphQLObjectType,
} from 'graphql';
import { isOfType, resolve, resolveThing } from './resolvers.ts';
import { Color, Json, Odd } from './scalars.ts';

/** Arguments of every kind. Two of them have names that every object has already; graphql-js would refuse `__proto__`. */
const everyArgument = `(
  a: Int, b: Int = 5, c: Int! = 7, d: [Int!] = [1, 2], e: In, f: In = { need: 3 }, g: Color = BLUE, h: [[In!]!],
  i: Odd, j: Json = { k: [null] }, k: String = "k", l: ID, m: Float, n: Boolean = null, o: [Color] = RED, p: [[Int]!],
  constructor: Int, __proto__: [Int] = [9], toString: String, names: Names
)`;

const fields = `
  id: ID!
  info: String
  echo${everyArgument}: String
  need(x: Int!, in: In!, l: [Color!]!): String
  int: Int
  nInt: Int!
  float: Float
  nString: String!
  boolean: Boolean
  color: Color
  nColor: Color!
  odd: Odd
  nOdd: Odd!
  odds: [Odd]
  nOdds: [Odd!]!
  ints: [Int]
  intsN: [Int!]
  nInts: [Int]!
  nIntsN: [Int!]!
  grid: [[Int]]
  gridN: [[Int!]!]
  nGrid: [[Int]!]!
  deepN: [[[Int!]!]!]!
  plain: String
  method(x: Int = 1, in: In, __proto__: Int = 4): String
  nPlain: String!
  length: Int
  child: A
  nChild: A!
  other: B
  third: C!
  lone: D
  node: Node
  nNode: Node!
  nodes: [Node]
  thing: Thing
  nThing: Thing!
  things: [Thing!]
  any: Any
  nAny: Any!
  anys: [Any!]!
  pair: Pair
  pairs: [[Pair]!]
  children: [A]
  childrenN: [A!]
  nChildrenN: [A!]!
`;

const definitions = `
  extend schema { query: Query mutation: Mutation }
  directive @note(x: Int, in: In) repeatable on QUERY | MUTATION | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION
  interface Node { id: ID! info: String nInt: Int! child: A }
  interface Thing implements Node { id: ID! info: String nInt: Int! child: A int: Int label: String! peer: Thing nodes: [Node] }
  type A implements Node & Thing { ${fields} label: String! peer: Thing }
  type B implements Node & Thing { id: ID! info: String nInt: Int! child: A int: Int label: String! peer: B nodes: [B!]! }
  type C implements Node { id: ID! info: String nInt: Int! child: A plain: String thing: Thing nAny: Any! }
  type D { nString: String! plain: String pair: Pair odd: Odd method(x: Int): String length: Int name: String }
  union Any = A | B | C
  union Pair = B | D
  input In {
    need: Int!
    some: Int
    given: Int = 4
    must: Int! = 6
    color: Color = GREEN
    colors: [Color!]
    deep: In
    deeps: [In!]
    texts: [String] = ["x", null]
    odd: Odd
    json: Json
    float: Float = 1.5
  }
  input Names { constructor: Int = 8 hasOwnProperty: Boolean __proto__: Int toString: String other: Names }
  input One @oneOf { a: Int b: String c: In }
  type Query { ${fields} one(one: One, ones: [One!]): String }
  type Mutation { set(n: Int!, in: In): Int nSet(n: Int!): Int! child: A nChild: A! children: [A] any: Any echo${everyArgument}: String plain: String }
`;

/** Fields that are left to graphql-js's default resolver: they are properties and methods of their source. */
const ofSource = new Set(['plain', 'nPlain', 'method', 'child', 'length', 'name']);

export function createOwnSchema(): GraphQLSchema {
  const base = new GraphQLSchema({ types: [Color, Odd, Json], assumeValid: true });
  // Valid but for the names that begin with two underscores: whoever checks the arguments must not trip over them.
  const schema = extendSchema(base, parse(definitions), { assumeValid: true, assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type)) equip(type);
    // Node and Any are left to graphql-js's default: `__typename`, then isTypeOf.
    else if (
      (isInterfaceType(type) && type.name === 'Thing') ||
      (isUnionType(type) && type.name === 'Pair')
    ) {
      type.resolveType = resolveThing;
    }
  }
  return schema;
}

function equip(type: GraphQLObjectType): void {
  if (/^[ABC]$/.test(type.name)) type.isTypeOf = isOfType(type.name);
  for (const field of Object.values(type.getFields())) {
    if (!ofSource.has(field.name)) field.resolve = resolve;
  }
}
