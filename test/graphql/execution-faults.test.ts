/** Operations that code made from documents once answered otherwise than graphql-js, or not at all. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSchema, parse, Source, visit, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileOperation } from '../../src/graphql/execution/compile-operation.ts';
import { compileReference } from './differential/reference.ts';
import { createServiceSubject } from './differential/service-subject.ts';
import { askSchema, ask, onlyOperation } from './execution-both.ts';

const CART = '00000000-0000-4000-8000-000000000001';
const service = createServiceSubject();

/** What the operation of the service was called with, each time. */
async function callsOf(text: string, variables: Record<string, unknown>) {
  const executions: ReturnType<typeof service.begin>[] = [];
  const context = () => {
    const execution = service.begin({ seed: 'calls', timing: 'ticks', faults: 0 });
    executions.push(execution);
    return execution.contextValue;
  };
  const told = await askSchema(service.schema, text, { context, variables });
  const [calls = []] = executions.map((execution) => execution.calls);
  for (const execution of executions) expect(execution.calls).toEqual(calls);
  return { ...told, calls };
}

describe('an operation of the service means the same each time', () => {
  it('checkoutCart with acceptCartPrices unset takes the default', async () => {
    const { calls } = await callsOf(
      'mutation($c:ID!,$a:Boolean,$k:String){checkoutCart(input:{cartId:$c,acceptCartPrices:$a,idempotencyKey:$k}){orderId userErrors{code}}}',
      { c: CART, k: 'key' },
    );
    expect(calls).toEqual([
      expect.stringMatching(/^checkOut\(.*acceptCartPrices:false.*idempotencyKey:"key"/),
    ]);
  });

  it('mergeCarts with its strategy unset takes the default', async () => {
    const { calls } = await callsOf(
      'mutation($s:MergeStrategy,$a:ID!,$b:ID!){mergeCarts(input:{sourceCartId:$a,targetCartId:$b,strategy:$s}){userErrors{code}}}',
      { a: CART, b: CART.replace('1', '2').replace('2', '3') },
    );
    expect(calls).toEqual([expect.stringMatching(/^mergeCarts\(.*strategy:"SUM"/)]);
  });

  it.each([
    ['a variable of its type', '$a:Boolean', '{cartId:$c,acceptCartPrices:$a}', { a: null }],
    ['a literal', '', '{cartId:$c,acceptCartPrices:null}', {}],
    [
      'a variable of the whole input',
      '$i:CheckoutCartInput!',
      '$i',
      { i: { cartId: CART, acceptCartPrices: null } },
    ],
  ])(
    'null for an input field that has a default but must not be null is refused: in %s',
    async (_, declared, input, variables) => {
      const text = `mutation($c:ID!=1${declared}){checkoutCart(input:${input}){orderId}}`;
      const { calls, errors } = await callsOf(text, { c: CART, ...variables });
      expect(calls).toEqual([]);
      expect(errors).toHaveLength(1);
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a variable named $%s counts',
    async (name) => {
      const text = `mutation($c:ID!,$${name}:Int){clearCart(input:{cartId:$c,expectedVersion:$${name}}){userErrors{code}}}`;
      const set = await callsOf(text, JSON.parse(`{"c":"${CART}","${name}":7}`) as Record<string, unknown>);
      expect(set.calls).toEqual([expect.stringContaining('expectedVersion:7')]);
      const unset = await callsOf(text, { c: CART });
      expect(unset.calls).toEqual([expect.stringContaining('expectedVersion:undefined')]);
    },
  );

  it('a text that looks like code is a text', async () => {
    const key = "`${process.exit(1)}` '+process.exit(1)+' \"); process.exit(1); //";
    const { calls } = await callsOf(
      `mutation{clearCart(input:{cartId:"${CART}",idempotencyKey:${JSON.stringify(key)}}){userErrors{code}}}`,
      {},
    );
    expect(calls).toEqual([expect.stringContaining(JSON.stringify(key))]);
  });
});

/** How often the executor looks at a selection of the document, to make the operation and to run it. */
async function looks(text: string, root: unknown): Promise<{ count: number; data: string | undefined }> {
  let count = 0;
  const counted = (node: SelectionSetNode): SelectionSetNode => {
    const { selections } = node;
    return Object.defineProperty({ ...node }, 'selections', {
      enumerable: true,
      get: () => {
        count += 1;
        return selections;
      },
    });
  };
  const document = visit(parse(text), { SelectionSet: { leave: counted } });
  const schema = buildSchema('type Query { a: A } type A { x: Int, a: A }');
  const run = compileOperation(schema, document, onlyOperation(document));
  const { data } = await run({ contextValue: undefined, rootValue: root });
  return { count, data };
}

describe('fragments that each spread the next one twice', () => {
  const ways: Record<string, (next: string) => string> = {
    'at one place': (next) => `x ...${next} ...${next}`,
    'in inline fragments': (next) => `x ... { ...${next} } ... on A { ...${next} }`,
    'below two fields that are null': (next) => `x p: a { ...${next} } q: a { ...${next} }`,
  };

  for (const [way, body] of Object.entries(ways)) {
    it(`take steps in proportion to the document: ${way}`, async () => {
      const written = (count: number): string => {
        const fragments = Array.from(
          { length: count },
          (_, index) => `fragment f${index} on A { ${body(`f${index + 1}`)} }`,
        );
        return `{ a { ...f0 } } ${fragments.join(' ')} fragment f${count} on A { x }`;
      };
      const few = await looks(written(12), { a: { x: 1, a: null } });
      const many = await looks(written(48), { a: { x: 1, a: null } });
      expect(many.count).toBeLessThanOrEqual(5 * few.count);
      expect(many.data).toContain('{"a":{"x":1');
    });
  }
});

describe('errors of a document of many lines', () => {
  /** Each search for the place of an error looks at every line before it. */
  const LINES = 100;
  const aliases = Array.from({ length: 30 }, (_, index) => `e${index}: one(n: $n)`).join(' ');
  const text = `query ($n: Int) {${'\n'.repeat(LINES)} carts { ${aliases} } }`;
  const definitions = 'type Query { carts: [Cart] } type Cart { one(n: Int! = 1): Int }';
  const broken = () => {
    throw new Error('broken');
  };
  const root = { carts: Array.from({ length: 30 }, () => ({ one: broken })) };

  /** How often the text is looked at for a line break. */
  async function searches(compile: typeof compileOperation, n: number | null, maxErrors?: number) {
    const document = parse(new Source(text));
    const source = document.loc?.source;
    if (!source) throw new Error('the document has no source');
    let count = 0;
    Object.defineProperty(source, 'body', {
      get: () => {
        count += 1;
        return text;
      },
    });
    const run = compile(buildSchema(definitions), document, onlyOperation(document));
    // To make it ready asks for the length of the text, once.
    count = 0;
    const request = { contextValue: undefined, rootValue: root, variableValues: { n } };
    const { errors = [] } = await run({ ...request, ...(maxErrors !== undefined && { maxErrors }) });
    return { count, told: errors.length };
  }

  it.each([
    ['resolvers', 1],
    ['arguments', null],
  ])('of %s are searched for no more often than by graphql-js', async (_, n) => {
    const ours = await searches(compileOperation, n);
    const theirs = await searches(compileReference, n);
    expect(ours.told).toBe(theirs.told);
    expect(ours.count).toBeLessThanOrEqual(theirs.count);
  });

  it('of resolvers are not searched for when they are not told', async () => {
    expect(await searches(compileOperation, 1, 10)).toEqual({ told: 10, count: 10 * (LINES + 1) });
  });
});

describe('an operation that is kept', () => {
  it('keeps nothing of the request that it was made for', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const schema = buildSchema('type Query { a(t: [String]): Int q: Query }');
    const document = parse('query ($t: [String], $v: Boolean! = true) { a(t: $t) q @include(if: $v) { a } }');
    const run = compileOperation(schema, document, onlyOperation(document));
    const given: WeakRef<object>[] = [];
    const rootValue = { a: ({ t }: { t: object }) => given.push(new WeakRef(t)) };
    await run({ contextValue: undefined, rootValue, variableValues: { t: ['secret'] } });
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(given.map((reference) => reference.deref())).toEqual([undefined]);
    expect(run).toBeTypeOf('function');
  });

  it('tells a condition that is not set from one that is, whatever its name', async () => {
    const text = 'query ($constructor: String) { a @skip(if: $constructor) }';
    const schema = buildSchema('type Query { a: Int }');
    const document = parse(text);
    const run = compileOperation(schema, document, onlyOperation(document));
    const told = (variableValues: Record<string, unknown>) =>
      run({ contextValue: undefined, rootValue: { a: 1 }, variableValues });
    expect(await told({ constructor: 'text' })).toEqual({ data: '{"a":1}' });
    expect(await told({})).toMatchObject({ data: 'null', errors: [expect.anything()] });
  });

  it('answers with an error where the schema has no such operation', async () => {
    const told = await ask('type Query { a: Int }', 'subscription { a }');
    expect(told).toEqual({
      data: 'null',
      errors: ['Schema is not configured to execute subscription operation.'],
    });
  });
});

describe('a fragment', () => {
  it('that is spread twice and skipped once is skipped once', async () => {
    const text =
      'query ($v: Boolean!) { ...F @include(if: $v) q { ...F @skip(if: $v) a } } fragment F on Query { b }';
    const root = () => ({ a: 1, b: 2, q: { a: 3, b: 4 } });
    const definitions = 'type Query { a: Int, b: Int, q: Query }';
    expect((await ask(definitions, text, { root, variables: { v: true } })).data).toBe('{"b":2,"q":{"a":3}}');
    expect((await ask(definitions, text, { root, variables: { v: false } })).data).toBe(
      '{"q":{"b":4,"a":3}}',
    );
  });
});
