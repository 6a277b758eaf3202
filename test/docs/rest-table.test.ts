/** The table of the REST routes in docs/clients.md, row by row on a running service. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from '../../src/rest/openapi.ts';
import { createRestClient } from '../support/rest-client.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';

const page = await readFile(new URL('../../docs/clients.md', import.meta.url), 'utf8');
const ROW = /^\| `(GET|POST) (\/\S*)`(?: `(\{[^`]*\})`)? +\| (\d{3})(?:,? [^`|]*| `(\{[^`]*\})` *)\|$/gm;
const rows = [...page.matchAll(ROW)].map(([, method = '', path = '', body, status = '', answer]) => ({
  method,
  path,
  body: body === undefined ? undefined : (JSON.parse(body) as object),
  status: Number(status),
  answer: answer === undefined ? undefined : (JSON.parse(answer) as object),
}));

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp('postgres');
});
afterAll(() => app.close());

test('the table has every route of carts', () => {
  const routes = rows.map(
    ({ method, path }) => `${method} ${path.split('?')[0]?.replaceAll(/\{\w+\}/g, '{}')}`,
  );
  const documented = Object.entries(openApi.paths).flatMap(([path, item]) =>
    path.includes('cart') ? [`${'get' in item ? 'GET' : 'POST'} ${path.replaceAll(/\{\w+\}/g, '{}')}`] : [],
  );
  expect(routes.sort()).toEqual(documented.sort());
});

test('each row is true, in their order', async () => {
  const send = createRestClient(app.url);
  let id = '';
  for (const { method, path, body, status, answer } of rows) {
    const filled = path.replace('{customer_id}', '1').replace('{id}', id);
    const given = await send(method, filled, body === undefined ? {} : { body });
    expect([filled, given.status]).toEqual([filled, status]);
    if (answer) expect(Object.keys(given.body as object)).toEqual(Object.keys(answer));
    id ||= (given.body as { shopping_cart_id: string }).shopping_cart_id;
  }
});
