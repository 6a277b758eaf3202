import { createHash } from 'node:crypto';
import {
  buildSchema,
  getIntrospectionQuery,
  Kind,
  parse,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { createCostCheck, createLimitsRule } from '../../src/graphql/limits.ts';
import { measureOperation, type Measures } from '../../src/graphql/measure-operation.ts';
import { examples } from '../../src/playground/examples.ts';
import { openApi } from '../api/api-client.ts';

const schema = createSchema();
const DEFAULTS = { depth: 8, aliases: 5, rootFields: 5, cost: 10_000, tokens: 1_000 };

function measure(query: string, variables?: Record<string, unknown>, of = schema): Measures {
  const { definitions } = parse(query);
  return measureOperation({
    schema: of,
    operation: definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode,
    fragment: (wanted) =>
      definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .find(({ name }) => name.value === wanted),
    variables,
  });
}

describe('an operation', () => {
  it('is measured through its fragments, each counted where it stands', () => {
    const query = `
      query { cart(id: "1") { ...A } other: cart(id: "2") { ... on Cart { ...A } } }
      fragment A on Cart { a: id items { ...B } }
      fragment B on CartItem { b: id product { price { amount } } }`;
    // Per cart: itself, ten items with a product and its price each.
    expect(measure(query)).toEqual({ depth: 5, aliases: 5, rootFields: 2, cost: 2 * (1 + 10 * 3) });
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
  });

  it('is measured in no time, however its fragments are nested', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, index) => `fragment F${index} on Cart { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ cart(id: "1") { ...F0 } } ${fragments.join(' ')} fragment F60 on Cart { a: id }`;
    expect(measure(query).aliases).toBe(2 ** 60);
    expect(
      measure('{ cart(id: 1) { ...A } } fragment A on Cart { ...B } fragment B on Cart { ...A }').depth,
    ).toBe(1);
  });

  it('may introspect at any depth', () => {
    expect(measure(getIntrospectionQuery())).toMatchObject({ depth: 0, cost: 0 });
    expect(validate(schema, parse(getIntrospectionQuery()), [createLimitsRule(DEFAULTS)])).toEqual([]);
  });

  it('is refused beyond a limit, in so many words', () => {
    const deep = buildSchema('type Query { a: Query  b: Int }');
    const query = `query Deep { ${'a { '.repeat(49)} b ${'}'.repeat(49)} }`;
    const [error] = validate(deep, parse(query), [createLimitsRule(DEFAULTS)]);
    expect(error?.message).toBe('Operation "Deep" may have at most 8 levels of fields, but has 50.');
  });
});

describe('the limits', () => {
  const check = createCostCheck(schema, DEFAULTS.cost);
  const run = (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    const errors = validate(schema, document, [createLimitsRule(DEFAULTS)]);
    if (errors[0]) throw errors[0];
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    check(operation as OperationDefinitionNode, document, variables);
  };
  const everything = `id status totalAmount { amount } priceChanges { productId cartPrice { amount } currentPrice { amount } }
    items { id unitPrice { amount } lineTotal { amount } product { id price { amount } } }`;

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
});

describe('over HTTP', () => {
  const api = openApi('postgres', { env: { MAX_RESPONSE_ITEMS: '500' }, products: 10 });
  const post = (body: string) =>
    fetch(`${api.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const refused = async (query: string, message: RegExp) => {
    const answer = await post(JSON.stringify({ query }));
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
    const error = errors.find(({ message: text }) => message.test(text));
    expect(error, JSON.stringify(errors)).toMatchObject({ extensions: { code: 'OPERATION_LIMIT_EXCEEDED' } });
    expect(errors.length).toBeLessThanOrEqual(11);
  };

  it('what asks for too much is refused with 400, whatever the answer’s type', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, index) => `a${index}: cart(id: "1") { id }`);
    await refused(`{ ${aliases.join(' ')} }`, /more tha. 1000 tokens/);
    await refused(`{ ${aliases.slice(0, 6).join(' ')} }`, /at most 5 aliases, but has 6/);
    await refused(`{ ${aliases.slice(0, 6).join(' ')} }`, /at most 5 fields at its root, but has 6/);
    await refused(
      `{ ${'cart { '.repeat(49)} id ${'}'.repeat(49)} }`,
      /at most 8 levels of fields, but has 50/,
    );
    await refused(`{ ${'cart { '.repeat(5_000)} id ${'}'.repeat(5_000)} }`, /more tha. 1000 tokens/);
  });

  it('a body of 2 MB is refused, in one piece and in many', async () => {
    const query = `{ cart(id: "${'x'.repeat(2_000_000)}") { id } }`;
    const whole = await post(JSON.stringify({ query }));
    expect([whole.status, await whole.json()]).toEqual([
      413,
      {
        errors: [
          { message: 'The body must have at most 100000 bytes.', extensions: { code: 'BODY_TOO_LARGE' } },
        ],
      },
    ]);
    const pieces = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 20; index += 1) controller.enqueue(Buffer.alloc(100_000, ' '));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: pieces,
      duplex: 'half',
    };
    expect((await fetch(`${api.app.url}/graphql`, init as RequestInit)).status).toBe(413);
  });

  it('an answer ends where its carts hold more than any estimate', async () => {
    const items = Array.from({ length: 10 }, (_, index) => ({ productId: index + 1, quantity: 1 }));
    const { id } = await api.create({ items });
    const ask = async (times: number) => {
      const query = '{ carts(ids: IDS) { items { id } } }'.replace(
        'IDS',
        JSON.stringify(Array(times).fill(id)),
      );
      return (await (await post(JSON.stringify({ query }))).json()) as {
        data: { carts: unknown[] };
        errors?: unknown;
      };
    };
    expect((await ask(50)).errors).toBeUndefined();
    const { data, errors } = await ask(51);
    expect(errors).toMatchObject([{ extensions: { code: 'RESPONSE_TOO_LARGE' } }]);
    expect(data.carts.filter((cart) => cart === null)).toHaveLength(1);
  });

  it('a persisted query runs by its hash once it was sent', async () => {
    const query = '{ product(id: 1) { name } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const ask = async (body: object) => {
      const answer = await post(JSON.stringify({ extensions, ...body }));
      return (await answer.json()) as object;
    };
    expect(await ask({})).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
    expect(await ask({ query })).toHaveProperty('data.product.name', 'Widget Alpha');
    expect(await ask({})).toHaveProperty('data.product.name', 'Widget Alpha');
    expect(await ask({ query: '{ __typename }' })).toHaveProperty('errors');
  });
});
