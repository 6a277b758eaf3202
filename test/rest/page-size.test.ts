/** No list of carts is larger than an answer may be, and no cart is lost to that. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { parseCartCursor } from '../../src/cart/page.ts';
import { toShoppingCart } from '../../src/rest/shopping-cart.ts';
import { writePage } from '../../src/rest/write-page.ts';
import { createRestClient } from '../support/rest-client.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';

const UNBOUNDED = 1_000_000_000;

function cartOf(n: number, items: number, name = 'Widget'): Cart {
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    customerId: 1,
    createdAt: 1_000 + n,
    updatedAt: 2_000 + n,
    currency: 'USD',
    items: Array.from({ length: items }, (_, index) => ({
      productId: index + 1,
      productName: name,
      unitPrice: 2999,
      quantity: 1,
    })),
  } as unknown as Cart;
}

interface Written {
  shopping_carts: { shopping_cart_id: string; items: unknown[] }[];
  next_cursor: string | null;
}
const write = (...args: Parameters<typeof writePage>) => {
  const text = writePage(...args);
  const page = JSON.parse(text) as Written;
  const next = page.next_cursor === null ? null : parseCartCursor(page.next_cursor, 'cursor').id;
  return { text, carts: page.shopping_carts.length, next };
};

describe('a page', () => {
  const entries = [5, 4, 3, 2, 1].map((n) => cartOf(n, 10));

  test('is whole within the limits', () => {
    const { text, ...page } = write({ entries, hasNextPage: false }, UNBOUNDED);
    expect(page).toEqual({ carts: 5, next: null });
    expect(text).toBe(JSON.stringify({ shopping_carts: entries.map(toShoppingCart), next_cursor: null }));
    expect(write({ entries, hasNextPage: true }, UNBOUNDED).next).toBe(entries[4]?.id);
    expect(write({ entries: [], hasNextPage: false }, UNBOUNDED)).toMatchObject({ carts: 0, next: null });
  });

  test('goes on where the store gave up, unless it ends before', () => {
    const resumeAfter = cartOf(0, 0);
    const page = { entries, hasNextPage: true, resumeAfter };
    expect(write(page, UNBOUNDED).next).toBe(resumeAfter.id);
    expect(write({ ...page, entries: [] }, UNBOUNDED)).toMatchObject({ carts: 0, next: resumeAfter.id });
    expect(write(page, 1_000).next).toBe(entries[0]?.id);
  });

  test('has as many bytes as an answer may have, but one cart at least', () => {
    const wide = [3, 2, 1].map((n) => cartOf(n, 10, '商品'.repeat(100)));
    const whole = Buffer.byteLength(writePage({ entries: wide, hasNextPage: true }, UNBOUNDED));
    for (let responseBytes = 1_000; responseBytes < whole + 1_000; responseBytes += 500) {
      const { text, carts } = write({ entries: wide, hasNextPage: true }, responseBytes);
      if (carts > 1) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(responseBytes);
      expect(carts).toBe(Math.min(3, Math.max(1, Math.floor((responseBytes - 200) / (whole / 3)))));
    }
  });
});

describe.each(storeTypes)('a walk on %s', (storeType) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(storeType, { env: { MAX_RESPONSE_BYTES: '40000' } });
  });
  afterAll(() => app.close());

  test('finds every cart, whatever the size of its pages', async () => {
    const send = createRestClient(app.url);
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      app.time.ahead += 1_000;
      const items = Array.from({ length: 88 + n }, (_, index) => ({ productId: index + 1, quantity: 1 }));
      const query = 'mutation ($input: CreateCartInput!) { createCart(input: $input) { cart { id } } }';
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query,
          variables: { input: { customerId: 7, ...(n > 0 && { items }) } },
        }),
      });
      const { data } = (await response.json()) as { data: { createCart: { cart: { id: string } } } };
      ids.unshift(data.createCart.cart.id);
    }
    const walked: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await send('GET', `/customers/7/shopping-carts?limit=100&cursor=${cursor}`);
      expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(40_000);
      const page: Written = answer.body as Written;
      walked.push(...page.shopping_carts.map((cart) => cart.shopping_cart_id));
      sizes.push(page.shopping_carts.length);
      cursor = page.next_cursor;
    }
    expect(walked).toEqual(ids);
    expect(sizes.length).toBeGreaterThan(2);
  });
});
