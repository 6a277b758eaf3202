/** What an execution holds at one time, however much is asked for: counted, not timed. */
import { buildSchema, GraphQLError, parse, type OperationDefinitionNode } from 'graphql';
import { expect, it } from 'vitest';
import { AnswerTooLong, compileOperation, type Plan } from '../../src/graphql/execution/compile-operation.ts';
import { createPlanCache } from '../../src/graphql/execution/plan-cache.ts';

const schema = buildSchema(
  'type Query { carts: [Cart] a: Int } type Cart { items: [Item] } type Item { name: String }',
);

function operationOf(text: string, plans = createPlanCache<Plan>(1_000)) {
  const document = parse(text);
  return compileOperation(schema, document, document.definitions[0] as OperationDefinitionNode, { plans });
}

/** Carts whose items have to be asked for their names, and how many were being asked at one time. */
function slowCarts(count: number, items: number) {
  const seen = { asked: 0, underWay: 0, most: 0 };
  const name = async () => {
    seen.asked += 1;
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    seen.underWay -= 1;
    return 'Widget';
  };
  const cart = { items: Array.from({ length: items }, () => ({ name })) };
  return { seen, rootValue: { carts: Array.from({ length: count }, () => cart) } };
}

const ALL = '{ carts { items { name } } }';

it('lists wait for what they have begun before they begin more', async () => {
  const { seen, rootValue } = slowCarts(20, 500);
  const { data } = await operationOf(ALL)({ contextValue: undefined, rootValue });
  const item = { name: 'Widget' };
  const carts = Array.from({ length: 20 }, () => ({ items: Array.from({ length: 500 }, () => item) }));
  expect(data).toBe(JSON.stringify({ carts }));
  expect(seen).toMatchObject({ asked: 10_000, underWay: 0 });
  // The bound, and what the list that reaches it had left to begin.
  expect(seen.most).toBeLessThan(2_600);
});

it('a run that is told to stop ends while it waits', async () => {
  const { seen, rootValue } = slowCarts(100, 500);
  const over = new Error('The time is over');
  const reasonToStop = () => (seen.asked > 2_500 ? over : undefined);
  await expect(operationOf(ALL)({ contextValue: undefined, rootValue, reasonToStop })).rejects.toBe(over);
  expect(seen.asked).toBeLessThan(10_000);
});

it('an answer that grows too long ends the run before all is asked for', async () => {
  const { seen, rootValue } = slowCarts(100, 500);
  await expect(operationOf(ALL)({ contextValue: undefined, rootValue, maxLength: 50_000 })).rejects.toThrow(
    AnswerTooLong,
  );
  expect(seen.asked).toBeLessThan(10_000);
});

it('an error in a list that waits is the list’s', async () => {
  const { rootValue } = slowCarts(10, 500);
  const fail = () => Promise.reject(new Error('gone'));
  const carts = [...rootValue.carts, { items: [{ name: fail }] }];
  const { data, errors } = await operationOf(ALL)({ contextValue: undefined, rootValue: { carts } });
  expect(data?.endsWith('{"items":[{"name":null}]}]}')).toBe(true);
  expect(errors).toEqual([expect.any(GraphQLError)]);
  expect(errors?.[0]?.path).toEqual(['carts', 10, 'items', 0, 'name']);
});

it('closures are kept within one number of fields for all operations', async () => {
  let made = 0;
  const inner = createPlanCache<Plan>(50);
  const plans: typeof inner = {
    find: (key, make) =>
      inner.find(key, (grown) => {
        made += 1;
        return make(grown);
      }),
  };
  const operations = Array.from({ length: 30 }, (_, index) => operationOf(`{ a${index}: a b: a }`, plans));
  for (const operation of operations) await operation({ contextValue: undefined, rootValue: { a: 1 } });
  expect(made).toBe(30);
  // With two fields, one for itself and one for its document each, twelve are kept: those used last.
  for (const operation of operations.slice(-10))
    await operation({ contextValue: undefined, rootValue: { a: 1 } });
  expect(made).toBe(30);
  expect(await operations[0]?.({ contextValue: undefined, rootValue: { a: 1 } })).toEqual({
    data: '{"a0":1,"b":1}',
  });
  expect(made).toBe(31);
});

it('closures count as much more as their document is long, however little it asks for', async () => {
  let made = 0;
  const inner = createPlanCache<Plan>(1_000);
  const plans: typeof inner = {
    find: (key, make) => inner.find(key, (grown) => ((made += 1), make(grown))),
  };
  const texts = [`{ a ${'a @skip(if: true) '.repeat(300)} }`, `{ a #${'x'.repeat(500_000)}\n }`];
  for (const text of texts) {
    const operations = [1, 2, 3, 4].map(() => operationOf(text, plans));
    made = 0;
    for (const operation of [...operations, ...operations]) await operation({ contextValue: undefined });
    expect(made).toBe(8);
  }
});
