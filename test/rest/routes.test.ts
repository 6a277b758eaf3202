/** Paths, methods, fields and numbers: what does not depend on the store. */
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAmount } from '../../src/cart/money.ts';
import { toJsonNumber } from '../../src/rest/json-number.ts';
import { createRestCart, createRestClient, type RestClient } from '../support/rest-client.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';

const extremes = [0, 10, 100, 1000, 2999, 8997, 499_950_000_000_000, 499_949_999_999_999];
const amountOf = fc.integer({ min: 0, max: 500 * 9999 * 100_000_000 });

test('every amount is a JSON number that says exactly its decimal', () => {
  fc.assert(
    fc.property(amountOf, fc.constantFrom('USD', 'JPY', 'KWD'), (amount, currency) => {
      const decimal = formatAmount(amount, currency);
      const shortest = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
      expect(JSON.stringify(toJsonNumber(amount, currency))).toBe(shortest);
    }),
    { examples: extremes.map((amount) => [amount, 'USD']) },
  );
});

describe('REST routes', () => {
  let app: TestApp;
  let send: RestClient;
  let id: string;
  beforeAll(async () => {
    app = await openTestApp('postgres');
    send = createRestClient(app.url);
    id = await createRestCart(send, { customer_id: 1 }, [[1, 1]]);
  });
  afterAll(() => app.close());

  test('HEAD answers as GET does, without the body', async () => {
    for (const path of [
      `/shopping-carts/${id}`,
      '/customers/1/shopping-carts',
      '/openapi.json',
      '/health',
      '/shopping-carts/abc',
    ]) {
      const get = await send('GET', path);
      const head = await send('HEAD', path);
      expect(head.status).toBe(get.status);
      expect(head.text).toBe('');
      for (const name of ['content-type', 'content-length']) {
        expect(head.headers.get(name)).toBe(get.headers.get(name));
      }
    }
  });

  test.each([
    ['/shopping-carts', 'POST', ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']],
    ['/shopping-carts/abc', 'GET, HEAD', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/shopping-carts/abc/items', 'POST', ['GET', 'PUT']],
    ['/shopping-carts/abc/checkout', 'POST', ['GET', 'DELETE']],
    ['/customers/1/shopping-carts', 'GET, HEAD', ['POST']],
    ['/openapi.json', 'GET, HEAD', ['POST']],
  ])('%s allows %s', async (path, allow, methods) => {
    for (const method of methods) {
      const answer = await send(method, path, {});
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allow]);
      if (method !== 'HEAD') expect(answer.body).toEqual({ message: `The method must be one of: ${allow}.` });
    }
  });

  test('other paths are not there; a slash at the end makes another path', async () => {
    for (const path of [
      '/shopping-carts/',
      `/shopping-carts/${id}/`,
      `/shopping-carts/${id}/items/`,
      `/shopping-carts/${id}/items/1`,
      '/shopping-carts//items',
      '/Shopping-Carts',
      '/customers/1',
      '/customers/1/shopping-carts/',
      '/openapi.json/',
    ]) {
      const answer = await send('GET', path);
      expect([path, answer.status, answer.body]).toEqual([
        path,
        404,
        { message: `There is nothing at ${path}.` },
      ]);
    }
  });

  test.each([
    ['customer_id', ['', 'a b', '0', '-7', 0, -1, 1.5, 9_007_199_254_740_992, 1e300, true, [], {}]],
    ['product_id', ['', 'a~b', '0', '-7', 0, -1, 1.5, 9_007_199_254_740_992, null, true, [1], undefined]],
    ['quantity', ['1', 0, -1, 1.5, 2_147_483_648, -1e300, null, false, {}, undefined]],
  ])('%s is refused', async (field, values) => {
    const path = field === 'customer_id' ? '' : `/${id}/items`;
    for (const value of values) {
      const body = { ...(field !== 'customer_id' && { product_id: 1, quantity: 1 }), [field]: value };
      const answer = await send('POST', `/shopping-carts${path}`, { body });
      expect([value, answer.status]).toEqual([value, 400]);
      expect(answer.text).toContain(field === 'quantity' ? 'quantity' : `${field} must `);
    }
    expect((await send('GET', `/shopping-carts/${id}`)).body).toMatchObject({ item_count: 1 });
  });

  test('the largest ids and quantity are accepted', async () => {
    const largest = await createRestCart(send, { customer_id: 9_007_199_254_740_991 }, [[1, 9999]]);
    expect((await send('GET', `/shopping-carts/${largest}`)).body).toMatchObject({
      customer_id: 9_007_199_254_740_991,
      total_amount: 299_870.01,
    });
  });

  test.each(['', '{', 'null', '[]', '"text"', '1', '{"product_id":1,"quantity":1}}', "{'product_id':1}"])(
    'the body %j is refused',
    async (body) => {
      for (const path of ['', `/${id}/items`]) {
        const answer = await send('POST', `/shopping-carts${path}`, { body });
        expect(answer.status).toBe(400);
        expect(answer.text).toContain('The body must be ');
      }
    },
  );

  test('a check-out takes an object as its body, or none', async () => {
    const { status } = await send('POST', `/shopping-carts/${id}/checkout`, { body: '[]' });
    expect(status).toBe(400);
    const other = await createRestCart(send, {}, [[1, 1]]);
    expect((await send('POST', `/shopping-carts/${other}/checkout`, { body: {} })).status).toBe(200);
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=utf-8'])(
    'a body may be %s',
    async (type) => {
      const request = { body: {}, headers: { 'content-type': type } };
      expect((await send('POST', '/shopping-carts', request)).status).toBe(201);
    },
  );

  test.each(['limit=0', 'limit=101', 'limit=-1', 'limit=1.5', 'limit=ten', 'limit=1e1', 'limit=9999999999'])(
    'the query %s is refused',
    async (query) => {
      const answer = await send('GET', `/customers/1/shopping-carts?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        message: expect.stringMatching(/^limit must be from 1 to 100, but was /) as string,
      });
    },
  );

  test('a cursor is one that a page returned, and no parameter is given twice', async () => {
    for (const query of ['cursor=x', 'cursor=Y2FydDox', 'limit=1&limit=2', 'cursor=x&cursor=y']) {
      expect((await send('GET', `/customers/1/shopping-carts?${query}`)).status).toBe(400);
    }
    expect((await send('GET', '/customers/1/shopping-carts?colour=red')).status).toBe(200);
  });

  test('the document in schema/ is the one that is served', async () => {
    const file = await readFile(new URL('../../schema/openapi.json', import.meta.url), 'utf8');
    expect((await send('GET', '/openapi.json')).body).toEqual(JSON.parse(file));
  });
});
