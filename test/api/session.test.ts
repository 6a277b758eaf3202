import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi } from './api-client.ts';

const DAY = 86_400_000;

describe.each(storeTypes)('a shopping session on %s', (type) => {
  const api = openApi(type);

  it('creates a cart, with and without items, for a customer and for a guest', async () => {
    const cart = await api.create({
      customerId: 77,
      items: [
        { productId: 1, quantity: 2 },
        { productId: '50', quantity: 1 },
      ],
    });
    expect(cart).toMatchObject({
      customerId: '77',
      status: 'ACTIVE',
      version: 1,
      itemCount: 3,
      totalAmount: { amount: '109.97', currency: 'USD' },
      orderId: null,
      mergedIntoCartId: null,
      note: null,
      attributes: [],
    });
    expect(cart.id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(cart.items).toEqual([
      {
        id: `${cart.id}:1`,
        productId: '1',
        attributes: [],
        productName: 'Widget Alpha',
        quantity: 2,
        unitPrice: { amount: '29.99', currency: 'USD' },
        lineTotal: { amount: '59.98', currency: 'USD' },
      },
      {
        id: `${cart.id}:50`,
        productId: '50',
        attributes: [],
        productName: 'Gadget Beta',
        quantity: 1,
        unitPrice: { amount: '49.99', currency: 'USD' },
        lineTotal: { amount: '49.99', currency: 'USD' },
      },
    ]);
    const lifetime = Date.parse(cart.expiresAt ?? '') - Date.parse(cart.updatedAt);
    expect(Math.abs(lifetime - 7 * DAY)).toBeLessThan(1000);
    expect(cart.expiresAt).toMatch(/\.000Z$/);
    expect(await api.get(cart.id)).toEqual(cart);
    expect(await api.create()).toMatchObject({
      customerId: null,
      items: [],
      itemCount: 0,
      totalAmount: { amount: '0.00' },
    });
  });

  it('adds, sets, removes and clears items', async () => {
    const { id } = await api.create({ items: [{ productId: 3, quantity: 1 }] });
    const added = await api.add(id, [
      { productId: 2, quantity: 4 },
      { productId: 3, quantity: 2 },
    ]);
    expect(added.userErrors).toEqual([]);
    expect(added.cart?.items.map((item) => [item.productId, item.quantity])).toEqual([
      ['3', 3],
      ['2', 4],
    ]);
    const { updateCartItems } = await api.app.execute(op.UpdateCartItemsDocument, {
      input: {
        cartId: id,
        items: [
          { productId: 3, quantity: 0 },
          { productId: 2, quantity: 9 },
        ],
      },
    });
    expect(updateCartItems?.cart).toMatchObject({
      version: 3,
      itemCount: 9,
      items: [{ productId: '2', quantity: 9 }],
    });
    await api.add(id, [{ productId: 3, quantity: 1 }]);
    const { removeCartItems } = await api.app.execute(op.RemoveCartItemsDocument, {
      input: { cartId: id, productIds: [2] },
    });
    expect(removeCartItems?.cart?.items.map((item) => item.productId)).toEqual(['3']);
    const { clearCart } = await api.app.execute(op.ClearCartDocument, { input: { cartId: id } });
    expect(clearCart?.cart).toMatchObject({ items: [], version: 6 });
    const again = await api.app.execute(op.ClearCartDocument, { input: { cartId: id } });
    expect(again.clearCart).toMatchObject({ userErrors: [], cart: { version: 7 } });
    expect(await api.get(id)).toEqual(again.clearCart?.cart);
  });

  it('deletes a cart for good', async () => {
    const { id } = await api.create({ customerId: 88, items: [{ productId: 1, quantity: 1 }] });
    const { deleteCart } = await api.app.execute(op.DeleteCartDocument, { input: { cartId: id } });
    expect(deleteCart).toEqual({ deletedCartId: id, userErrors: [] });
    expect(await api.get(id)).toBeNull();
    const listed = await api.app.execute(op.CustomerCartsDocument, { customerId: 88 });
    expect(listed.customerCarts.nodes).toEqual([]);
    expect((await api.add(id, [{ productId: 1, quantity: 1 }])).userErrors).toMatchObject([
      { code: 'CART_NOT_FOUND' },
    ]);
  });

  it('claims a guest cart, and again for the same customer', async () => {
    const { id } = await api.create();
    for (const version of [2, 3]) {
      const { claimCart } = await api.app.execute(op.ClaimCartDocument, {
        input: { cartId: id, customerId: '9' },
      });
      expect(claimCart).toMatchObject({ userErrors: [], cart: { customerId: '9', version } });
    }
  });

  it('merges two carts with every strategy', async () => {
    const expected = {
      SUM: [
        ['1', 3],
        ['2', 5],
        ['3', 4],
      ],
      MAX: [
        ['1', 3],
        ['2', 3],
        ['3', 4],
      ],
      KEEP_TARGET: [
        ['1', 3],
        ['2', 2],
        ['3', 4],
      ],
      REPLACE: [
        ['2', 3],
        ['3', 4],
      ],
    } as const;
    for (const [strategy, items] of Object.entries(expected)) {
      const target = await api.create({
        customerId: 5,
        items: [
          { productId: 1, quantity: 3 },
          { productId: 2, quantity: 2 },
        ],
      });
      const source = await api.create({
        items: [
          { productId: 3, quantity: 4 },
          { productId: 2, quantity: 3 },
        ],
      });
      const merged = await api.merge(source.id, target.id, { strategy: strategy as op.MergeStrategy });
      expect(merged.userErrors).toEqual([]);
      expect(merged.cart?.items.map((item) => [item.productId, item.quantity])).toEqual(items);
      expect(merged.sourceCart).toMatchObject({
        status: 'MERGED',
        mergedIntoCartId: target.id,
        customerId: '5',
        items: [],
      });
      expect([await api.get(target.id), await api.get(source.id)]).toEqual([merged.cart, merged.sourceCart]);
    }
  });

  it('checks out, also when the client is sure of the total', async () => {
    const { id } = await api.create({ items: [{ productId: 1, quantity: 3 }] });
    const { cart, orderId, userErrors } = await api.checkOut(id, { expectedTotal: '89.97' });
    expect(userErrors).toEqual([]);
    expect(cart).toMatchObject({ status: 'CHECKED_OUT', orderId, expiresAt: null, version: 2 });
    expect(await api.get(id)).toEqual(cart);
  });

  it('reports and refreshes prices, and knows what is no longer sold', async () => {
    const sold = (id: number, amount: number) =>
      api.app.sell({ id: String(id), name: `Seasonal ${id}`, price: { amount, currency: 'USD' } });
    await Promise.all([sold(901, 1000), sold(902, 2000), sold(903, 3000)]);
    const items = [901, 902, 903].map((productId) => ({ productId, quantity: 1 }));
    const { id } = await api.create({ items });
    await sold(901, 1250);
    await api.app.withdraw(902);
    const changes = [
      {
        itemId: `${id}:901`,
        productId: '901',
        cartPrice: { amount: '10.00', currency: 'USD' },
        currentPrice: { amount: '12.50', currency: 'USD' },
      },
      {
        itemId: `${id}:902`,
        productId: '902',
        cartPrice: { amount: '20.00', currency: 'USD' },
        currentPrice: null,
      },
    ];
    const { cart } = await api.app.execute(op.GetItemDocument, { id, productId: 903 });
    expect(cart).toEqual({ item: { id: `${id}:903`, productId: '903', quantity: 1 }, priceChanges: changes });
    const { refreshCartPrices } = await api.app.execute(op.RefreshCartPricesDocument, {
      input: { cartId: id },
    });
    expect(refreshCartPrices).toMatchObject({
      priceChanges: changes,
      userErrors: [],
      cart: { totalAmount: { amount: '62.50' } },
    });
    const refused = await api.checkOut(id);
    expect(refused.userErrors).toMatchObject([{ code: 'PRICE_CHANGED', priceChanges: [changes[1]] }]);
    expect(await api.checkOut(id, { acceptCartPrices: true })).toMatchObject({
      userErrors: [],
      cart: { status: 'CHECKED_OUT' },
    });
  });

  it('lets a cart expire seven days after its last change', async () => {
    const { id } = await api.create({ customerId: 99, items: [{ productId: 1, quantity: 1 }] });
    const before = api.app.time.ahead;
    api.app.time.ahead += 6 * DAY;
    await api.add(id, [{ productId: 1, quantity: 1 }]);
    api.app.time.ahead += 6 * DAY;
    expect(await api.get(id)).toMatchObject({ version: 2 });
    api.app.time.ahead += DAY + 1000;
    expect(await api.get(id)).toBeNull();
    expect((await api.add(id, [{ productId: 1, quantity: 1 }])).userErrors).toMatchObject([
      { code: 'CART_NOT_FOUND' },
    ]);
    const { customerCarts } = await api.app.execute(op.CustomerCartsDocument, { customerId: 99 });
    expect(customerCarts.nodes).toEqual([]);
    api.app.time.ahead = before;
  });
});
