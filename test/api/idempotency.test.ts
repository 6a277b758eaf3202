import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi } from './api-client.ts';

const DAY = 86_400_000;

describe.each(storeTypes)('idempotency keys on %s', (type) => {
  const api = openApi(type);
  const one = [{ productId: 1, quantity: 1 }];
  const create = async (input: op.CreateCartInput) =>
    (await api.app.execute(op.CreateCartDocument, { input })).createCart;

  it('make a change happen once, whatever happened since', async () => {
    const { id } = await api.create();
    const first = await api.add(id, one, { idempotencyKey: 'k1' });
    expect((await api.add(id, one, { idempotencyKey: 'k1' })).cart).toEqual(first.cart);
    const since = await api.add(id, one);
    const replay = await api.add(id, one, { idempotencyKey: 'k1', expectedVersion: 1 });
    expect(replay).toEqual({ userErrors: [], cart: since.cart });
  });

  it('are refused for another change of the cart, and free for other carts', async () => {
    const [a, b] = [await api.create(), await api.create()];
    await api.add(a.id, one, { idempotencyKey: 'shared' });
    const other = await api.add(a.id, [{ productId: 1, quantity: 2 }], { idempotencyKey: 'shared' });
    expect(other.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] },
    ]);
    const { clearCart } = await api.app.execute(op.ClearCartDocument, {
      input: { cartId: a.id, idempotencyKey: 'shared' },
    });
    expect(clearCart?.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect((await api.add(b.id, one, { idempotencyKey: 'shared' })).userErrors).toEqual([]);
  });

  it('forget a refused change', async () => {
    const { id } = await api.create();
    const refused = await api.add(id, [{ productId: 1, quantity: 0 }], { idempotencyKey: 'again' });
    expect(refused.userErrors).toHaveLength(1);
    expect((await api.add(id, one, { idempotencyKey: 'again' })).userErrors).toEqual([]);
  });

  it('determine the id of a new cart together with the customer', async () => {
    const input = { customerId: 31, items: one, idempotencyKey: 'order form 7' };
    const first = await create(input);
    expect(await create(input)).toEqual(first);
    const elsewhere = await create({ ...input, customerId: 32 });
    expect(elsewhere?.cart?.id).not.toBe(first?.cart?.id);
    const reused = await create({ ...input, items: [{ productId: 1, quantity: 2 }] });
    expect(reused?.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const guest = { idempotencyKey: randomUUID() };
    expect((await create(guest))?.cart?.id).toBe((await create(guest))?.cart?.id);
  });

  it('never create a second cart, neither after deletion nor after expiry', async () => {
    const input = { customerId: 33, idempotencyKey: 'once' };
    const cartId = (await create(input))?.cart?.id ?? '';
    await api.app.execute(op.DeleteCartDocument, { input: { cartId } });
    expect(await create(input)).toMatchObject({ cart: null, userErrors: [{ code: 'CART_NOT_FOUND' }] });
    const expiring = { customerId: 33, idempotencyKey: 'expiring' };
    await create(expiring);
    api.app.time.ahead += 8 * DAY;
    expect(await create(expiring)).toMatchObject({ cart: null, userErrors: [{ code: 'CART_NOT_FOUND' }] });
    api.app.time.ahead -= 8 * DAY;
  });

  it('give the same order to a repeated check-out, and merge once', async () => {
    const source = await api.create({ items: one });
    const target = await api.create({ items: one });
    const merged = await api.merge(source.id, target.id, { idempotencyKey: 'm' });
    expect(await api.merge(source.id, target.id, { idempotencyKey: 'm' })).toEqual(merged);
    const first = await api.checkOut(target.id, { idempotencyKey: 'c' });
    const second = await api.checkOut(target.id, { idempotencyKey: 'c' });
    expect(first.orderId).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
  });

  it('answer a repeated deletion as the deletion was', async () => {
    const { id } = await api.create();
    const input = { cartId: id, idempotencyKey: 'd' };
    expect((await api.app.execute(op.DeleteCartDocument, { input })).deleteCart?.userErrors).toEqual([]);
    const { deleteCart } = await api.app.execute(op.DeleteCartDocument, { input });
    expect(deleteCart).toMatchObject({ deletedCartId: input.cartId, userErrors: [] });
    const other = { ...input, idempotencyKey: 'another' };
    expect((await api.app.execute(op.DeleteCartDocument, { input: other })).deleteCart).toMatchObject({
      deletedCartId: null,
      userErrors: [{ code: 'CART_NOT_FOUND' }],
    });
  });

  it('hold for 20 requests at the same time', async () => {
    const { id } = await api.create();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.add(id, one, { idempotencyKey: 'race' })),
    );
    expect(answers.every((answer) => answer.userErrors.length === 0)).toBe(true);
    expect(await api.get(id)).toMatchObject({ version: 2, itemCount: 1 });
    const input = { customerId: 34, idempotencyKey: 'race' };
    const created = await Promise.all(Array.from({ length: 20 }, () => create(input)));
    expect(new Set(created.map((answer) => answer?.cart?.id)).size).toBe(1);
    expect(created.every((answer) => answer?.cart?.version === 1)).toBe(true);
  });
});
