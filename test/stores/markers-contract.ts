/** Markers of carts that were handed over to another store, as part of the contract. */
import { describe, expect, it } from 'vitest';
import { fenceFor, cartOfMarker, markerOf } from '../../src/cart/moved.ts';
import { changed, DAY, item, newCart, TTL } from '../support/carts.ts';
import type { StoreTest } from '../support/store-test.ts';

export function testMarkers(test: StoreTest): void {
  const { created, loaded, newCustomer, refused } = test;
  const commit = (...writes: Parameters<typeof test.carts.commit>[0]) => test.carts.commit(writes);

  describe('markers', () => {
    it('take a cart’s place, keep all of it, and give it back', async () => {
      const attributes = [{ key: 'engraving', value: 'Ada' }];
      const cart = await created({
        customerId: newCustomer(),
        items: [item(3), item(1, 2, attributes), item(2)],
      });
      const marker = markerOf(cart, 1);
      await commit({ before: cart, after: marker });
      expect(await loaded(cart.id)).toEqual(marker);
      await refused([{ before: cart, after: changed(cart, test.now) }]);
      await refused([{ after: newCart(test.now, { id: cart.id }) }]);
      const back = { ...cart, moves: 1 };
      expect(cartOfMarker(await loaded(cart.id))).toEqual(back);
      await commit({ before: marker, after: back });
      expect(await loaded(cart.id)).toEqual(back);
      const next = changed(back, test.now, { items: [item(2, 7), item(9)] });
      await commit({ before: back, after: next });
      expect(await loaded(cart.id)).toEqual(next);
      await refused([{ before: marker, after: back }]);
    });

    it('are replaced by a cart of another time, currency and customer, of which nothing is left of theirs', async () => {
      const old = await created({ customerId: newCustomer(), note: 'Ring twice', items: [item(1), item(2)] });
      const marker = markerOf(old, 4);
      await commit({ before: old, after: marker });
      test.now += DAY;
      const anew = {
        ...newCart(test.now, { id: old.id, currency: 'JPY', items: [item(2, 5), item(9)] }),
        moves: 4,
      };
      await refused([{ before: { ...marker, version: -3 }, after: anew }]);
      await commit({ before: marker, after: anew });
      expect(await loaded(old.id)).toEqual(anew);
      await refused([{ before: marker, after: anew }]);
    });

    it('may have no cart, and may last for ever', async () => {
      const cart = newCart(test.now, { items: [item(1)] });
      const fence = fenceFor(cart, 2);
      const { expiresAt: _, ...endless } = fenceFor(newCart(test.now), 1);
      await commit({ after: fence }, { after: endless });
      expect(await test.carts.load([fence.id, endless.id], { consistent: true })).toEqual([fence, endless]);
      await refused([{ after: cart }]);
      await commit({ before: fence, after: cart });
      expect(await loaded(cart.id)).toEqual(cart);
    });

    it('expire as carts do, and carts can be made over those that have', async () => {
      const cart = await created({ items: [item(1)] });
      const marker = markerOf(cart, 1);
      await commit({ before: cart, after: marker });
      test.now += TTL;
      expect(await loaded(cart.id)).toBeUndefined();
      await refused([{ before: marker, after: { ...cart, moves: 1 } }]);
      const anew = newCart(test.now, { id: cart.id, items: [item(7)] });
      await commit({ after: anew });
      expect(await loaded(cart.id)).toEqual(anew);
    });

    it('are written together with others, or not at all', async () => {
      const [cart, other] = [await created({ items: [item(1)] }), await created()];
      const marker = markerOf(cart, 1);
      await commit({ before: cart, after: marker });
      const [back, next] = [{ ...cart, moves: 1 }, changed(other, test.now)];
      await refused([
        { before: { ...marker, version: -2 }, after: back },
        { before: other, after: next },
      ]);
      await commit({ before: marker, after: back }, { before: other, after: next });
      expect(await test.carts.load([cart.id, other.id], { consistent: true })).toEqual([back, next]);
    });

    it('are in no list, unless they are asked for', async () => {
      const customerId = newCustomer();
      const first = await created({ customerId });
      test.now += 1;
      const moved = await created({ customerId });
      const marker = markerOf(moved, 1);
      await commit({ before: moved, after: marker });
      const list = async (options?: { markers: true }, status?: 'ACTIVE' | 'MERGED') =>
        (await test.carts.listByCustomer(customerId, { first: 5, ...(status && { status }) }, options))
          .entries;
      expect(await list()).toEqual([first]);
      expect(await list(undefined, 'ACTIVE')).toEqual([first]);
      expect(await list({ markers: true })).toEqual([marker, first]);
      expect(await list({ markers: true }, 'ACTIVE')).toEqual([marker, first]);
      expect(await list({ markers: true }, 'MERGED')).toEqual([marker]);
    });
  });
}
