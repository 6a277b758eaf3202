import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  getIntrospectionQuery,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { checkDocumentSize, createCostCheck, createLimitsRule } from '../../src/graphql/limits.ts';
import { createMeasure, SATURATED, type Measures } from '../../src/graphql/measure-operation.ts';
import { examples } from '../../src/playground/examples.ts';

const schema = createSchema();
const { limits: DEFAULTS } = loadConfig({});

const isOperation = (node: DocumentNode['definitions'][number]): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;

function measure(query: string | DocumentNode, variables?: Record<string, unknown>, of = schema): Measures {
  const document = typeof query === 'string' ? parse(query) : query;
  const operation = document.definitions.find(isOperation);
  if (!operation) throw new Error('no operation');
  return createMeasure({ schema: of, document, variables })(operation);
}

/** What the service says to a document, graphql's own rules included. */
const refuse = (query: string, of = schema) =>
  validate(of, parse(query), [...specifiedRules, createLimitsRule(DEFAULTS)]).map(({ message }) => message);

/** Fragments that each spread the next one twice; the last one has the leaf. */
const doubling = (levels: number, on: string, leaf: string) =>
  Array.from({ length: levels }, (_, at) => `fragment F${at} on ${on} { ...F${at + 1} ...F${at + 1} }`).join(
    ' ',
  ) + ` fragment F${levels} on ${on} { ${leaf} }`;

describe('an operation', () => {
  it('is measured through its fragments, each counted where it stands', () => {
    const query = `
      query { cart(id: "1") { ...A } other: cart(id: "2") { ... on Cart { ...A } } }
      fragment A on Cart { a: id items { ...B } }
      fragment B on CartItem { b: id product { price { amount } } }`;
    // Per cart: itself, ten items with a product and its price each.
    expect(measure(query)).toMatchObject({
      depth: 5,
      aliases: 5,
      rootFields: 2,
      cost: 2 * (1 + 10 * 3),
      // The inline fragment around the second spread counts too.
      fields: 2 * 9 + 1,
      carts: 2,
    });
  });

  it('costs what its pages were asked for', () => {
    const page = '{ nodes { totalAmount { amount } } }';
    const cost = (query: string, variables?: Record<string, unknown>) => measure(query, variables).cost;
    expect(cost(`{ customerCarts(customerId: 1, first: 3) ${page} }`)).toBe(1 + 3 * 2);
    expect(cost(`{ customerCarts(customerId: 1) ${page} }`)).toBe(1 + 20 * 2);
    const variable = `query ($first: Int!) { customerCarts(customerId: 1, first: $first) ${page} }`;
    expect(cost(variable)).toBe(1 + 100 * 2);
    expect(cost(variable, { first: 7 })).toBe(1 + 7 * 2);
    expect(cost(variable, { first: 'many' })).toBe(1 + 100 * 2);
    expect(cost('{ carts(ids: ["1", "2"]) { items { id } } }')).toBe(2 * (1 + 10));
    expect(cost('query ($ids: [ID!]!) { carts(ids: $ids) { id } }', { ids: ['1', '2', '3'] })).toBe(3);
    expect(cost('{ productsById(ids: ["1", "2"]) { price { amount } } }')).toBe(2 * 2);
    // Attributes are a part of what has them.
    expect(cost('{ cart(id: "1") { attributes { key } items { attributes { key value } } } }')).toBe(1 + 10);
  });

  it('is measured in linear time, however its fragments are nested', () => {
    const document = parse(`{ cart(id: "1") { ...F0 } } ${doubling(60, 'Cart', 'a: id')}`);
    let read = 0;
    const counted = document.definitions.map((node) => {
      if (node.kind !== Kind.FRAGMENT_DEFINITION) return node;
      const { selectionSet } = node;
      const counting: FragmentDefinitionNode = {
        ...node,
        get selectionSet() {
          read += 1;
          return selectionSet;
        },
      };
      return counting;
    });
    expect(measure({ ...document, definitions: counted })).toMatchObject({
      aliases: SATURATED,
      fields: SATURATED,
    });
    expect(read).toBe(61);
    expect(
      measure('{ cart(id: 1) { ...A } } fragment A on Cart { ...B } fragment B on Cart { ...A }').depth,
    ).toBe(1);
  });

  it('whose fragments double is refused before any other rule looks at it', () => {
    const tooMany = [
      expect.stringMatching(
        /^The operation may have at most 1000 fields and fragments, counted wherever they are spread, but has (\d+|far more)\.$/,
      ),
    ];
    for (const levels of [24, 40, 90]) {
      for (const leaf of ['id', '__typename', 'nothing', 'price { amount }']) {
        const query = `{ product(id: 1) { ...F0 } } ${doubling(levels, 'Product', leaf)}`;
        expect(refuse(query), `${levels} ${leaf}`).toEqual(tooMany);
      }
      expect(refuse(`{ __schema { types { ...F0 } } } ${doubling(levels, '__Type', 'name')}`)).toEqual(
        tooMany,
      );
    }
  });

  it('is refused for its text: bytes, lines, and the length of any name', () => {
    expect(checkDocumentSize('x'.repeat(30_000), DEFAULTS)).toBeUndefined();
    expect(checkDocumentSize({ query: 'x'.repeat(90_000) }, DEFAULTS)).toBeUndefined();
    const { status, body } = checkDocumentSize('ü'.repeat(15_001), DEFAULTS) ?? {};
    expect([status, body && (JSON.parse(String(body)) as unknown)]).toEqual([
      400,
      {
        errors: [
          {
            message: 'The document may have at most 30000 bytes, but has 30002.',
            extensions: { code: 'OPERATION_LIMIT_EXCEEDED' },
          },
        ],
      },
    ]);
    const byGet = `{ product(id: 1) { id } } #${'x'.repeat(30_000)}`;
    expect(refuse(byGet)).toEqual([
      expect.stringMatching(/^The document may have at most 30000 bytes, but has/),
    ]);

    const lines = (end: string, count: number) => `{ product(id: 1) {${end.repeat(count - 1)} id } }`;
    for (const end of ['\n', '\r', '\r\n']) {
      expect(refuse(lines(end, 2_000))).toEqual([]);
      expect(refuse(lines(end, 2_001))).toEqual(['The document may have at most 2000 lines, but has 2001.']);
    }

    const name = 'a'.repeat(129);
    const tooLong = ['The document may have at most 128 characters in a name or alias, but has 129.'];
    for (const query of [
      `{ ${name}: product(id: 1) { id } }`,
      `query ${name} { __typename }`,
      `query ($${name}: ID!) { product(id: $${name}) { id } }`,
      `{ ${name} }`,
      `{ product(id: 1) { ...${name} } } fragment ${name} on Product { id }`,
    ]) {
      expect(refuse(query)).toEqual(tooLong);
    }
    expect(refuse(`{ ${name.slice(1)}: product(id: 1) { id } }`)).toEqual([]);
  });

  it('may introspect at any depth', () => {
    expect(measure(getIntrospectionQuery())).toMatchObject({ depth: 0, cost: 0 });
    expect(refuse(getIntrospectionQuery())).toEqual([]);
  });

  it('is refused beyond a limit, in so many words', () => {
    const deep = buildSchema('type Query { a: Query  b: Int }');
    const query = `query Deep { ${'a { '.repeat(49)} b ${'}'.repeat(49)} }`;
    expect(refuse(query, deep)).toEqual([
      'Operation "Deep" may have at most 8 levels of fields, but has 50.',
    ]);
  });
});

describe('the limits', () => {
  const check = createCostCheck(schema, DEFAULTS);
  const run = (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    const errors = validate(schema, document, [createLimitsRule(DEFAULTS)]);
    if (errors[0]) throw errors[0];
    const operation = document.definitions.find(isOperation);
    if (!operation) throw new Error('no operation');
    return check(operation, document, variables);
  };
  const everything = `id status totalAmount { amount } priceChanges { productId cartPrice { amount } currentPrice { amount } }
    attributes { key value } items { id attributes { key value } unitPrice { amount } lineTotal { amount } product { id price { amount } } }`;

  it('leave room for every example of the playground, and for a full page of carts with their products', () => {
    for (const { query, variables } of examples) run(query, variables);
    run('{ customerCarts(customerId: 1, first: 100) { nodes { items { product { id } } } } }');
    run(`{ customerCarts(customerId: 1, first: 100) { nodes { ${everything} } } }`);
  });

  it('leave none for five such pages, unless the pages are short', () => {
    const page = (alias: string) =>
      `${alias}: customerCarts(customerId: 1, first: $first) { nodes { ${everything} } }`;
    const five = `query ($first: Int! = 5) { ${['a', 'b', 'c', 'd', 'e'].map(page).join(' ')} }`;
    expect(() => {
      run(five, { first: 100 });
    }).toThrow(/at most 10000 objects in its answer, but has \d+\./);
    run(five, { first: 20 });
    run(five);
  });

  it('count the carts that are read, whatever is asked of them, before any is loaded', () => {
    const page = (alias: string) => `${alias}: customerCarts(customerId: 1, first: $first) { nodes { id } }`;
    const five = `query ($first: Int! = 5) { ${['a', 'b', 'c', 'd', 'e'].map(page).join(' ')} }`;
    const tooMany = (count: number) => `The operation may have at most 100 carts to read, but has ${count}.`;
    expect(() => run(five, { first: 100 })).toThrow(tooMany(500));
    expect(() => run(five, { first: 21 })).toThrow(tooMany(105));
    expect(run(five, { first: 20 })).toBe(100);
    expect(run(five)).toBe(25);

    const ids = (count: number) => Array.from({ length: count }, String);
    const lists = 'query ($a: [ID!]!, $b: [ID!]!) { carts(ids: $a) { id } b: carts(ids: $b) { id } }';
    expect(() => run(lists, { a: ids(100), b: ids(1) })).toThrow(tooMany(101));
    expect(run(lists, { a: ids(60), b: ids(40) })).toBe(100);
    expect(run(lists, { a: 'one', b: 'one' })).toBe(0);
    expect(run('{ carts(ids: "one") { id } b: carts(ids: 500) { id } c: cart(id: 1) { id } }')).toBe(0);
    const spread = `{ ...A b: customerCarts(customerId: 1, first: 30) { nodes { id } } }
      fragment A on Query { ... { c: customerCarts(customerId: 1, first: 70) { nodes { id } } } }`;
    expect(run(spread)).toBe(100);
    expect(() => run(spread.replace('30', '31'))).toThrow(tooMany(101));
  });

  it('refuse a mutation whose answer could be too large, before it changes anything', async () => {
    const product = 'product { id name price { amount currency } category brand description }';
    const item = `items { id productId productName quantity unitPrice { amount currency } lineTotal { amount currency } ${product} }`;
    const changes =
      'priceChanges { productId cartPrice { amount currency } currentPrice { amount currency } }';
    const money = 'totalAmount { amount currency }';
    const cart = `cart { id customerId status ${item} itemCount ${money} version createdAt updatedAt expiresAt ${changes} orderId mergedIntoCartId }`;
    const errors = `userErrors { __typename code message field ... on PriceChangedError { ${changes} } ... on LimitError { productId limit } }`;
    const clear = (alias: string) => `${alias}: clearCart(input: { cartId: "1" }) { ${cart} ${errors} }`;
    run(`mutation { ${clear('a')} }`);
    run(`mutation { ${['a', 'b', 'c'].map(clear).join(' ')} }`);
    run(
      `mutation { mergeCarts(input: { sourceCartId: 1, targetCartId: 2 }) { ${cart} source${cart.replace('cart', 'Cart')} ${errors} } }`,
    );

    // All text of a cart has 300 KB at most: all attributes that two carts can have, with all else, are not too much.
    const said = 'attributes { __typename key value }';
    const whole = cart.replace('status', `status note ${said}`).replace('productName', `${said} productName`);
    run(
      `mutation { mergeCarts(input: { sourceCartId: 1, targetCartId: 2 }) { ${whole} source${whole.replace('cart', 'Cart')} ${errors} } }`,
    );

    const long = 'x'.repeat(120);
    const wide = `mutation { clearCart(input: { cartId: "1" }) { cart { items { product { ${Array.from({ length: 4 }, (_, at) => `${long}${at}: description`).join(' ')} } } } } }`;
    run(wide);
    expect(() => run(`mutation { ${['a', 'b', 'c', 'd', 'e'].map(clear).join(' ')} }`)).toThrow(
      /^The operation may have at most 10000000 bytes in its answer, as it changes carts and must not fail after that, but has \d{8}\.$/,
    );
    // What only reads is counted as it is written.
    run(`{ ${['a', 'b', 'c', 'd', 'e'].map((alias) => `${alias}: cart(id: 1) { ${item} }`).join(' ')} }`);

    const operations = await readFile(new URL('../api/operations.graphql', import.meta.url), 'utf8');
    const { definitions } = parse(operations);
    for (const operation of definitions.filter(isOperation)) {
      const one = { kind: Kind.DOCUMENT, definitions } as const;
      expect(() => check(operation, one, {}), operation.name?.value).not.toThrow();
    }
  });
});
