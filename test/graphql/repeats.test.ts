import {
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { createLimitsRule } from '../../src/graphql/limits.ts';
import { findRepeats } from '../../src/graphql/repeats.ts';
import { createSchema } from '../../src/graphql/schema.ts';

const schema = createSchema();
const rule = createLimitsRule(loadConfig({}).limits);
const refuse = (query: string) =>
  validate(schema, parse(query), [...specifiedRules, rule]).map(({ message }) => message);
const some = (count: number, each: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ');
const tooMany = (count: number) => [
  `The document may have at most 20 fields of one name in one place, but has ${count}.`,
];

describe('a document is refused before any other rule looks at it', () => {
  it('when it asks often for one thing in one place', () => {
    const nodes = (inner: string) => `{ products { nodes { ${inner} } } }`;
    expect(refuse(nodes('id '.repeat(20)))).toEqual([]);
    expect(refuse(nodes('id '.repeat(21)))).toEqual(tooMany(21));
    expect(refuse(`{ products { ${'nodes { id } '.repeat(240)} } }`)).toEqual(tooMany(240));
    expect(refuse(nodes('a: id '.repeat(1) + '... on Product { id } '.repeat(21)))).toEqual(tooMany(21));
    // Each of its selections has few of them; where they meet there are many.
    expect(refuse(`{ products { ${`nodes { ${'id '.repeat(5)} } `.repeat(5)} } }`)).toEqual(tooMany(25));
  });

  it('when its fragments do, spread or not', () => {
    const chain = (name: string, count: number) =>
      some(
        count,
        (at) => `fragment ${name}${at} on Product { id ${at + 1 < count ? `...${name}${at + 1}` : ''} }`,
      );
    const two = `{ products { nodes { ...f0 ...g0 } } }`;
    expect(refuse(`${two} ${chain('f', 10)} ${chain('g', 10)}`)).toEqual([]);
    expect(refuse(`${two} ${chain('f', 10)} ${chain('g', 11)}`)).toEqual(tooMany(21));
    expect(refuse(`{ __typename } ${chain('f', 21)}`)).toEqual(tooMany(21));
    const unlike = (count: number) =>
      `{ products { nodes { ${some(count, (at) => `...f${at}`)} } } } ${some(count, (at) => `fragment f${at} on Product { ${['id', 'name', 'brand'][at % 3] ?? ''} }`)}`;
    expect(refuse(unlike(40))).toEqual([]);
    expect(refuse(unlike(41))).toEqual([
      'The document may have at most 40 fragments in one place, but has 41.',
    ]);
  });

  it('but not when one fragment is spread often, which is one', () => {
    const often = `{ products { nodes { ${'...F '.repeat(50)} } } } fragment F on Product { id }`;
    expect(refuse(often)).toEqual([]);
  });

  it('when its fragments have no end, as graphql says it', () => {
    const endless =
      '{ customerCarts(customerId: 1) { nodes { ...A } } } fragment A on Cart { items { ...B } } fragment B on CartItem { product { ...A } }';
    expect(refuse(endless)).toEqual([expect.stringMatching(/^Cannot spread fragment "A" within itself/)]);
  });
});

it('looks at so many selections and no more', () => {
  const text = `{ a { ...F0 } } ${some(60, (at) => `fragment F${at} on T { a { ...F${at + 1} } b { ...F${at + 1} } }`)} fragment F60 on T { c }`;
  let looks = 0;
  const { definitions } = parse(text);
  const counted: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: definitions.map((node) => {
      if (node.kind !== Kind.FRAGMENT_DEFINITION) return node;
      const { selectionSet } = node;
      const counting: FragmentDefinitionNode = {
        ...node,
        get selectionSet() {
          looks += 1;
          return selectionSet;
        },
      };
      return counting;
    }),
  };
  expect(findRepeats(counted, 1_000)).toEqual({ kind: 'endless' });
  expect(looks).toBeLessThanOrEqual(1_000);
});
