/** The one active cart: every case, and races between two instances of the service. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pointerId } from '../../src/cart/active-cart.ts';
import type { Cart } from '../../src/cart/cart.ts';
import { InputError } from '../../src/cart/input-error.ts';
import { PermissionError } from '../../src/cart/viewer.ts';
import { item, TTL } from '../support/carts.ts';
import {
  codes,
  customer,
  guest,
  madeCart,
  openOperations,
  staff,
  terms,
} from '../support/open-operations.ts';

const ada = customer('auth0|ada');
const mine = (key?: string) => terms({ viewer: ada, idempotencyKey: key });
const one = [{ productId: '1', quantity: 1 }];

function openTest() {
  const test = openOperations();
  const { operations } = test;
  const open = async (guestCartId?: string, key?: string) =>
    operations.openCart({ guestCartId, strategy: 'SUM' }, mine(key));
  const opened = async (guestCartId?: string, key?: string) => madeCart(await open(guestCartId, key));
  const active = () => operations.findActiveCart('auth0|ada', mine());
  return Object.assign(test, { open, opened, active });
}

describe('openCart without a guest’s cart', () => {
  it('makes a cart once, and answers it from then on', async () => {
    const { opened, active } = openTest();
    expect(await active()).toBeUndefined();
    const cart = await opened();
    expect(cart).toMatchObject({ customerId: 'auth0|ada', status: 'ACTIVE', version: 1, items: [] });
    expect(await opened()).toEqual(cart);
    expect(await active()).toEqual(cart);
  });

  it.each<[string, (test: ReturnType<typeof openTest>, id: string) => Promise<unknown>]>([
    [
      'checked out',
      ({ operations }, id) => operations.checkOut({ cartId: id, acceptCartPrices: true }, mine()),
    ],
    ['deleted', ({ operations }, id) => operations.deleteCart(id, mine())],
    [
      'merged',
      async ({ operations, created }, id) => {
        const other = await created({ customerId: 'auth0|ada' });
        await operations.mergeCarts({ sourceCartId: id, targetCartId: other.id, strategy: 'SUM' }, mine());
      },
    ],
  ])('makes a new one when that is %s', async (_name, end) => {
    const test = openTest();
    const first = await test.opened();
    await test.operations.addItems(first.id, one, mine());
    await end(test, first.id);
    expect(await test.active()).toBeUndefined();
    const second = await test.opened();
    expect(second.id).not.toBe(first.id);
    expect(await test.opened()).toEqual(second);
  });

  it('makes a new one when that has expired', async () => {
    const test = openTest();
    const first = await test.opened();
    test.now += TTL;
    expect(await test.active()).toBeUndefined();
    expect((await test.opened()).id).not.toBe(first.id);
  });

  it('is another customer’s own, and leaves createCart and claimCart alone', async () => {
    const { operations, opened, active } = openTest();
    const cart = await opened();
    const others = madeCart(await operations.openCart({ strategy: 'SUM' }, terms({ viewer: customer(7) })));
    expect(others).toMatchObject({ customerId: '7' });
    const further = madeCart(await operations.createCart({ customerId: 'auth0|ada' }, mine()));
    expect(further.id).not.toBe(cart.id);
    expect(await active()).toEqual(cart);
  });

  it('is for the customer and staff', async () => {
    const { operations } = openTest();
    const input = { strategy: 'SUM', customerId: 'auth0|ada' } as const;
    const cart = madeCart(await operations.openCart(input, terms({ viewer: staff })));
    expect(madeCart(await operations.openCart(input, mine()))).toEqual(cart);
    for (const viewer of [guest, customer(7)]) {
      await expect(operations.openCart(input, terms({ viewer }))).rejects.toThrow(PermissionError);
      await expect(operations.findActiveCart('auth0|ada', terms({ viewer }))).rejects.toThrow(
        PermissionError,
      );
    }
  });

  it('keeps its pointer out of everybody’s sight', async () => {
    const { operations, opened } = openTest();
    const cart = await opened();
    const id = pointerId('auth0|ada');
    expect(await operations.findCarts([id], terms())).toEqual([undefined]);
    expect(codes(await operations.addItems(id, one, terms()))).toEqual(['CART_NOT_FOUND']);
    expect(codes(await operations.deleteCart(id, terms()))).toEqual(['CART_NOT_FOUND']);
    const page = await operations.listCarts('auth0|ada', { first: 10 }, terms());
    expect(page.entries).toEqual([cart]);
  });
});

describe('openCart with a guest’s cart', () => {
  const guests = (test: ReturnType<typeof openTest>, partial: Partial<Cart> = {}) =>
    test.created({ items: [item(1, 2)], ...partial });

  it('claims it where there is no active one', async () => {
    const test = openTest();
    const cart = await guests(test);
    const claimed = await test.opened(cart.id);
    expect(claimed).toMatchObject({ id: cart.id, customerId: 'auth0|ada', version: 2, items: [item(1, 2)] });
    expect(await test.active()).toEqual(claimed);
    expect(await test.opened(cart.id)).toEqual(claimed);
  });

  it('merges it into the active one, by the strategy', async () => {
    const test = openTest();
    const { id } = await test.opened();
    await test.operations.addItems(id, one, mine());
    const cart = await guests(test);
    const merged = await test.opened(cart.id);
    expect(merged).toMatchObject({ id, version: 3, items: [item(1, 3)] });
    expect(await test.stored(cart.id)).toMatchObject({ status: 'MERGED', mergedIntoCartId: id, items: [] });
    expect(await test.opened(cart.id)).toEqual(merged);
  });

  it('answers the active one where that cart is gone, somebody else’s, checked out or no cart at all', async () => {
    const test = openTest();
    const active = await test.opened();
    const { operations } = test;
    const checkedOut = await guests(test);
    await operations.checkOut({ cartId: checkedOut.id, acceptCartPrices: true }, terms());
    const deleted = await guests(test);
    await operations.deleteCart(deleted.id, terms());
    const expired = await guests(test);
    const others = await guests(test, { customerId: '7' });
    const own = await guests(test, { customerId: 'auth0|ada' });
    const ids = [checkedOut, deleted, others, own].map(({ id }) => id);
    for (const id of [...ids, pointerId('auth0|ada'), randomUUID()])
      expect(await test.opened(id)).toEqual(active);
    test.now += TTL - 1000;
    await operations.updateCart(active.id, { note: 'still here' }, mine());
    test.now += 1000;
    expect(await test.opened(expired.id)).toMatchObject({ id: active.id, version: 2 });
    for (const cart of [others, own]) expect((await test.stored(cart.id))?.version ?? 1).toBe(1);
  });

  it('leaves it alone where the active one is in another currency, from before the deployment’s was changed', async () => {
    const test = openTest();
    const cart = await guests(test, { currency: 'JPY', customerId: 'auth0|ada' });
    const active = await test.opened(cart.id);
    expect(active).toMatchObject({ id: cart.id, currency: 'JPY' });
    const other = await guests(test);
    expect(await test.opened(other.id)).toEqual(active);
    expect(await test.stored(other.id)).toMatchObject({ status: 'ACTIVE', version: 1 });
  });

  it('opens a new one where there is none, and that cart cannot be had', async () => {
    const test = openTest();
    const others = await guests(test, { customerId: '7' });
    const cart = await test.opened(others.id);
    expect(cart.id).not.toBe(others.id);
    expect(cart.items).toEqual([]);
  });

  it('takes the customer’s own cart for the active one where there is none', async () => {
    const test = openTest();
    const own = await guests(test, { customerId: 'auth0|ada' });
    expect(await test.opened(own.id)).toMatchObject({ id: own.id, items: [item(1, 2)] });
    expect((await test.active())?.id).toBe(own.id);
  });

  it('changes nothing when a merge would exceed a limit', async () => {
    const test = openTest();
    const { id } = await test.opened();
    const active = madeCart(await test.operations.addItems(id, [{ productId: '1', quantity: 9998 }], mine()));
    const cart = await guests(test);
    const outcome = await test.open(cart.id);
    expect(outcome).toMatchObject({
      carts: [active],
      problems: [{ code: 'QUANTITY_LIMIT_EXCEEDED', field: ['guestCartId'] }],
    });
    expect(await test.stored(cart.id)).toEqual(cart);
  });
});

describe('openCart for a guest', () => {
  const asGuest = (idempotencyKey?: string) => terms({ viewer: guest, idempotencyKey });

  it('makes a guest’s cart, or answers the one that is named', async () => {
    const test = openTest();
    const cart = madeCart(await test.operations.openCart({ strategy: 'SUM' }, asGuest()));
    expect('customerId' in cart).toBe(false);
    const input = { strategy: 'SUM', guestCartId: cart.id } as const;
    expect(madeCart(await test.operations.openCart(input, asGuest()))).toEqual(cart);
    expect(madeCart(await test.operations.openCart(input, terms({ viewer: staff })))).toEqual(cart);
    await test.operations.claimCart(cart.id, 'auth0|ada', mine());
    expect(madeCart(await test.operations.openCart(input, asGuest())).id).not.toBe(cart.id);
  });

  it('makes it once with a key, which must be a UUID', async () => {
    const { operations } = openTest();
    const key = randomUUID();
    const cart = madeCart(await operations.openCart({ strategy: 'SUM' }, asGuest(key)));
    expect(await operations.openCart({ strategy: 'SUM' }, asGuest(key))).toMatchObject({
      carts: [cart],
      replayed: true,
    });
    await expect(operations.openCart({ strategy: 'SUM' }, asGuest('my key'))).rejects.toThrow(InputError);
  });
});

describe('openCart with a key', () => {
  it('answers the cart it made as it now stands, also when another is the active one', async () => {
    const test = openTest();
    const { id } = await test.opened(undefined, 'k');
    await test.operations.addItems(id, one, mine());
    const order = madeCart(await test.operations.checkOut({ cartId: id, acceptCartPrices: true }, mine()));
    expect(await test.open(undefined, 'k')).toEqual({ carts: [order], problems: [], replayed: true });
    const next = await test.opened(undefined, 'k2');
    expect(next.id).not.toBe(id);
    expect(await test.open(undefined, 'k')).toMatchObject({ carts: [{ id }], replayed: true });
  });

  it('answers the cart that it claimed, or merged into', async () => {
    const test = openTest();
    const claimed = await test.created({ items: [item(1)] });
    await test.opened(claimed.id, 'claim');
    const merged = await test.created({ items: [item(2)] });
    await test.opened(merged.id, 'merge');
    await test.operations.checkOut({ cartId: claimed.id, acceptCartPrices: true }, mine());
    await test.opened();
    for (const [id, key] of [
      [claimed.id, 'claim'],
      [merged.id, 'merge'],
    ] as const) {
      expect(await test.open(id, key)).toMatchObject({
        carts: [{ id: claimed.id, status: 'CHECKED_OUT', items: [item(1), item(2)] }],
        replayed: true,
      });
    }
  });

  it('is refused for something else, and makes no second cart after a deletion', async () => {
    const test = openTest();
    const cart = await test.opened(undefined, 'k');
    const other = await test.created();
    expect(await test.open(other.id, 'k')).toMatchObject({
      carts: [cart],
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
    await test.operations.deleteCart(cart.id, mine());
    expect(await test.open(undefined, 'k')).toMatchObject({
      carts: [undefined],
      problems: [{ code: 'CART_NOT_FOUND' }],
    });
    expect(await test.active()).toBeUndefined();
  });
});
