import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptChange,
  checkNote,
  claimCart,
  createCart,
  deleteCart,
  isLive,
  itemCount,
  totalAmount,
  updateCart,
} from '../../src/cart/cart.ts';
import { fingerprintOf } from '../../src/cart/change-log.ts';
import { changed, DAY, item, newCart, NOON, TTL } from '../support/carts.ts';
import { problemsOf } from '../support/problems.ts';

describe('acceptChange', () => {
  it('completes a new cart', () => {
    const id = randomUUID();
    const change = { id: randomBytes(16), fingerprint: fingerprintOf('test', 1) };
    const cart = acceptChange(createCart(id, '5', 'USD', NOON), NOON + 5, TTL, change);
    expect(cart).toMatchObject({ id, customerId: '5', status: 'ACTIVE', version: 1, items: [] });
    expect(cart).toMatchObject({ createdAt: NOON, updatedAt: NOON + 5 });
    expect(new Date(cart.expiresAt ?? 0).toISOString()).toBe('2026-01-26T22:15:00.000Z');
    expect(cart.changes).toHaveLength(28);
    expect('customerId' in createCart(id, undefined, 'USD', NOON)).toBe(false);
  });

  it('never lets time go back, and expires in whole seconds, seven days after the last change', () => {
    const steps = fc.array(fc.integer({ min: -DAY, max: DAY }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (moves) => {
        let now = NOON;
        let cart = newCart(now);
        for (const move of moves) {
          now += move;
          const next = changed(cart, now);
          expect(next.version).toBe(cart.version + 1);
          expect(next.updatedAt).toBe(Math.max(now, cart.updatedAt));
          expect(next.createdAt).toBe(cart.createdAt);
          const expiresAt = next.expiresAt ?? 0;
          expect(expiresAt % 1000).toBe(0);
          expect(next.updatedAt + TTL - expiresAt).toBeGreaterThanOrEqual(0);
          expect(next.updatedAt + TTL - expiresAt).toBeLessThan(1000);
          cart = next;
        }
      }),
    );
  });

  it('takes the expiry from a cart that is checked out, and from no other', () => {
    const cart = newCart(NOON);
    const order = changed(cart, NOON, { status: 'CHECKED_OUT', orderId: randomUUID() });
    expect('expiresAt' in order).toBe(false);
    expect(isLive(order, NOON + 10_000 * DAY)).toBe(true);
    for (const status of ['ACTIVE', 'MERGED', 'DELETED'] as const) {
      expect(changed(cart, NOON + DAY, { status }).expiresAt).toBe((cart.expiresAt ?? 0) + DAY);
    }
  });

  it('remembers no change where another cart does', () => {
    const cart = newCart(NOON);
    expect(acceptChange(cart, NOON, TTL)).toEqual({ ...cart, version: 2 });
  });
});

it('a cart lives up to the last millisecond before its expiry', () => {
  const cart = newCart(NOON);
  const expiresAt = cart.expiresAt ?? 0;
  expect([-1, 0, 1].map((offset) => isLive(cart, expiresAt + offset))).toEqual([true, false, false]);
});

describe('claimCart', () => {
  it('gives a guest cart to a customer, again and again', () => {
    const cart = newCart(NOON, { items: [item(1)] });
    const claimed = claimCart(cart, '5');
    expect(claimed).toEqual({ ...cart, customerId: '5' });
    expect(claimCart(claimed, '5')).toEqual(claimed);
  });

  it('takes it from no customer', () => {
    expect(problemsOf(() => claimCart(newCart(NOON, { customerId: '6' }), '5'))).toMatchObject([
      { code: 'CART_ALREADY_CLAIMED', field: ['customerId'] },
    ]);
  });
});

it('a deleted cart keeps nothing that was said of it, but its changes', () => {
  const attributes = [{ key: 'k', value: 'v' }];
  const said = { customerId: '5', note: 'Ring twice', attributes, unknown: { later: 1 } };
  const cart = newCart(NOON, { ...said, items: [item(1)] });
  const { customerId: _c, note: _n, attributes: _a, unknown: _u, ...rest } = cart;
  expect(deleteCart(cart)).toStrictEqual({ ...rest, status: 'DELETED', items: [] });
});

it('counts and totals', () => {
  const cart = newCart(NOON, { items: [item(5, 2), item(3)] });
  expect(itemCount(cart)).toBe(3);
  expect(totalAmount(cart)).toEqual({ amount: 313, currency: 'USD' });
  expect(totalAmount(newCart(NOON))).toEqual({ amount: 0, currency: 'USD' });
});

describe('updateCart', () => {
  const attributes = [{ key: 'channel', value: 'app' }];

  it('sets what is given, leaves what is left out, and removes with null, an empty text or an empty list', () => {
    const plain = newCart(NOON, { items: [item(1)], unknown: { later: 1 } });
    const cart = updateCart(plain, { note: 'Ring twice', attributes });
    expect(cart).toStrictEqual({ ...plain, note: 'Ring twice', attributes });
    expect(updateCart(cart, {})).toStrictEqual(cart);
    expect(updateCart(cart, { note: 'Once' })).toStrictEqual({ ...cart, note: 'Once' });
    for (const nothing of [null, '']) {
      expect(updateCart(cart, { note: nothing })).toStrictEqual({ ...plain, attributes });
    }
    for (const nothing of [null, []]) {
      expect(updateCart(cart, { attributes: nothing })).toStrictEqual({ ...plain, note: 'Ring twice' });
    }
  });

  it('a note has at most 1,000 characters that every database can keep', () => {
    expect(() => {
      checkNote('漢'.repeat(1000), 'note');
      checkNote('🛒'.repeat(1000), 'note');
      checkNote('two\nlines', 'note');
    }).not.toThrow();
    expect(() => {
      checkNote('x'.repeat(1001), 'input.note');
    }).toThrow('input.note must have at most 1000 characters');
    for (const bad of ['\0', '\ud800']) {
      expect(() => {
        checkNote(bad, 'note');
      }).toThrow('note must be well-formed Unicode without U+0000');
    }
  });
});
