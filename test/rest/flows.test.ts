/** The flows of a client that knows only the REST routes, on both stores. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRestCart, createRestClient, type RestClient } from '../support/rest-client.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';

interface ShoppingCart {
  shopping_cart_id: string;
  item_count: number;
  total_amount: number;
}
interface Page {
  shopping_carts: ShoppingCart[];
  next_cursor: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe.each(storeTypes)('REST flows on %s', (storeType) => {
  let app: TestApp;
  let send: RestClient;
  beforeAll(async () => {
    app = await openTestApp(storeType, { products: 1000 });
    send = createRestClient(app.url);
  });
  afterAll(() => app.close());

  const read = async (id: string) => (await send('GET', `/shopping-carts/${id}`)).body as ShoppingCart;

  test('a cart is created, filled, read with exactly these fields and checked out', async () => {
    const created = await send('POST', '/shopping-carts', { body: { customer_id: 1 } });
    expect(created.status).toBe(201);
    const { shopping_cart_id: id } = created.body as ShoppingCart;
    expect(created.body).toEqual({ shopping_cart_id: expect.stringMatching(UUID) as string });
    expect(created.headers.get('location')).toBe(`/shopping-carts/${id}`);

    for (const [product_id, quantity] of [
      [1, 2],
      [50, 1],
      [1, 1],
    ]) {
      const added = await send('POST', `/shopping-carts/${id}/items`, { body: { product_id, quantity } });
      expect(added.status).toBe(204);
      expect(added.text).toBe('');
    }

    const answer = await send('GET', `/shopping-carts/${id.toUpperCase()}`);
    expect(answer.status).toBe(200);
    const line = { shopping_cart_id: id };
    expect(answer.body).toEqual({
      shopping_cart_id: id,
      customer_id: 1,
      created_at: expect.stringMatching(TIME) as string,
      updated_at: expect.stringMatching(TIME) as string,
      item_count: 4,
      total_amount: 139.96,
      items: [
        { ...line, id: 1, product_id: 1, product_name: 'Widget Alpha', product_price: 29.99, quantity: 3 },
        { ...line, id: 50, product_id: 50, product_name: 'Gadget Beta', product_price: 49.99, quantity: 1 },
      ],
    });
    expect(answer.text).toContain('"total_amount":139.96,');
    expect(answer.text).toContain('"product_price":29.99,');

    const ordered = await send('POST', `/shopping-carts/${id}/checkout`);
    expect(ordered.status).toBe(200);
    expect(ordered.body).toEqual({ order_id: expect.stringMatching(UUID) as string });
  });

  test('three of 29.99 are 89.97, digit by digit', async () => {
    const id = await createRestCart(send, {}, [[1, 3]]);
    expect((await send('GET', `/shopping-carts/${id}`)).text).toMatch(/"total_amount":89\.97,/);
  });

  test('a cart without customer belongs to nobody, whether the field is absent or null', async () => {
    for (const body of [{}, { customer_id: null }]) {
      expect(await read(await createRestCart(send, body))).toMatchObject({ customer_id: null, items: [] });
    }
  });

  test('150 operations in a row: 50 creations, 50 additions, 50 reads', async () => {
    const ids: string[] = [];
    for (let n = 1; n <= 50; n += 1) ids.push(await createRestCart(send, { customer_id: n }));
    for (const [n, id] of ids.entries()) {
      const body = { product_id: ((n * 389) % 1000) + 1, quantity: (n % 5) + 1 };
      expect((await send('POST', `/shopping-carts/${id}/items`, { body })).status).toBe(204);
    }
    for (const [n, id] of ids.entries()) {
      expect((await send('GET', `/shopping-carts/${id}`)).body).toMatchObject({
        customer_id: n + 1,
        item_count: (n % 5) + 1,
        items: [{ product_id: ((n * 389) % 1000) + 1, quantity: (n % 5) + 1 }],
      });
    }
  });

  test('what was written is read right afterwards', async () => {
    for (let n = 1; n <= 10; n += 1) {
      const id = await createRestCart(send, { customer_id: 777 });
      expect(await read(id)).toMatchObject({ shopping_cart_id: id, item_count: 0, total_amount: 0 });
      await send('POST', `/shopping-carts/${id}/items`, { body: { product_id: n, quantity: 1 } });
      expect(await read(id)).toMatchObject({ item_count: 1, items: [{ product_id: n }] });
      await send('POST', `/shopping-carts/${id}/items`, { body: { product_id: n, quantity: 2 } });
      expect(await read(id)).toMatchObject({ item_count: 3, items: [{ product_id: n, quantity: 3 }] });
    }
  });

  test('64 parallel additions to one cart all count', async () => {
    const id = await createRestCart(send);
    const body = { product_id: 1, quantity: 1 };
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => send('POST', `/shopping-carts/${id}/items`, { body })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(64).fill(204));
    expect(await read(id)).toMatchObject({ item_count: 64, total_amount: 1919.36 });
  });

  test('a customer’s carts come in pages, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      app.time.ahead += 1000;
      ids.unshift(await createRestCart(send, { customer_id: 4242 }));
    }
    const list = async (query: string) =>
      (await send('GET', `/customers/4242/shopping-carts${query}`)).body as Page;
    const idsOf = (page: Page) => page.shopping_carts.map((cart) => cart.shopping_cart_id);

    const whole = await list('?limit=100');
    expect(idsOf(whole)).toEqual(ids);
    expect(whole.next_cursor).toBeNull();
    expect(whole.shopping_carts[0]).toEqual(await read(ids[0] ?? ''));

    const first = await list('?limit=&cursor=');
    expect(idsOf(first)).toEqual(ids.slice(0, 20));
    const second = await list(`?cursor=${first.next_cursor}`);
    expect(idsOf(second)).toEqual(ids.slice(20));
    expect(second.next_cursor).toBeNull();

    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await list(`?limit=7&cursor=${cursor}`);
      walked.push(...idsOf(page));
      cursor = page.next_cursor;
    }
    expect(walked).toEqual(ids);
    const nobody = await send('GET', '/customers/2147483647/shopping-carts');
    expect(nobody.body).toEqual({ shopping_carts: [], next_cursor: null });
  });

  test('a cart that has expired is not there', async () => {
    const id = await createRestCart(send, {}, [[1, 1]]);
    app.time.ahead += 7 * 86_400_000 + 1000;
    expect((await send('GET', `/shopping-carts/${id}`)).status).toBe(404);
    expect((await send('POST', `/shopping-carts/${id}/checkout`)).status).toBe(404);
  });

  test('a cart that nobody created is not there', async () => {
    expect((await send('GET', `/shopping-carts/${randomUUID()}`)).body).toEqual({
      message: 'There is no such cart.',
    });
  });
});
