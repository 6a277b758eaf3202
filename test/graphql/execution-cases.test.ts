/** What graphql-js is known to do, case by case; each is also held against graphql-js itself. */
import { buildSchema, parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileOperation } from '../../src/graphql/execution/compile-operation.ts';
import { watchRejections, type Rejections } from './differential/rejections.ts';
import { ask, onlyOperation } from './execution-both.ts';

const broken = () => {
  throw new Error('broken');
};
const rejected = () => Promise.reject(new Error('rejected'));
const throwsText = (): never => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever a resolver throws
  throw 'text';
};
const later = <T>(value: T): Promise<T> => Promise.resolve(value);

let rejections: Rejections;
beforeEach(() => {
  rejections = watchRejections();
});
afterEach(() => {
  rejections.stop();
});

describe('an error makes null', () => {
  const definitions = `
    type Query { a: A, b: Int, must: A! }
    type A { x: Int, n: Int!, a: A, must: A!, list: [Int], listN: [Int!], mustList: [Int!]!, grid: [[Int!]] }
  `;
  const cases: [string, string, unknown, string, string[]][] = [
    [
      'of a field that may be null',
      '{ a { x } b }',
      { a: { x: broken }, b: 1 },
      '{"a":{"x":null},"b":1}',
      ['a.x: broken'],
    ],
    [
      'of the parent of one that must not',
      '{ a { x n } b }',
      { a: { x: 1, n: broken }, b: 1 },
      '{"a":null,"b":1}',
      ['a.n: broken'],
    ],
    [
      'of the nearest that may be',
      '{ a { a { must { n } } } }',
      { a: { a: { must: { n: rejected } } } },
      '{"a":{"a":null}}',
      ['a.a.must.n: rejected'],
    ],
    [
      'of everything, if nothing else may',
      '{ must { must { n } } }',
      { must: { must: { n: broken } } },
      'null',
      ['must.must.n: broken'],
    ],
    [
      'where a value is missing that must be there',
      '{ a { n } }',
      { a: { n: null } },
      '{"a":null}',
      ['a.n: Cannot return null for non-nullable field A.n.'],
    ],
    [
      'of an entry',
      '{ a { list } }',
      { a: { list: [1, new Error('broken'), 3] } },
      '{"a":{"list":[1,null,3]}}',
      ['a.list.1: broken'],
    ],
    [
      'of a list whose entries must be there',
      '{ a { listN } }',
      { a: { listN: [1, later(null)] } },
      '{"a":{"listN":null}}',
      ['a.listN.1: Cannot return null for non-nullable field A.listN.'],
    ],
    [
      'of the parent of a list that must be there',
      '{ a { mustList } }',
      { a: { mustList: [new Error('broken')] } },
      '{"a":null}',
      ['a.mustList.0: broken'],
    ],
    [
      'of an inner list',
      '{ a { grid } }',
      { a: { grid: [[1], [2, null], null] } },
      '{"a":{"grid":[[1],null,null]}}',
      ['a.grid.1.1: Cannot return null for non-nullable field A.grid.'],
    ],
    ['when it is returned', '{ a { x } }', { a: () => new Error('returned') }, '{"a":null}', ['a: returned']],
    [
      'when what is thrown is no error',
      '{ b }',
      { b: () => Promise.resolve().then(throwsText) },
      '{"b":null}',
      ['b: Unexpected error value: "text"'],
    ],
    [
      'for a value of another type',
      '{ b }',
      { b: 'text' },
      '{"b":null}',
      ['b: Int cannot represent non-integer value: "text"'],
    ],
    [
      'for what is no list',
      '{ a { list } }',
      { a: { list: 'text' } },
      '{"a":{"list":null}}',
      ['a.list: Expected Iterable, but did not find one for field "A.list".'],
    ],
    [
      'of the place that its alias names',
      '{ first: a { second: x } }',
      { a: { x: broken } },
      '{"first":{"second":null}}',
      ['first.second: broken'],
    ],
  ];

  it.each(cases)('%s', async (_, text, root, data, errors) => {
    expect(await ask(definitions, text, { root: () => root })).toEqual({ data, errors });
  });

  it('and of two siblings that must not be null the first error is told', async () => {
    const root = () => ({ a: { n: broken, must: broken } });
    expect((await ask(definitions, '{ a { n must { x } } }', { root })).errors).toEqual(['a.n: broken']);
  });

  it('and what failed before below the same null is told too, what fails afterwards is not', async () => {
    const root = () => ({ a: { x: broken, n: broken, a: rejected } });
    const told = await ask(definitions, '{ a { x n } }', { root });
    expect(told).toEqual({ data: '{"a":null}', errors: ['a.x: broken', 'a.n: broken'] });
    const later = await ask(definitions, '{ a { a { x } n } }', { root });
    expect(later.data).toBe('{"a":null}');
  });

  it('and leaves no rejection behind where an entry fails before the one that rejects', async () => {
    const root = () => ({ a: { listN: [rejected(), new Error('at once')] } });
    const document = '{ a { listN } }';
    // graphql-js itself leaves one here, which is why only ours is asked.
    const parsed = parse(document);
    const run = compileOperation(buildSchema(definitions), parsed, onlyOperation(parsed));
    expect(await run({ contextValue: undefined, rootValue: root() })).toMatchObject({
      data: '{"a":{"listN":null}}',
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections.take()).toEqual([]);
  });
});

describe('an answer', () => {
  const definitions =
    'type Query { a: A, b: Int, c: Int } type A { x: Int, y: Int, a: A, text: String, length: Int }';

  it('has its fields in the order of the document, whichever is there first', async () => {
    const root = () => ({ a: later({ x: later(1), y: 2 }), b: later(3), c: 4 });
    expect((await ask(definitions, '{ b a { y x } c }', { root })).data).toBe(
      '{"b":3,"a":{"y":2,"x":1},"c":4}',
    );
  });

  it('merges fields of one name at the place of the first', async () => {
    const text = '{ a { x } ...F b ... { a { a { x } } } } fragment F on Query { c a { y a { y } } }';
    const root = () => ({ a: { x: 1, y: 2, a: { x: 3, y: 4 } }, b: 5, c: 6 });
    expect((await ask(definitions, text, { root })).data).toBe(
      '{"a":{"x":1,"y":2,"a":{"y":4,"x":3}},"c":6,"b":5}',
    );
  });

  it('has aliases that every object has already', async () => {
    const text = '{ __proto__: b constructor: c toString: a { hasOwnProperty: x __proto__: __typename } }';
    const { data } = await ask(definitions, text, { root: () => ({ a: { x: 1 }, b: 2, c: 3 }) });
    expect(data).toBe('{"__proto__":2,"constructor":3,"toString":{"hasOwnProperty":1,"__proto__":"A"}}');
  });

  it('has texts as JSON has them', async () => {
    const text = 'ü "quoted" \\ / \u0000 \u001f \u007f \u2028 🙂 \ud800 </script>';
    const { data } = await ask(definitions, '{ a { text } }', { root: () => ({ a: { text } }) });
    expect(data).toBe(JSON.stringify({ a: { text } }));
  });

  it('has no properties of what is no object', async () => {
    expect((await ask(definitions, '{ a { length x } }', { root: () => ({ a: 'text' }) })).data).toBe(
      '{"a":{"length":null,"x":null}}',
    );
  });

  it('asks an object once for each property', async () => {
    const asked: string[] = [];
    const source = {
      get x() {
        asked.push('x');
        return later(1);
      },
      get y() {
        asked.push('y');
        throw new Error('broken');
      },
    };
    const told = await ask(definitions, '{ a { x y } }', { root: () => ({ a: source }) });
    expect(told).toEqual({ data: '{"a":{"x":1,"y":null}}', errors: ['a.y: broken'] });
    // Four executions of ours, one of graphql-js.
    expect(asked).toHaveLength(10);
  });
});

describe('@skip and @include', () => {
  const definitions = 'type Query { a: Int, b: Int, q: Query }';
  const root = () => ({ a: 1, b: 2, q: { a: 3, b: 4 } });
  const cases: [string, string, Record<string, unknown>, string][] = [
    [
      'count where they stand',
      'query ($v: Boolean!) { q { ...F @skip(if: $v) } ...F } fragment F on Query { a }',
      { v: true },
      '{"q":{},"a":1}',
    ],
    [
      'of one spread leave the other',
      '{ ...F @skip(if: true) ...F } fragment F on Query { a }',
      {},
      '{"a":1}',
    ],
    [
      'must both let pass',
      '{ a @skip(if: false) @include(if: false) b @skip(if: true) @include(if: true) }',
      {},
      '{}',
    ],
    [
      'stand on inline fragments',
      '{ ... @include(if: false) { a } ... on Query @skip(if: false) { b } }',
      {},
      '{"b":2}',
    ],
    ['take defaults', 'query ($v: Boolean! = false) { a @include(if: $v) b @skip(if: $v) }', {}, '{"b":2}'],
  ];

  it.each(cases)('%s', async (_, text, variables, data) => {
    expect(await ask(definitions, text, { root, variables })).toEqual({ data, errors: [] });
  });
});
