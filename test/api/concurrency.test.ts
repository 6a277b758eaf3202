import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi, present } from './api-client.ts';

describe.each(storeTypes)('many at once on %s', (type) => {
  const api = openApi(type);
  const one = [{ productId: 1, quantity: 1 }];

  it('64 parallel adds of one product count 64, without a failed request', async () => {
    const { id } = await api.create();
    const answers = await Promise.all(Array.from({ length: 64 }, () => api.add(id, one)));
    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([]);
    expect(await api.get(id)).toMatchObject({ version: 65, items: [{ productId: '1', quantity: 64 }] });
  });

  it('opposite merges of the same pairs end with one winner each', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await api.create({ items: one }), await api.create({ items: one })];
      const answers = await Promise.all([api.merge(a.id, b.id), api.merge(b.id, a.id)]);
      const codes = answers.flatMap((answer) => answer.userErrors.map((error) => error.code));
      expect(codes).toEqual(['CART_NOT_ACTIVE']);
      const carts = [present(await api.get(a.id)), present(await api.get(b.id))];
      expect(carts.map((cart) => cart.status).sort()).toEqual(['ACTIVE', 'MERGED']);
      expect(carts.map((cart) => cart.itemCount).sort()).toEqual([0, 2]);
    }
  });

  it('keeps totals exact to the cent over random changes', async () => {
    const step = fc.record({
      productId: fc.integer({ min: 1, max: 60 }),
      quantity: fc.integer({ min: 0, max: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
        let cart = await api.create();
        for (const { productId, quantity } of steps) {
          const present = cart.items.some((item) => item.productId === String(productId));
          const items = [{ productId, quantity: present ? quantity : Math.max(1, quantity) }];
          const input = { cartId: cart.id, items };
          const answer = present
            ? (await api.app.execute(op.UpdateCartItemsDocument, { input })).updateCartItems
            : (await api.app.execute(op.AddCartItemsDocument, { input })).addCartItems;
          cart = answer?.cart ?? cart;
          const cents = (text: string) => BigInt(text.replace('.', ''));
          const sum = cart.items.reduce(
            (all, item) => all + cents(item.unitPrice.amount) * BigInt(item.quantity),
            0n,
          );
          expect(cents(cart.totalAmount.amount)).toBe(sum);
        }
      }),
      { numRuns: 12 },
    );
  });
});
