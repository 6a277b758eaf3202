import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import * as op from '../generated/graphql.ts';
import { openApi } from './api-client.ts';

describe('batching on postgres', () => {
  const api = openApi('postgres');

  it('answers 100 carts with their products by two statements', async () => {
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        api.create({
          items: [
            { productId: (index % 90) + 1, quantity: 1 },
            { productId: 91, quantity: 2 },
          ],
        }),
      ),
    );
    const query = vi.spyOn(pg.Client.prototype, 'query');
    try {
      const { carts } = await api.app.execute(op.GetCartsDocument, { ids: made.map((cart) => cart.id) });
      expect(carts.filter((cart) => cart?.items[1]?.product?.id === '91')).toHaveLength(100);
      expect(query).toHaveBeenCalledTimes(2);
    } finally {
      query.mockRestore();
    }
  });

  it('loads a cart once and commits it once to add an item', async () => {
    const { id } = await api.create();
    const query = vi.spyOn(pg.Client.prototype, 'query');
    try {
      await api.add(id, [{ productId: 1, quantity: 1 }]);
      // The cart, the product, the commit.
      expect(query).toHaveBeenCalledTimes(3);
    } finally {
      query.mockRestore();
    }
  });
});
