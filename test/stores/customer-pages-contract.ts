/** The pages of a customer’s carts, as part of the contract. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteCart, type Cart } from '../../src/cart/cart.ts';
import type { CustomerId } from '../../src/cart/ids.ts';
import type { CartPosition } from '../../src/cart/page.ts';
import { changed, DAY, item, NOON } from '../support/carts.ts';
import type { StoreTest } from '../support/store-test.ts';

export function testCustomerPages(test: StoreTest): void {
  const { created, newCustomer } = test;
  describe('customer pages', () => {
    const fill = async (count: number, customerId: CustomerId) => {
      const list: Cart[] = [];
      for (let index = 0; index < count; index += 1) {
        // Three carts in every millisecond, so that ids must break ties.
        test.now = NOON + Math.floor(index / 3);
        list.push(await created({ customerId, items: [item(index + 1)] }));
      }
      return list.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    };
    const walk = async (customerId: CustomerId, first: number, status?: Cart['status']) => {
      const pages: Cart[][] = [];
      let after: CartPosition | undefined;
      for (;;) {
        const page = await test.carts.listByCustomer(customerId, {
          first,
          ...(after && { after }),
          ...(status && { status }),
        });
        pages.push([...page.entries]);
        if (!page.hasNextPage) return pages;
        after = page.resumeAfter ?? page.entries.at(-1);
      }
    };

    it('are newest first, complete, without repetition, at every size', async () => {
      const customerId = newCustomer();
      const all = await fill(10, customerId);
      for (const first of [1, 3, 5, 9, 10, 11]) {
        const pages = await walk(customerId, first);
        expect(pages.flat()).toEqual(all);
        expect(pages.every((page) => page.length <= first)).toBe(true);
        expect(pages).toHaveLength(Math.ceil(all.length / first));
      }
    });

    it('stay in place when carts are created and changed between two pages', async () => {
      const customerId = newCustomer();
      const all = await fill(6, customerId);
      const { entries } = await test.carts.listByCustomer(customerId, { first: 3 });
      test.now += DAY;
      await created({ customerId });
      const touched = changed(all[4] as Cart, test.now, { items: [item(77)] });
      await test.carts.commit([{ before: all[4] as Cart, after: touched }]);
      const next = await test.carts.listByCustomer(customerId, { first: 9, after: entries[2] as Cart });
      expect(next).toEqual({ entries: [all[3], touched, all[5]], hasNextPage: false });
    });

    it('hold one customer only, and neither tombstones nor guests', async () => {
      const [customerId, other] = [newCustomer(), newCustomer()];
      const mine = await created({ customerId });
      await created({ customerId: other });
      await created();
      const gone = await created({ customerId });
      await test.carts.commit([{ before: gone, after: changed(deleteCart(gone), test.now) }]);
      expect((await walk(customerId, 10)).flat()).toEqual([mine]);
      expect((await walk(newCustomer(), 10)).flat()).toEqual([]);
    });

    it('are filled although carts of another status lie between', async () => {
      const customerId = newCustomer();
      const all = await fill(9, customerId);
      const wanted: Cart[] = [];
      for (const [index, cart] of all.entries()) {
        if (index % 3 === 2) wanted.push(cart);
        else {
          const after = changed(cart, test.now, { status: 'CHECKED_OUT', orderId: randomUUID() });
          await test.carts.commit([{ before: cart, after }]);
        }
      }
      expect(await walk(customerId, 2, 'ACTIVE')).toEqual([wanted.slice(0, 2), wanted.slice(2)]);
      expect((await walk(customerId, 4, 'CHECKED_OUT')).flat()).toHaveLength(6);
    });
  });
}
