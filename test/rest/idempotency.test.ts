/** The Idempotency-Key header, on both stores. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRestCart, createRestClient, type RestClient } from '../support/rest-client.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';

describe.each(storeTypes)('Idempotency-Key on %s', (storeType) => {
  let app: TestApp;
  let send: RestClient;
  beforeAll(async () => {
    app = await openTestApp(storeType);
    send = createRestClient(app.url);
  });
  afterAll(() => app.close());

  const create = (key: string, body: object) =>
    send('POST', '/shopping-carts', { body, headers: { 'idempotency-key': key } });
  const add = (id: string, key: string, quantity: number) => {
    const body = { product_id: 1, quantity };
    return send('POST', `/shopping-carts/${id}/items`, { body, headers: { 'idempotency-key': key } });
  };
  const checkOut = (id: string, key: string) =>
    send('POST', `/shopping-carts/${id}/checkout`, { headers: { 'idempotency-key': key } });

  test('a creation repeated gives the same cart, one for each customer', async () => {
    const first = await create('order-1', { customer_id: 1 });
    const again = await create('order-1', { customer_id: 1 });
    const other = await create('order-1', { customer_id: 2 });
    expect([first.status, again.status, other.status]).toEqual([201, 201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(other.body).not.toEqual(first.body);
  });

  test('ten creations at once with one key make one cart', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(key, {})));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  test('a guest’s key must be a UUID', async () => {
    const answer = await create('order-1', {});
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      message: 'Idempotency-Key must be a UUID when the cart has no customer, but was "order-1".',
    });
  });

  test('a creation with a key that created another cart in GraphQL is refused', async () => {
    const query = `mutation { createCart(input: {
      customerId: 3, idempotencyKey: "with items", items: [{ productId: 1, quantity: 1 }]
    }) { userErrors { code } } }`;
    await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect((await create('with items', { customer_id: 3 })).status).toBe(409);
  });

  test('an addition repeated counts once; with another quantity it is refused', async () => {
    const id = await createRestCart(send);
    expect((await add(id, 'k', 2)).status).toBe(204);
    expect((await add(id, 'k', 2)).status).toBe(204);
    const reused = await add(id, 'k', 3);
    expect(reused.status).toBe(409);
    expect(reused.body).toEqual({ message: 'The idempotency key was used for another change of this cart.' });
    expect((await checkOut(id, 'k')).status).toBe(409);
    expect((await send('GET', `/shopping-carts/${id}`)).body).toMatchObject({ item_count: 2 });
    expect((await add(id, 'another', 2)).status).toBe(204);
    expect((await send('GET', `/shopping-carts/${id}`)).body).toMatchObject({ item_count: 4 });
  });

  test('a check-out repeated gives the same order; without the key it is refused', async () => {
    const id = await createRestCart(send, {}, [[1, 1]]);
    const first = await checkOut(id, 'pay');
    expect(first.status).toBe(200);
    expect((await checkOut(id, 'pay')).body).toEqual(first.body);
    expect((await send('POST', `/shopping-carts/${id}/checkout`)).status).toBe(409);
  });

  test('a refused change is not remembered', async () => {
    const id = await createRestCart(send);
    expect((await checkOut(id, 'later')).status).toBe(400);
    expect((await add(id, 'item', 1)).status).toBe(204);
    expect((await checkOut(id, 'later')).status).toBe(200);
  });

  test('a key has 1 to 255 characters', async () => {
    const id = await createRestCart(send);
    expect((await add(id, '', 1)).status).toBe(400);
    expect((await add(id, 'x'.repeat(256), 1)).status).toBe(400);
    expect((await add(id, 'x'.repeat(255), 1)).status).toBe(204);
    expect((await create('', { customer_id: 1 })).status).toBe(400);
    expect((await checkOut(id, '')).status).toBe(400);
  });
});
