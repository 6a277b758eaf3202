/** The contract of a cart store as tests: every store runs them on its real engine. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteCart, type CartItem } from '../../src/cart/cart.ts';
import { VersionConflict } from '../../src/stores/cart-store.ts';
import { changed, item, newCart } from '../support/carts.ts';
import { openTest, type OpenStore } from '../support/store-test.ts';
import { testAnyText } from './any-text-contract.ts';
import { testCustomerPages } from './customer-pages-contract.ts';
import { testExpiry } from './expiry-contract.ts';
import { testEveryField } from './every-field-contract.ts';
import { testMarkers } from './markers-contract.ts';

/**
 * @param open opens a store without carts that asks the given clock for the time
 * @param markers whether the store keeps markers, as every database does; false for a move, which understands them
 */
export function testCartStore(name: string, open: OpenStore, { markers = true } = {}): void {
  describe(`the cart store contract: ${name}`, () => {
    const test = openTest(open);
    const { created, loaded, newCustomer, refused } = test;

    it('is ready', () => test.carts.ready());

    describe('load and commit', () => {
      it('gives back every field of a cart as it was committed', async () => {
        const full = await created({
          customerId: '9007199254740990',
          items: [item(7, 9999), item(3), item(5, 2)],
        });
        const empty = await created();
        const checkedOut = changed(full, test.now, { status: 'CHECKED_OUT', orderId: randomUUID() });
        const merged = changed(empty, test.now, { status: 'MERGED', mergedIntoCartId: full.id });
        expect(await loaded(full.id)).toEqual(full);
        expect(await loaded(empty.id)).toEqual(empty);
        await test.carts.commit([{ before: full, after: checkedOut }]);
        await test.carts.commit([{ before: empty, after: merged }]);
        expect(await loaded(full.id)).toEqual(checkedOut);
        expect(await loaded(empty.id)).toEqual(merged);
      });

      it('keeps names with any character and the extremes of prices', async () => {
        const names = [
          '',
          '€ 漢字 🛒 e\u0301',
          `'; drop table carts; --`,
          '\\"\t{}',
          'ж'.repeat(200),
          'x'.repeat(255),
        ];
        const items = names.map((productName, index) => ({ ...item(index + 1), productName }));
        const cart = await created({
          items: [...items, { ...item(90, 9999), unitPrice: 100_000_000 }, { ...item(91), unitPrice: 0 }],
        });
        expect(await loaded(cart.id)).toEqual(cart);
      });

      it('is positional: repeated, unknown and known ids', async () => {
        const [a, b] = [await created({ items: [item(1)] }), await created()];
        const unknown = randomUUID();
        expect(await test.carts.load([b.id, unknown, a.id, b.id], { consistent: true })).toEqual([
          b,
          undefined,
          a,
          b,
        ]);
        expect(await test.carts.load([])).toEqual([]);
      });

      it('loads 100 carts at once', async () => {
        const many = Array.from({ length: 100 }, (_, index) =>
          newCart(test.now, { items: [item(index + 1)] }),
        );
        await Promise.all(many.map((after) => test.carts.commit([{ after }])));
        const ids = many.map((cart) => cart.id);
        expect(await test.carts.load(ids, { consistent: true })).toEqual(many);
      });

      it('keeps a cart of 500 items with the longest names, and changes it', async () => {
        const productName = '漢'.repeat(133);
        const items = Array.from({ length: 500 }, (_, index) => ({
          ...item(2_147_483_000 + index),
          productName,
          unitPrice: 100_000_000,
        }));
        let cart = await created({ items });
        for (let round = 0; round < 33; round += 1) {
          const next = changed(cart, test.now);
          await test.carts.commit([{ before: cart, after: next }]);
          cart = next;
        }
        expect(cart.changes).toHaveLength(896);
        expect(await loaded(cart.id)).toEqual(cart);
      });

      it('writes changed, removed and added items, in the order of their first addition', async () => {
        let cart = await created({ items: [item(5), item(1), item(9)] });
        const steps = [
          [item(5), item(1, 3), item(9)],
          [item(5), item(9)],
          [item(5), item(9), item(1), item(2)],
          [item(5), item(9), item(2, 7)],
          [item(5), { ...item(9), productName: 'Renamed', unitPrice: 1 }, item(2, 7)],
          [],
          [item(1), item(5)],
        ];
        for (const items of steps) {
          const next = changed(cart, test.now, { items });
          await test.carts.commit([{ before: cart, after: next }]);
          expect(await loaded(cart.id)).toEqual(next);
          cart = next;
        }
      });

      it('takes several changes in one commit, also when items go and come back', async () => {
        let cart = await created({ items: [item(5), item(1), item(9), item(4)] });
        const steps: CartItem[][][] = [
          [[item(1), item(9), item(4)], [], [item(5)]],
          [
            [item(5), item(1), item(9)],
            [item(5), item(9)],
            [item(5), item(9), item(1)],
          ],
          [
            [item(9), item(1)],
            [item(9), item(1), item(5)],
          ],
          [
            [item(9, 2), item(5)],
            [item(9, 2), item(5), item(3)],
            [item(9, 2), item(5), item(3), item(1, 7)],
          ],
          [
            [item(9), item(3), item(1)],
            [item(9), item(3), item(1), item(7), item(5, 2)],
          ],
          [[item(9), item(3), item(1), item(7), item(5, 3), item(8)]],
          [[], [item(2)], []],
        ];
        for (const changes of steps) {
          const next = changes.reduce((before, items) => changed(before, test.now, { items }), cart);
          await test.carts.commit([{ before: cart, after: next }]);
          expect(await loaded(cart.id)).toEqual(next);
          cart = next;
        }
        expect(cart.version).toBe(18);
      });

      it('gives and takes a customer', async () => {
        const guest = await created();
        const claimed = changed(guest, test.now, { customerId: newCustomer() });
        await test.carts.commit([{ before: guest, after: claimed }]);
        expect(await loaded(guest.id)).toEqual(claimed);
        const tombstone = changed(deleteCart(claimed), test.now);
        await test.carts.commit([{ before: claimed, after: tombstone }]);
        expect(await loaded(guest.id)).toEqual(tombstone);
      });
    });

    describe('conditions', () => {
      it('refuses a stale commit and changes nothing', async () => {
        const first = await created({ items: [item(1)] });
        const second = changed(first, test.now, { items: [item(1, 2)] });
        await test.carts.commit([{ before: first, after: second }]);
        await refused([{ before: first, after: changed(first, test.now, { items: [] }) }]);
        expect(await loaded(first.id)).toEqual(second);
      });

      it('refuses to create a cart that is there, also one deleted', async () => {
        const cart = await created();
        await refused([{ after: newCart(test.now, { id: cart.id }) }]);
        const tombstone = changed(deleteCart(cart), test.now);
        await test.carts.commit([{ before: cart, after: tombstone }]);
        await refused([{ after: newCart(test.now, { id: cart.id }) }]);
        expect(await loaded(cart.id)).toEqual(tombstone);
      });

      it('refuses to change a cart that is not there', async () => {
        const absent = newCart(test.now);
        await refused([{ before: absent, after: changed(absent, test.now) }]);
        expect(await loaded(absent.id)).toBeUndefined();
      });

      it('lets exactly one of 20 racing commits from one version win', async () => {
        const cart = await created({ items: [item(1)] });
        const rivals = Array.from({ length: 20 }, (_, index) =>
          changed(cart, test.now, { items: [item(1, index + 2)] }),
        );
        const results = await Promise.allSettled(
          rivals.map((after) => test.carts.commit([{ before: cart, after }])),
        );
        const winners = rivals.filter((_, index) => results[index]?.status === 'fulfilled');
        const reasons = results.flatMap((result) =>
          result.status === 'rejected' ? [result.reason as unknown] : [],
        );
        expect(winners).toHaveLength(1);
        expect(reasons.every((reason) => reason instanceof VersionConflict)).toBe(true);
        expect(await loaded(cart.id)).toEqual(winners[0]);
      });

      it('lets exactly one of 20 racing creations of one id win', async () => {
        const id = randomUUID();
        const rivals = Array.from({ length: 20 }, (_, index) =>
          newCart(test.now, { id, items: [item(index + 1)] }),
        );
        const results = await Promise.allSettled(rivals.map((after) => test.carts.commit([{ after }])));
        const winners = rivals.filter((_, index) => results[index]?.status === 'fulfilled');
        expect(winners).toHaveLength(1);
        expect(await loaded(id)).toEqual(winners[0]);
      });
    });

    describe('several carts in one commit', () => {
      it('lands whole', async () => {
        const [a, b] = [await created({ items: [item(1)] }), await created({ items: [item(2)] })];
        const fresh = newCart(test.now, { items: [item(3)] });
        const [a2, b2] = [
          changed(a, test.now, { items: [] }),
          changed(b, test.now, { items: [item(2), item(1)] }),
        ];
        await test.carts.commit([{ before: b, after: b2 }, { before: a, after: a2 }, { after: fresh }]);
        expect(await test.carts.load([a.id, b.id, fresh.id], { consistent: true })).toEqual([a2, b2, fresh]);
      });

      it('lands not at all when one write is stale, wherever it stands', async () => {
        const [a, b] = [await created(), await created()];
        const newer = changed(b, test.now, { items: [item(4)] });
        await test.carts.commit([{ before: b, after: newer }]);
        const good = { before: a, after: changed(a, test.now, { items: [item(1)] }) };
        const stale = { before: b, after: changed(b, test.now, { items: [item(2)] }) };
        await refused([good, stale]);
        await refused([stale, good]);
        expect(await test.carts.load([a.id, b.id], { consistent: true })).toEqual([a, newer]);
      });

      it('survives 20 opposite commits of the same pair', async () => {
        const [a, b] = [await created(), await created()];
        const writes = [a, b].map((before) => ({ before, after: changed(before, test.now) }));
        const results = await Promise.allSettled(
          Array.from({ length: 20 }, (_, index) =>
            test.carts.commit(index % 2 ? writes : [...writes].reverse()),
          ),
        );
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(VersionConflict);
        }
        const versions = (await test.carts.load([a.id, b.id], { consistent: true })).map(
          (cart) => cart?.version,
        );
        const won = results.filter((result) => result.status === 'fulfilled').length;
        expect(won).toBeLessThanOrEqual(1);
        expect(versions).toEqual(won === 1 ? [2, 2] : [1, 1]);
      });
    });

    testEveryField(test, markers);
    if (markers) testMarkers(test);
    testAnyText(test);
    testExpiry(test);
    testCustomerPages(test);

    it('fails with the signal’s reason when the time is over', async () => {
      const reason = new Error('time is over');
      const signal = AbortSignal.abort(reason);
      const cart = newCart(test.now);
      await expect(test.carts.load([cart.id], { signal })).rejects.toBe(reason);
      await expect(test.carts.commit([{ after: cart }], { signal })).rejects.toBe(reason);
      await expect(test.carts.listByCustomer('1', { first: 1 }, { signal })).rejects.toBe(reason);
    });
  });
}
