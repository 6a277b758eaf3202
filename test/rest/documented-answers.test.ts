/** Every answer that the OpenAPI document lists comes from the running service, as it is described there. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../../src/rest/openapi.ts';
import { openCircumstances, type Circumstance, type Circumstances } from '../support/circumstances.ts';
import { checkAnswer, documentedAnswers, type RestAnswer } from '../support/openapi-answers.ts';
import { sendRaw } from '../support/raw-http.ts';
import { createRestCart, createRestClient, type RestRequest } from '../support/rest-client.ts';
import { storeTypes } from '../support/test-app.ts';

const item = { body: { product_id: 1, quantity: 1 } };
const id = randomUUID();
const active = '/customers/1/active-cart';
const changes = ['/shopping-carts', `/shopping-carts/${id}/items`, `/shopping-carts/${id}/checkout`, active];
const reads = [`/shopping-carts/${id}`, '/customers/1/shopping-carts', '/openapi.json'];
const bad: { why: string; status: number; request: RestRequest }[] = [
  { why: 'body cut short', status: 400, request: { body: '{' } },
  { why: 'too many bytes', status: 413, request: { body: { more: 'x'.repeat(100_000) } } },
  {
    why: 'another media type',
    status: 415,
    request: { body: 'customer_id=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  },
  { why: 'no media type', status: 415, request: { body: '{}', headers: { 'content-type': '' } } },
  {
    why: 'another charset',
    status: 415,
    request: { body: '{}', headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
  },
  { why: 'a site’s page', status: 403, request: { headers: { origin: 'https://elsewhere.example' } } },
  { why: 'compressed', status: 415, request: { body: '{}', headers: { 'content-encoding': 'gzip' } } },
];

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(openApi));
  expect(result).toMatchObject({ valid: true });
});

describe.each(storeTypes)('answers on %s', (storeType) => {
  const seen = new Set<string>();
  let service: Circumstances;
  beforeAll(async () => {
    service = await openCircumstances(storeType);
  });
  afterAll(() => service.close());
  const client = (circumstance: Circumstance = 'normal') => createRestClient(service.url(circumstance), seen);
  const status = async (
    method: string,
    path: string,
    request: RestRequest = {},
    circumstance?: Circumstance,
  ) => (await client(circumstance)(method, path, request)).status;

  test('successes', async () => {
    const id = await createRestCart(client(), { customer_id: 1 }, [[1, 2]]);
    expect(await status('GET', `/shopping-carts/${id}`)).toBe(200);
    expect(await status('POST', `/shopping-carts/${id}/checkout`)).toBe(200);
    expect(await status('GET', '/customers/1/shopping-carts')).toBe(200);
    expect((await client()('GET', '/health')).body).toEqual({ status: 'healthy', store: storeType });
    expect((await client()('GET', '/openapi.json')).body).toEqual(openApi);
  });

  test('requests that are wrong by themselves', async () => {
    for (const path of changes) {
      for (const { why, status: expected, request } of bad) {
        const { status } = await client()('POST', path, request);
        expect({ path, why, status }).toEqual({ path, why, status: expected });
      }
    }
    expect(await status('GET', '/shopping-carts/abc')).toBe(400);
    expect(await status('GET', '/customers/0/shopping-carts')).toBe(400);
  });

  test.each([
    ['a token nobody believes', 401],
    ['too many requests', 503],
  ] as const)('%s', async (circumstance, expected) => {
    for (const path of changes) expect(await status('POST', path, {}, circumstance)).toBe(expected);
    for (const path of reads) expect(await status('GET', path, {}, circumstance)).toBe(expected);
  });

  test('a method that a path does not have', async () => {
    for (const path of [...changes, ...reads]) expect(await status('PUT', path)).toBe(405);
  });

  test('a body that does not come to its end', async () => {
    for (const path of changes) {
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9`;
      const answer = readRaw(await sendRaw(service.url('silence'), `${head}\r\n\r\n{`));
      expect(answer.status).toBe(408);
      for (const name of checkAnswer('POST', path, answer)) seen.add(name);
    }
  });

  test('what is not there, or not as it should be', async () => {
    const id = await createRestCart(client(), {}, [[1, 1]]);
    const unknown = `/shopping-carts/${randomUUID()}`;
    expect(await status('GET', unknown)).toBe(404);
    expect(await status('POST', `${unknown}/items`, item)).toBe(404);
    expect(await status('POST', `${unknown}/checkout`)).toBe(404);
    expect(await status('POST', `/shopping-carts/${id}/checkout`)).toBe(200);
    expect(await status('POST', `/shopping-carts/${id}/checkout`)).toBe(409);
    expect(await status('POST', `/shopping-carts/${id}/items`, item)).toBe(409);
  });

  test('a creation repeated with other arguments, and after the deletion of its cart', async () => {
    const { stores, url } = service.app;
    const mutate = (text: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `mutation { ${text} { userErrors { code } } }` }),
      });
    const input = 'customerId: 8, idempotencyKey: "k", items: [{ productId: 1, quantity: 1 }]';
    await mutate(`createCart(input: { ${input} })`);
    const again = { body: { customer_id: 8 }, headers: { 'idempotency-key': 'k' } };
    expect(await status('POST', '/shopping-carts', again)).toBe(409);
    const { entries } = await stores.carts.listByCustomer('8', { first: 1 });
    await mutate(`deleteCart(input: { cartId: "${entries[0]?.id}" })`);
    expect(await status('POST', '/shopping-carts', again)).toBe(404);
  });

  test('the active cart, its key repeated with other arguments, and after the deletion of the cart', async () => {
    const opened = { body: {}, headers: { 'idempotency-key': 'open' } };
    expect(await status('POST', active, opened)).toBe(200);
    const other = { ...opened, body: { guest_cart_id: randomUUID() } };
    expect(await status('POST', active, other)).toBe(409);
    const { entries } = await service.app.stores.carts.listByCustomer('1', { first: 1 });
    await fetch(`${service.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { deleteCart(input: { cartId: "${entries[0]?.id}" }) { deletedCartId } }`,
      }),
    });
    expect(await status('POST', active, opened)).toBe(404);
  });

  test('what only the customer may do', async () => {
    expect(await status('GET', '/customers/1/shopping-carts', {}, 'customer 1 asks')).toBe(200);
    expect(await status('GET', '/customers/2/shopping-carts', {}, 'customer 1 asks')).toBe(403);
    const other = { body: { customer_id: 2 } };
    expect(await status('POST', '/shopping-carts', other, 'customer 1 asks')).toBe(403);
    expect(await status('POST', '/customers/2/active-cart', {}, 'customer 1 asks')).toBe(403);
  });

  test.each([
    ['fault', 500, 503],
    ['silence', 504, 503],
  ] as const)('a database in trouble: %s', async (circumstance, expected, health) => {
    const path = `/shopping-carts/${randomUUID()}`;
    const trouble = (method: string, path: string, request?: RestRequest) =>
      status(method, path, request, circumstance);
    expect(await trouble('POST', '/shopping-carts', { body: {} })).toBe(expected);
    expect(await trouble('GET', path)).toBe(expected);
    expect(await trouble('POST', `${path}/items`, item)).toBe(expected);
    expect(await trouble('POST', `${path}/checkout`)).toBe(expected);
    expect(await trouble('POST', active)).toBe(expected);
    expect(await trouble('GET', '/customers/1/shopping-carts')).toBe(expected);
    expect(await trouble('GET', '/health')).toBe(health);
  });

  test('nothing is documented that did not come', () => {
    expect([...seen].sort()).toEqual([...documentedAnswers].sort());
  });
});

/** An answer as it stands on the wire. */
function readRaw(raw: string): RestAnswer {
  const [head = '', text = ''] = raw.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => line.split(': ') as [string, string]);
  return { status: Number(first.split(' ')[1]), headers: new Headers(headers), text, body: JSON.parse(text) };
}
