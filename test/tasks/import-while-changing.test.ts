/** Importing while carts are changed loses nothing: neither a product of the file, nor what was acknowledged of a cart. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../src/cart/product.ts';
import { importProducts, withdrawOthers } from '../../src/tasks/catalogue/import-file.ts';
import { listProducts } from '../../src/tasks/catalogue/export-file.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';

const CARTS = 6;
/** More than one batch. */
const PRODUCTS = 1300;

const priced = (id: number, amount: number): Product => ({
  id: id > 1000 ? `SKU-${id}` : String(id),
  name: `Product ${id}`,
  price: { amount, currency: 'USD' },
});

describe.each(storeTypes)('an import on %s', (type) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(type, { products: 100 });
  });
  afterAll(() => app.close());

  async function graphql(query: string) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as {
      errors?: unknown;
      data: Record<string, { cart: { id: string; itemCount: number }; userErrors: unknown[] }>;
    };
  }
  const item = (id: number) => `{ productId: "${id}", quantity: 1 }`;

  it('goes on beside changes of carts', async () => {
    const created = await Promise.all(
      Array.from({ length: CARTS }, () =>
        graphql('mutation { m: createCart(input: {}) { cart { id itemCount } userErrors { __typename } } }'),
      ),
    );
    const carts = created.map(({ data }) => ({ id: data['m']?.cart.id ?? '', added: 0 }));
    let importing = true;
    const writers = carts.map(async (cart, at) => {
      for (let next = at; importing || cart.added < 3; next += 1) {
        // Each change names products that the import is rewriting.
        const items = [item(1 + (next % 100)), item(1 + ((next + 50) % 100))].join(', ');
        const { errors, data } = await graphql(
          `mutation { m: addCartItems(input: { cartId: "${cart.id}", items: [${items}] }) { cart { id itemCount } userErrors { __typename } } }`,
        );
        expect([errors, data['m']?.userErrors]).toEqual([undefined, []]);
        cart.added += 2;
      }
    });
    for (const amount of [500, 700]) {
      async function* file() {
        for (let id = 1; id <= PRODUCTS; id += 1) {
          if (id % 100 === 0) await turn();
          yield priced(id, amount);
        }
      }
      await importProducts(app.stores.catalog, file(), () => undefined);
    }
    importing = false;
    await Promise.all(writers);

    const products = new Map<string, number>();
    for await (const product of listProducts(app.stores.catalog))
      products.set(product.id, product.price.amount);
    expect(products.size).toBe(PRODUCTS);
    expect(new Set(products.values())).toEqual(new Set([700]));
    for (const { id, added } of carts) {
      const { data } = await graphql(`{ m: cart(id: "${id}") { itemCount } }`);
      expect(data['m']).toEqual({ itemCount: added });
    }
    expect(await withdrawOthers(app.stores.catalog, new Map([['7', 1]]))).toBe(PRODUCTS - 1);
    // What is withdrawn stays in the carts that have it.
    const { data } = await graphql(`{ m: cart(id: "${carts[0]?.id ?? ''}") { itemCount } }`);
    expect(data['m']).toEqual({ itemCount: carts[0]?.added });
  }, 120_000);
});
