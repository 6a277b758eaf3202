/** What an operator sees of a request is the same the first time, by way of Apollo, and when its document is known. */
import { expect, it } from 'vitest';
import { createGraphQLEndpoint } from '../../src/graphql/graphql-endpoint.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import type { HttpRequest } from '../../src/http/messages.ts';
import { RequestSignal } from '../../src/http/request-signal.ts';
import type { Log } from '../../src/process/log.ts';
import { DeadlineExceeded } from '../../src/waiting/abortable.ts';
import { BROKEN, BROKEN_PRODUCT, CART, limits, openParityData } from '../support/parity-data.ts';
import type { Question } from '../support/parity-request.ts';
import { recordSpans } from '../support/recorded-spans.ts';

async function openEndpoint() {
  const data = await openParityData();
  const lines: unknown[] = [];
  const note = (level: string) => (line: unknown, message?: string) => {
    const { err, ...rest } = line as { err?: Error };
    lines.push([level, err?.message, rest, message]);
  };
  const log = { error: note('error'), warn: note('warn'), info: note('info'), debug: note('debug') };
  const endpoint = await createGraphQLEndpoint({
    ...data,
    log: log as unknown as Log,
    schema: createSchema(),
    introspection: false,
    limits,
  });
  /** What is told of a request: the whole answer, the lines of the log, the spans. */
  const ask = async (question: Question, deadline = new AbortController().signal, gone = false) => {
    lines.length = 0;
    const { spans, begin } = recordSpans();
    const signal = new RequestSignal(deadline, begin('POST /graphql'));
    const answer = endpoint.handle({
      method: 'POST',
      path: '/graphql',
      search: '',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      viewer: { kind: 'staff' },
      requestId: 'the-request',
      signal,
    } satisfies HttpRequest);
    if (gone) signal.leave();
    const { headers, ...response } = await answer;
    const type = headers['content-type'];
    return { ...response, type, lines: [...lines], spans: spans.map(({ told }) => told) };
  };
  return { ask, close: () => endpoint.close() };
}

const addTo = (cartId: string): Question => ({
  query: 'mutation ($i: AddCartItemsInput!) { addCartItems(input: $i) { cart { id } userErrors { code } } }',
  variables: { i: { cartId, items: [{ productId: 4, quantity: 1 }], idempotencyKey: 'k' } },
});
const lists = (names: string) =>
  names
    .split('')
    .map((name) => `${name}: customerCarts(customerId: 7, first: $n) { nodes { items { product { id } } } }`)
    .join(' ');
const readMany = 'query ($n: Int) { customerCarts(customerId: 7, first: $n) { nodes { id } }';

const questions: Record<string, Question> = {
  'a cart': { query: `{ cart(id: "${CART}") { id } }` },
  'a cart twice': { query: `{ cart(id: "${CART}") { id } a: cart(id: "${CART}") { id } }` },
  'a fault': { query: `{ cart(id: "${BROKEN}") { id } }` },
  'two faults': { query: `{ a: cart(id: "${BROKEN}") { id } product(id: "${BROKEN_PRODUCT}") { id } }` },
  'a malformed id': { query: '{ cart(id: "x") { id } }' },
  'a variable that does not fit': { query: 'query ($id: ID!) { cart(id: $id) { id } }' },
  'a variable that is too deep': {
    query: 'query ($id: ID) { cart(id: $id) { id } }',
    variables: { id: JSON.parse('['.repeat(30) + ']'.repeat(30)) as unknown },
  },
  'too much by its variables': { query: `query ($n: Int) { ${lists('abcd')} }`, variables: { n: 100 } },
  'many carts': { query: `${readMany} }`, variables: { n: 50 } },
  'many carts, and a fault': {
    query: `${readMany} cart(id: "${BROKEN}") { id } }`,
    variables: { n: 50 },
  },
  'a change with a key': addTo(CART),
  'a change that a store fails': addTo(BROKEN),
  'an operation that is not there': { query: 'query A { __typename }', operationName: 'B' },
  'a subscription': { query: 'subscription { clientsOwn }' },
};

it.each(Object.entries(questions))('%s', async (_name, question) => {
  const { ask, close } = await openEndpoint();
  // A key that is used again says so to nobody, but the spans of a replay are fewer.
  if (question.query?.startsWith('mutation')) await ask({ ...question, query: `${question.query} ` });
  const first = await ask(question);
  expect(await ask(question)).toEqual(first);
  expect(await ask(question)).toEqual(first);
  expect(JSON.stringify([first.operation, first.spans, first.lines])).not.toContain('clientsOwn');
  await close();
});

it('makes a change once that ends with an error', async () => {
  const { ask, close } = await openEndpoint();
  const query =
    'mutation { createCart(input: { customerId: 3, items: [{ productId: 6, quantity: 1 }] }) { cart { id item(productId: "x y") { id } } } }';
  const made: number[] = [];
  for (let time = 1; time <= 4; time += 1) {
    const { body, code } = await ask({ query });
    expect(code).toBe('BAD_USER_INPUT');
    made.push(Number(/"id":"[^"]*-9*(\d+)"/.exec(body.toString())?.[1]));
  }
  const [first = NaN] = made;
  expect(first).toBeGreaterThan(0);
  // Each takes an id for the cart and one for the change.
  expect(made).toEqual([0, 2, 4, 6].map((more) => first + more));
  await close();
});

it('gives back the room for many carts, whatever becomes of an operation', async () => {
  const { ask, close } = await openEndpoint();
  const whole = { query: `${readMany} }`, variables: { n: 90 } };
  const failing = { query: `${readMany} cart(id: "${BROKEN}") { id } }`, variables: { n: 90 } };
  const refused = { ...whole, variables: { n: 10 ** 9 } };
  for (const question of [whole, failing]) await ask(question);
  for (let round = 1; round <= 3; round += 1) {
    const deadline = new AbortController();
    const under = ask(failing);
    // It waits from here on: a document that is known is admitted at once.
    const late = ask(whole, deadline.signal);
    const gone = ask(whole, undefined, true);
    const others = [failing, whole, refused, failing].map((question) => ask(question));
    deadline.abort(new DeadlineExceeded('The time is over.'));
    expect(await late).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' });
    expect((await gone).code).toBe('DEADLINE_EXCEEDED');
    const codes = (await Promise.all([under, ...others])).map(({ code }) => code);
    const FAULT = 'INTERNAL_SERVER_ERROR';
    expect(codes).toEqual([FAULT, FAULT, undefined, expect.any(String), FAULT]);
  }
  expect((await ask(whole)).code).toBeUndefined();
  await close();
});
