/** What a running service tells of requests of many kinds, on both stores. */
import { readFile } from 'node:fs/promises';
import { expect, describe, it } from 'vitest';
import { createRegistry } from '../../src/metrics/registry.ts';
import { writeText } from '../../src/metrics/text-format.ts';
import { openTestApp, storeTypes } from '../support/test-app.ts';

const MARK = 'Mark4c7f9d2e';

/** The value of a series; undefined where there is none. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

/** Of all series of a metric whose labels have these in them. */
function sumOf(text: string, name: string, ...labels: string[]): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  const chosen = lines.filter((line) => labels.every((label) => line.includes(label)));
  return chosen.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

describe.each(storeTypes)('on %s', (type) => {
  it('counts what was asked and what came of it, and says nothing that a client wrote', async () => {
    const registry = createRegistry();
    const app = await openTestApp(type, { meter: registry });
    const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      const response = await fetch(app.url + path, { ...init, body: JSON.stringify(body) });
      return response.json().catch(() => undefined) as Promise<{
        data?: Record<string, { cart: { id: string } }>;
      }>;
    };
    const ask = (query: string, variables: object = {}) => post('/graphql', { query, variables });
    const create = `mutation ${MARK} { createCart(input: { items: [{ productId: 1, quantity: 1 }] }) { cart { id } } }`;
    const id = (await ask(create)).data?.['createCart']?.cart.id ?? '';
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => ask(`query ${MARK}${n} { ${MARK}: cart(id: "${id}") { id } }`)),
    );
    const add = 'mutation ($i: AddCartItemsInput!) { addCartItems(input: $i) { userErrors { code } } }';
    const item = { productId: 2, quantity: 1 };
    const key = { cartId: id, items: [item], idempotencyKey: `${MARK}-1` };
    for (const input of [key, key, { cartId: id, items: [{ productId: 99_999, quantity: 1 }] }])
      await ask(add, { i: input });
    await ask(`{ a: cart(id: "${id}") { id } b: cart(id: "${id}") { id } }`);
    await ask(`{ ${MARK} }`);
    await ask(`{ cart(id: "${MARK}") { id } }`);
    await post(`/shopping-carts/${id}/items`, { product_id: 3, quantity: 1 });
    await fetch(`${app.url}/shopping-carts/${id}`);
    await fetch(`${app.url}/${MARK}`, { method: 'PROPFIND' });
    await fetch(`${app.url}/readyz`);
    await app.close();

    const text = writeText(registry.snapshot());
    const requests = (route: string, operation: string, code: string) =>
      valueOf(text, `cartwright_requests_total{route="${route}",operation="${operation}",code="${code}"}`);
    expect(requests('/graphql', 'createCart', 'OK')).toBe(1);
    expect(requests('/graphql', 'cart', 'OK')).toBe(5);
    expect(requests('/graphql', 'cart', 'BAD_USER_INPUT')).toBe(1);
    expect(requests('/graphql', 'addCartItems', 'OK')).toBe(3);
    expect(requests('/graphql', 'several', 'OK')).toBe(1);
    expect(requests('/graphql', 'POST', 'GRAPHQL_VALIDATION_FAILED')).toBe(1);
    expect(requests('/shopping-carts/{id}/items', 'POST', 'OK')).toBe(1);
    expect(requests('/shopping-carts/{id}', 'GET', 'OK')).toBe(1);
    expect(requests('', '_OTHER', 'NOT_FOUND')).toBe(1);
    expect(requests('/readyz', 'GET', 'OK')).toBe(1);
    const duration = 'http_server_request_duration_seconds_count';
    expect(sumOf(text, duration, 'http_route="/graphql"', 'http_request_method="POST"')).toBe(12);
    expect(valueOf(text, 'cartwright_refusals_total{reason="NOT_FOUND"}')).toBe(1);
    expect(valueOf(text, 'http_server_active_requests')).toBe(0);
    expect(valueOf(text, 'cartwright_store_ready')).toBe(1);

    const changes = (operation: string, result: string) =>
      valueOf(text, `cartwright_changes_total{operation="${operation}",result="${result}"}`);
    expect([changes('createCart', 'made'), changes('addItems', 'made')]).toEqual([1, 2]);
    expect([changes('addItems', 'replayed'), changes('addItems', 'refused')]).toEqual([1, 1]);
    expect(valueOf(text, 'cartwright_user_errors_total{code="PRODUCT_NOT_FOUND"}')).toBe(1);
    expect(valueOf(text, 'cartwright_change_queue_wait_seconds_count')).toBe(5);
    expect(valueOf(text, 'cartwright_change_group_size_sum')).toBe(5);
    expect(valueOf(text, 'cartwright_change_attempts_total')).toBe(5);

    const calls = 'db_client_operation_duration_seconds_count';
    if (type === 'postgres') {
      expect(sumOf(text, calls, 'db_operation_name="load_carts"')).toBeGreaterThan(3);
      expect(sumOf(text, calls, 'db_operation_name="update_carts"')).toBe(2);
      const pool = 'db_client_connection_pool_name="postgresql"';
      expect(valueOf(text, `db_client_connection_pending_requests{${pool}}`)).toBe(0);
      expect(valueOf(text, 'cartwright_sweeps_total{result="done"}')).toBeGreaterThan(0);
    } else {
      expect(sumOf(text, calls, 'db_operation_name="GetItem"')).toBeGreaterThan(3);
      expect(sumOf(text, 'cartwright_dynamodb_units_total', 'index=""', 'kind="write"')).toBeGreaterThan(2);
      expect(sumOf(text, 'cartwright_dynamodb_units_total', 'index=""', 'kind="read"')).toBeGreaterThan(1);
    }
    expect(text).not.toContain(MARK);
    expect(text).not.toContain(id);
    const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    for (const [, name = ''] of text.matchAll(/^# TYPE (\S+)/gm)) expect(page).toContain(`\`${name}\``);
  });
});
