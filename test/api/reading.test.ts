import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi, present } from './api-client.ts';

describe.each(storeTypes)('reading on %s', (type) => {
  const api = openApi(type);

  it('pages through a customer’s carts, newest first', async () => {
    const customerId = '4242';
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      api.app.time.ahead += 5;
      made.unshift((await api.create({ customerId })).id);
    }
    const seen: string[] = [];
    let after: string | null | undefined;
    for (const [first, more] of [
      [3, true],
      [3, true],
      [3, false],
    ] as const) {
      const { customerCarts } = await api.app.execute(op.CustomerCartsDocument, { customerId, first, after });
      expect(customerCarts.pageInfo).toMatchObject({
        hasNextPage: more,
        hasPreviousPage: after !== undefined,
      });
      expect(customerCarts.pageInfo.startCursor).toBe(customerCarts.edges[0]?.cursor);
      expect(customerCarts.edges.map((edge) => edge.node.id)).toEqual(
        customerCarts.nodes.map((cart) => cart.id),
      );
      seen.push(...customerCarts.nodes.map((cart) => cart.id));
      after = customerCarts.pageInfo.endCursor;
    }
    expect(seen).toEqual(made);
    await api.add(present(made[2]), [{ productId: 1, quantity: 1 }]);
    await api.checkOut(present(made[2]));
    const done = await api.app.execute(op.CustomerCartsDocument, { customerId, status: 'CHECKED_OUT' });
    expect(done.customerCarts.nodes.map((cart) => cart.id)).toEqual([made[2]]);
  });

  it('finds products one by one and in pages', async () => {
    const { product } = await api.app.execute(op.GetProductDocument, { id: 50 });
    expect(product).toMatchObject({
      id: '50',
      name: 'Gadget Beta',
      price: { amount: '49.99', currency: 'USD' },
      category: 'Electronics',
    });
    expect((await api.app.execute(op.GetProductDocument, { id: 2_147_483_647 })).product).toBeNull();
    const page = await api.app.execute(op.ProductsDocument, { first: 2 });
    expect(page.products.nodes.map(({ id }) => id)).toEqual(['1', '2']);
    const next = await api.app.execute(op.ProductsDocument, {
      first: 2,
      after: page.products.pageInfo.endCursor,
    });
    expect(next.products.nodes.map(({ id }) => id)).toEqual(['3', '4']);
    expect(next.products.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  });

  it('answers many carts in the order asked for, null where there is none', async () => {
    const [a, b] = [await api.create({ items: [{ productId: 1, quantity: 1 }] }), await api.create()];
    const ids = [b.id, randomUUID(), a.id.toUpperCase(), b.id];
    const { carts } = await api.app.execute(op.GetCartsDocument, { ids });
    expect(carts.map((cart) => cart?.id)).toEqual([b.id, undefined, a.id, b.id]);
    expect(carts[2]?.items[0]?.product?.name).toBe('Widget Alpha');
  });
});
