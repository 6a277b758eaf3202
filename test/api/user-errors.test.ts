import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi, present } from './api-client.ts';

describe.each(storeTypes)('user errors on %s', (type) => {
  const api = openApi(type, { products: 600 });
  const one = [{ productId: 1, quantity: 1 }];
  const update = async (cartId: string, items: op.UpdateCartItemInput[]) =>
    present(
      (await api.app.execute(op.UpdateCartItemsDocument, { input: { cartId, items } })).updateCartItems,
    );

  it('CART_NOT_FOUND, with the path to the id', async () => {
    const unknown = api.unknown();
    const answer = await api.add(unknown, one);
    expect(answer).toMatchObject({
      cart: null,
      userErrors: [{ code: 'CART_NOT_FOUND', field: ['input', 'cartId'], __typename: 'CartStateError' }],
    });
    const { id } = await api.create();
    const merge = await api.merge(unknown, id);
    expect(merge).toMatchObject({
      cart: { id },
      sourceCart: null,
      userErrors: [{ code: 'CART_NOT_FOUND', field: ['input', 'sourceCartId'] }],
    });
  });

  it('CART_NOT_ACTIVE for a cart that is checked out or merged, in every change', async () => {
    const [ordered, target, merged] = [
      await api.create({ items: one }),
      await api.create(),
      await api.create(),
    ];
    await api.checkOut(ordered.id);
    await api.merge(merged.id, target.id);
    for (const cartId of [ordered.id, merged.id]) {
      const input = { cartId };
      const answers = [
        (await api.add(cartId, one)).userErrors,
        (await update(cartId, one)).userErrors,
        (await api.app.execute(op.RemoveCartItemsDocument, { input: { cartId, productIds: [1] } }))
          .removeCartItems?.userErrors,
        (await api.app.execute(op.ClearCartDocument, { input })).clearCart?.userErrors,
        (await api.app.execute(op.DeleteCartDocument, { input })).deleteCart?.userErrors,
        (await api.app.execute(op.ClaimCartDocument, { input: { cartId, customerId: 1 } })).claimCart
          ?.userErrors,
        (await api.app.execute(op.RefreshCartPricesDocument, { input })).refreshCartPrices?.userErrors,
        (await api.checkOut(cartId)).userErrors,
        (await api.merge(cartId, target.id)).userErrors,
        (await api.merge(target.id, cartId)).userErrors,
      ];
      for (const errors of answers) expect(errors).toMatchObject([{ code: 'CART_NOT_ACTIVE' }]);
    }
  });

  it('CART_EMPTY', async () => {
    const { id } = await api.create();
    expect(await api.checkOut(id)).toMatchObject({
      orderId: null,
      cart: { status: 'ACTIVE' },
      userErrors: [{ code: 'CART_EMPTY' }],
    });
  });

  it('CART_ALREADY_CLAIMED', async () => {
    const { id } = await api.create({ customerId: 1 });
    const { claimCart } = await api.app.execute(op.ClaimCartDocument, {
      input: { cartId: id, customerId: 2 },
    });
    expect(claimCart).toMatchObject({
      cart: { customerId: '1' },
      userErrors: [{ code: 'CART_ALREADY_CLAIMED', field: ['input', 'customerId'] }],
    });
  });

  it('every faulty item of an input, and none is taken', async () => {
    const cart = await api.create({ items: [{ productId: 5, quantity: 9999 }] });
    const answer = await api.add(cart.id, [
      { productId: 1, quantity: 1 },
      { productId: 2, quantity: 0 },
      { productId: 5, quantity: 1 },
      { productId: 999_999, quantity: 1 },
    ]);
    expect(answer.userErrors).toMatchObject([
      {
        code: 'QUANTITY_INVALID',
        productId: '2',
        field: ['input', 'items', '1', 'quantity'],
        __typename: 'ProductError',
      },
      {
        code: 'QUANTITY_LIMIT_EXCEEDED',
        limitedProductId: '5',
        limit: 9999,
        field: ['input', 'items', '2', 'quantity'],
        __typename: 'LimitError',
      },
      { code: 'PRODUCT_NOT_FOUND', productId: '999999', field: ['input', 'items', '3', 'productId'] },
    ]);
    expect(answer.cart).toEqual(cart);
    expect(await api.get(cart.id)).toEqual(cart);
  });

  it('ITEM_NOT_FOUND, when setting and when removing', async () => {
    const cart = await api.create({ items: one });
    const set = await update(cart.id, [
      { productId: 1, quantity: -1 },
      { productId: 7, quantity: 1 },
    ]);
    expect(set.userErrors).toMatchObject([
      { code: 'QUANTITY_INVALID', productId: '1' },
      { code: 'ITEM_NOT_FOUND', namedProductId: '7', field: ['input', 'items', '1', 'productId'] },
    ]);
    const { removeCartItems } = await api.app.execute(op.RemoveCartItemsDocument, {
      input: { cartId: cart.id, productIds: [1, 7, 8] },
    });
    expect(removeCartItems?.userErrors).toMatchObject([
      { code: 'ITEM_NOT_FOUND', namedProductId: '7', field: ['input', 'productIds', '1'] },
      { code: 'ITEM_NOT_FOUND', namedProductId: '8', field: ['input', 'productIds', '2'] },
    ]);
    expect(await api.get(cart.id)).toEqual(cart);
  });

  it('ITEM_LIMIT_EXCEEDED beyond 500 products', async () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => ({ productId: from + index, quantity: 1 }));
    const cart = await api.create({ items: many(1, 500) });
    expect(cart.items).toHaveLength(500);
    const answer = await api.add(cart.id, many(501, 501));
    expect(answer.userErrors).toMatchObject([
      { code: 'ITEM_LIMIT_EXCEEDED', limit: 500, field: ['input', 'items'] },
    ]);
    expect((await api.add(cart.id, one)).userErrors).toEqual([]);
  });

  it('VERSION_CONFLICT, with the current version', async () => {
    const { id } = await api.create({ items: one });
    await api.add(id, one);
    const stale = await api.add(id, one, { expectedVersion: 1 });
    expect(stale).toMatchObject({
      cart: { version: 2 },
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 2, field: ['input', 'expectedVersion'] }],
    });
    expect((await api.add(id, one, { expectedVersion: 2 })).userErrors).toEqual([]);
    const other = await api.create();
    const merge = await api.merge(other.id, id, { expectedSourceVersion: 4 });
    expect(merge.userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 1, field: ['input', 'expectedSourceVersion'] },
    ]);
  });

  it('TOTAL_MISMATCH, with the total', async () => {
    const { id } = await api.create({ items: one });
    expect(await api.checkOut(id, { expectedTotal: '29.98' })).toMatchObject({
      userErrors: [{ code: 'TOTAL_MISMATCH', currentTotal: { amount: '29.99', currency: 'USD' } }],
    });
  });
});
