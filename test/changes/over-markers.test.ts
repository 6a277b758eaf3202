/** A store alone that has markers of an earlier move in it: they are no carts to anybody, and in nobody's way. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openedCartId, pointerId } from '../../src/cart/active-cart.ts';
import { cartIdFromKey } from '../../src/cart/ids.ts';
import { fenceFor, markerOf } from '../../src/cart/moved.ts';
import { changed, DAY, item, newCart, NOON, TTL } from '../support/carts.ts';
import { landedUncertain, interfere, lostUncertain } from '../support/interference.ts';
import {
  codes,
  customer,
  guest,
  madeCart,
  openOperations,
  staff,
  terms,
} from '../support/open-operations.ts';

const keyed = (idempotencyKey: string) => terms({ idempotencyKey });
const one = [{ productId: '1', quantity: 1 }];

test('nobody sees or changes what was handed over', async () => {
  const { operations, created, reference } = openOperations();
  const cart = await created({ customerId: '5', items: [item(1)] });
  const mine = await created({ customerId: '5' });
  await reference.commit([{ before: cart, after: markerOf(cart, 1) }]);
  const { signal } = new AbortController();
  for (const viewer of [staff, guest, customer(5)]) {
    expect(await operations.findCarts([cart.id], { viewer, signal })).toEqual([undefined]);
  }
  const page = await operations.listCarts('5', { first: 10 }, { viewer: staff, signal });
  expect(page.entries).toEqual([mine]);
  const gone = ['CART_NOT_FOUND'];
  expect(codes(await operations.addItems(cart.id, one, terms()))).toEqual(gone);
  expect(codes(await operations.deleteCart(cart.id, terms()))).toEqual(gone);
  const merge = { sourceCartId: cart.id, targetCartId: mine.id, strategy: 'SUM' } as const;
  expect(codes(await operations.mergeCarts(merge, terms()))).toEqual(gone);
});

test.each(['a cart', 'no cart', 'a cart, and has expired', 'no cart, and has expired'])(
  'a key makes its cart over a marker that keeps %s, once',
  async (kept) => {
    for (const trouble of [undefined, landedUncertain, lostUncertain]) {
      const test = openOperations((carts) => interfere(carts, trouble ? [trouble] : []));
      const id = cartIdFromKey('k', '5', 'idempotencyKey');
      const old = newCart(NOON - DAY, { id, currency: 'JPY', items: [item(7), item(8)] });
      const marker = kept.startsWith('a cart') ? markerOf(old, 3) : fenceFor(old, 3);
      await test.reference.commit([{ after: marker }]);
      if (kept.endsWith('expired')) test.now += TTL;
      const cart = madeCart(await test.operations.createCart({ customerId: '5', items: one }, keyed('k')));
      expect(cart).toMatchObject({ id, version: 1, currency: 'USD', items: [{ productId: '1' }] });
      // Over what still stands the count goes on.
      expect((await test.stored(id))?.moves).toBe(kept.endsWith('expired') ? undefined : 3);
      expect(await test.operations.createCart({ customerId: '5', items: one }, keyed('k'))).toMatchObject({
        replayed: true,
        carts: [{ version: 1 }],
      });
    }
  },
);

test('openCart makes pointer and cart anew where markers stand', async () => {
  const test = openOperations();
  const pointer = { ...newCart(NOON, { id: pointerId('5'), status: 'POINTER', activeCartId: randomUUID() }) };
  const made = newCart(NOON, { id: openedCartId('k', '5') });
  await test.reference.commit([{ after: markerOf(pointer, 1) }, { after: fenceFor(made, 2) }]);
  const asked = terms({ viewer: customer(5), idempotencyKey: 'k' });
  const opened = madeCart(await test.operations.openCart({ strategy: 'SUM' }, asked));
  expect(opened).toMatchObject({ id: made.id, status: 'ACTIVE', customerId: '5' });
  expect(await test.stored(pointer.id)).toMatchObject({ status: 'POINTER', activeCartId: made.id, moves: 1 });
  const { signal } = asked;
  expect(await test.operations.findActiveCart('5', { viewer: customer(5), signal })).toEqual(opened);
});

test('a guest’s cart that was handed over is as if none were named', async () => {
  const test = openOperations();
  const guests = await test.created();
  await test.reference.commit([{ before: guests, after: markerOf(changed(guests, NOON), 1) }]);
  const outcome = await test.operations.openCart(
    { strategy: 'SUM', guestCartId: guests.id },
    terms({ viewer: customer(5) }),
  );
  expect(madeCart(outcome).id).not.toBe(guests.id);
});
