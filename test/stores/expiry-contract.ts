/** Expiry, as part of the contract. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changed, DAY, item, newCart, TTL } from '../support/carts.ts';
import type { StoreTest } from '../support/store-test.ts';

export function testExpiry(test: StoreTest): void {
  const { created, loaded, refused, newCustomer } = test;
  describe('expiry', () => {
    it('hides a cart from readers from its last second on', async () => {
      const cart = await created({ customerId: newCustomer() });
      const expiry = cart.expiresAt ?? 0;
      const listed = async () =>
        (await test.carts.listByCustomer(cart.customerId ?? '', { first: 10 })).entries;
      test.now = expiry - 1;
      expect(await loaded(cart.id)).toEqual(cart);
      expect(await listed()).toEqual([cart]);
      test.now = expiry;
      expect(await loaded(cart.id)).toBeUndefined();
      expect(await listed()).toEqual([]);
      expect(await test.carts.load([cart.id], { consistent: true, includeExpired: true })).toEqual([cart]);
    });

    it('refuses to change an expired cart, alone and among others', async () => {
      const expired = await created({ items: [item(1)] });
      test.now += TTL;
      const alive = await created();
      const late = { before: expired, after: changed(expired, test.now, { items: [item(2)] }) };
      await refused([late]);
      await refused([{ before: alive, after: changed(alive, test.now) }, late]);
      expect(await loaded(alive.id)).toEqual(alive);
    });

    it('lets an expired id be created anew, without any of the old items', async () => {
      const old = await created({ customerId: newCustomer(), items: [item(1), item(2), item(3)] });
      test.now += TTL + DAY;
      const anew = newCart(test.now, { id: old.id, items: [item(2, 5), item(9)] });
      await test.carts.commit([{ after: anew }]);
      expect(await loaded(old.id)).toEqual(anew);
      await refused([{ before: old, after: changed(old, test.now) }]);
      expect((await test.carts.listByCustomer(old.customerId ?? '', { first: 10 })).entries).toEqual([]);
    });

    it('never lets a checked-out cart expire', async () => {
      const cart = await created({ customerId: newCustomer(), items: [item(1)] });
      const order = changed(cart, test.now, { status: 'CHECKED_OUT', orderId: randomUUID() });
      await test.carts.commit([{ before: cart, after: order }]);
      test.now += 10_000 * DAY;
      expect(await loaded(cart.id)).toEqual(order);
      expect((await test.carts.listByCustomer(cart.customerId ?? '', { first: 10 })).entries).toEqual([
        order,
      ]);
    });
  });
}
