import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes, type GraphQLAnswer } from '../support/test-app.ts';
import { openApi } from './api-client.ts';

describe.each(storeTypes)('malformed input on %s', (type) => {
  const api = openApi(type);
  const refused = async (answer: Promise<GraphQLAnswer<unknown>>, message: RegExp) => {
    const { errors, status } = await answer;
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message) as string, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect([200, 400]).toContain(status);
  };

  it('names the argument, the limit and what was given', async () => {
    const { send } = api.app;
    const cart = await api.create({ items: [{ productId: 1, quantity: 1 }] });
    const cartId = cart.id;
    const add = (items: op.AddCartItemInput[], more = {}) =>
      send(op.AddCartItemsDocument, { input: { cartId, items, ...more } });
    const item = (productId: string | number) => [{ productId, quantity: 1 }];

    await refused(send(op.GetCartDocument, { id: 'abc' }), /^id must be a UUID, but was "abc"/);
    await refused(send(op.GetCartsDocument, { ids: [] }), /^ids must have at least one entry/);
    await refused(send(op.GetCartsDocument, { ids: [cartId, 'x'] }), /^ids\[1\] must be a UUID/);
    await refused(
      send(op.GetCartsDocument, { ids: Array<string>(101).fill(cartId) }),
      /at most 100 entries, but was 101/,
    );
    for (const first of [0, -1, 101, 2_147_483_647]) {
      await refused(
        send(op.CustomerCartsDocument, { customerId: 1, first }),
        /^first must be from 1 to 100, but was/,
      );
      await refused(send(op.ProductsDocument, { first }), /^first must be from 1 to 100, but was/);
    }
    for (const after of ['', 'nonsense', 'Y2FydDox', 'cHJvZHVjdDow']) {
      await refused(send(op.CustomerCartsDocument, { customerId: 1, after }), /^after must be a cursor/);
      await refused(send(op.ProductsDocument, { after }), /^after must be a cursor/);
    }
    for (const id of ['0', '-1', ' 1', '', 'ü', 'a b', 'x'.repeat(129), 0]) {
      await refused(
        add(item(id)),
        /^input\.items\[0\]\.productId must (?:have 1 to 128 visible ASCII characters without ~|be at least 1)/,
      );
      await refused(send(op.GetProductDocument, { id }), /^id must (?:have|be)/);
      await refused(
        send(op.CreateCartDocument, { input: { customerId: id } }),
        /^input\.customerId must (?:have 1 to 128 visible ASCII characters|be at least 1)/,
      );
    }
    await refused(send(op.GetProductDocument, { id: 'a~b' }), /^id must have .* without ~, but was "a~b"/);
    await refused(send(op.ProductsByIdDocument, { ids: [] }), /^ids must have at least one entry/);
    await refused(
      send(op.ProductsByIdDocument, { ids: Array<string>(101).fill('1') }),
      /^ids must have at most 100 entries, but was 101/,
    );
    await refused(send(op.ProductsByIdDocument, { ids: ['1', '~'] }), /^ids\[1\] must have/);
    await refused(add([]), /^input\.items must have at least one entry/);
    await refused(add([...item(1), ...item('1')]), /^input\.items must name each item once/);
    await refused(
      send(op.CreateCartDocument, { input: { items: [] } }),
      /^input\.items must have at least one/,
    );
    await refused(
      add(item(1), { idempotencyKey: '' }),
      /^input\.idempotencyKey must have 1 to 255 characters/,
    );
    await refused(
      add(item(1), { idempotencyKey: 'k'.repeat(256) }),
      /1 to 255 characters, but was "256 characters"/,
    );
    await refused(
      send(op.CreateCartDocument, { input: { idempotencyKey: 'guess' } }),
      /idempotencyKey must be a UUID/,
    );
    await refused(
      send(op.MergeCartsDocument, { input: { sourceCartId: cartId, targetCartId: cartId.toUpperCase() } }),
      /^sourceCartId must be another cart/,
    );
    for (const expectedTotal of ['', '1.234', '1.2345', 'ten', '1e2', '1,00', '--1', '1234567890123456']) {
      await refused(send(op.CheckoutCartDocument, { input: { cartId, expectedTotal } }), /must be a decimal/);
    }
    await refused(
      send(op.RemoveCartItemsDocument, { input: { cartId, productIds: [] } }),
      /^input\.productIds must have/,
    );
    expect(await api.get(cartId)).toEqual(cart);
  });
});
