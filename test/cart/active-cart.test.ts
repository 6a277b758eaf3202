import { expect, it } from 'vitest';
import { createPointer, isOpenFor, openedCartId, pointerId, pointTo } from '../../src/cart/active-cart.ts';
import { acceptChange } from '../../src/cart/cart.ts';
import { cartIdFromKey } from '../../src/cart/ids.ts';
import { newCart, NOON, TTL } from '../support/carts.ts';

it('a pointer is another cart for each customer, and no cart that a key can make', () => {
  const key = '0c0e0a00-0000-4000-8000-000000000001';
  const customers = ['7', '007', 'guest', 'active', 'text:7'];
  const ids = customers.flatMap((id) => [
    pointerId(id),
    openedCartId(key, id),
    cartIdFromKey(key, id, 'key'),
  ]);
  ids.push(openedCartId(key, undefined), cartIdFromKey(key, undefined, 'key'));
  expect(new Set(ids).size).toBe(17);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('a pointer never expires and belongs to nobody', () => {
  const pointer = acceptChange(pointTo(createPointer('7', 'USD', NOON), 'x'), NOON, TTL);
  expect(pointer).toMatchObject({ id: pointerId('7'), status: 'POINTER', activeCartId: 'x', version: 1 });
  expect('expiresAt' in pointer || 'customerId' in pointer).toBe(false);
});

it('a cart is open for its customer as long as it is active and lives', () => {
  const cart = newCart(NOON, { customerId: '7' });
  expect(isOpenFor(cart, '7', NOON)).toBe(true);
  expect(isOpenFor(cart, '8', NOON)).toBe(false);
  expect(isOpenFor(cart, undefined, NOON)).toBe(false);
  expect(isOpenFor(newCart(NOON), undefined, NOON)).toBe(true);
  expect(isOpenFor({ ...cart, status: 'CHECKED_OUT' }, '7', NOON)).toBe(false);
  expect(isOpenFor(cart, '7', NOON + TTL)).toBe(false);
});
