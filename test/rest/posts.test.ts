/** What a page of another site can make a browser send changes nothing; nor does what is no JSON. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRestCart, createRestClient, type RestClient } from '../support/rest-client.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';

const SHOP = 'https://shop.example';

describe('POST', () => {
  let app: TestApp;
  let send: RestClient;
  let id: string;
  beforeAll(async () => {
    app = await openTestApp('postgres', { env: { CORS_ORIGINS: SHOP } });
    send = createRestClient(app.url);
    id = await createRestCart(send, {}, [[1, 1]]);
  });
  afterAll(() => app.close());

  const paths = () => ['', `/${id}/items`, `/${id}/checkout`].map((path) => `/shopping-carts${path}`);
  const status = async (path: string, headers: Record<string, string>, body?: string) =>
    (await send('POST', path, { headers, ...(body !== undefined && { body }) })).status;

  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'application/json; charset=iso-8859-1',
  ])('%s is refused on every route, with a body and without', async (type) => {
    for (const path of paths()) {
      for (const body of [undefined, '', '{}', '--x--', 'product_id=1&quantity=1']) {
        expect([path, body, await status(path, { 'content-type': type }, body)]).toEqual([path, body, 415]);
      }
    }
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.shop.example' },
  ])('what a browser sends for another site is refused: %j', async (headers) => {
    for (const path of paths()) {
      expect(await status(path, headers as Record<string, string>)).toBe(403);
      expect(await status(path, { ...headers, 'content-type': 'application/json' }, '{}')).toBe(403);
    }
  });

  test('a site that may call, the service’s own page, and who is no browser may change carts', async () => {
    expect((await send('GET', `/shopping-carts/${id}`)).body).toMatchObject({ item_count: 1 });
    for (const headers of [{ origin: SHOP }, { origin: app.url }, {}] as Record<string, string>[]) {
      const cart = await createRestCart(send, {}, [[1, 1]]);
      expect(await status(`/shopping-carts/${cart}/checkout`, headers)).toBe(200);
    }
  });

  test('a check-out says nothing, or JSON, or that it would be JSON', async () => {
    const json = { 'content-type': 'application/json' };
    for (const body of [undefined, '', '{}']) {
      const cart = await createRestCart(send, {}, [[1, 1]]);
      expect(await status(`/shopping-carts/${cart}/checkout`, json, body)).toBe(200);
    }
  });
});
