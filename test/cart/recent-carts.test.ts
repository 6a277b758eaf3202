/** Carts that a process remembers: one round trip where it is safe, and never an answer out of memory alone. */
import { describe, expect, it } from 'vitest';
import type { CartStore } from '../../src/cart/cart-store.ts';
import { createRecentCarts } from '../../src/cart/recent-carts.ts';
import { item, newCart, NOON, TTL } from '../support/carts.ts';
import { interfere, landedUnheard, lostUnheard, type Interference } from '../support/interference.ts';
import { codes, customer, guest, madeCart, openOperations, terms } from '../support/open-operations.ts';

const one = [{ productId: 1, quantity: 1 }];

function openRemembering(list: Interference[] = []) {
  const calls = { loads: 0, commits: 0 };
  const counted = (carts: CartStore): CartStore => ({
    ...carts,
    load: (...args) => {
      calls.loads += 1;
      return carts.load(...args);
    },
    commit: (...args) => {
      calls.commits += 1;
      return carts.commit(...args);
    },
  });
  const test = openOperations((carts) => counted(interfere(carts, list)), createRecentCarts(100_000));
  /** Another process, which shares the store alone. */
  const other = openOperations(() => test.reference);
  const created = async () =>
    madeCart(await test.operations.createCart({ items: one }, terms({ viewer: guest })));
  const since = async (work: () => Promise<unknown>) => {
    const before = { ...calls };
    await work();
    return { loads: calls.loads - before.loads, commits: calls.commits - before.commits };
  };
  const time = {
    ahead: (milliseconds: number) => {
      test.now += milliseconds;
    },
  };
  return { ...test, time, other: other.operations, created, since };
}

describe('a change of a remembered cart', () => {
  it('is one commit, and no load', async () => {
    const { operations, created, since, stored } = openRemembering();
    const cart = await created();
    const change = () => operations.addItems(cart.id, one, terms());
    expect(await since(change)).toEqual({ loads: 0, commits: 1 });
    expect(await since(change)).toEqual({ loads: 0, commits: 1 });
    expect(await stored(cart.id)).toMatchObject({ version: 3, items: [{ quantity: 3 }] });
  });

  it('that somebody else changed meanwhile is applied to what is there, and from then on loads first', async () => {
    const { operations, other, created, since, stored } = openRemembering();
    const cart = await created();
    await other.addItems(cart.id, one, terms());
    const change = () => operations.addItems(cart.id, one, terms());
    expect(await since(change)).toEqual({ loads: 1, commits: 2 });
    expect(await since(change)).toEqual({ loads: 1, commits: 1 });
    expect(await stored(cart.id)).toMatchObject({ version: 4, items: [{ quantity: 4 }] });
  });

  it('is refused only for what is there', async () => {
    const { operations, other, created } = openRemembering();
    const cart = await created();
    await other.addItems(cart.id, [{ productId: 2, quantity: 1 }], terms());
    madeCart(await operations.removeItems(cart.id, [2], terms()));
    const outcome = await operations.removeItems(cart.id, [2], terms());
    expect(codes(outcome)).toEqual(['ITEM_NOT_FOUND']);
    await other.clearCart(cart.id, terms());
    madeCart(await operations.addItems(cart.id, one, terms({ expectedVersion: 4 })));
  });

  it('shows nothing of a cart that somebody else claimed meanwhile', async () => {
    const { operations, other, created } = openRemembering();
    const cart = await created();
    await other.claimCart(cart.id, 9, terms({ viewer: customer(9) }));
    const outcome = await operations.addItems(cart.id, one, terms({ viewer: guest }));
    expect(codes(outcome)).toEqual(['CART_NOT_FOUND']);
    expect(outcome.carts).toEqual([undefined]);
  });

  it('answers a replay with the cart as it is there', async () => {
    const { operations, other, created } = openRemembering();
    const cart = await created();
    const key = terms({ idempotencyKey: 'k' });
    await operations.addItems(cart.id, one, key);
    await other.addItems(cart.id, one, terms());
    const outcome = await operations.addItems(cart.id, one, key);
    expect(outcome).toMatchObject({ replayed: true, carts: [{ version: 3 }] });
  });

  it('happens once when the answer to its commit was lost', async () => {
    const list: Interference[] = [];
    const { operations, created, stored } = openRemembering(list);
    const cart = await created();
    for (const lost of [landedUnheard(2), lostUnheard()]) {
      list.push(lost);
      madeCart(await operations.addItems(cart.id, one, terms()));
    }
    expect((await stored(cart.id))?.items[0]?.quantity).toBe(3);
  });

  it('past the cart’s expiry, or after its deletion, finds nothing', async () => {
    const test = openRemembering();
    const [expired, deleted] = [await test.created(), await test.created()];
    await test.operations.deleteCart(deleted.id, terms());
    expect(codes(await test.operations.addItems(deleted.id, one, terms()))).toEqual(['CART_NOT_FOUND']);
    test.time.ahead(TTL);
    expect(codes(await test.operations.addItems(expired.id, one, terms()))).toEqual(['CART_NOT_FOUND']);
  });
});

describe('the memory', () => {
  const cartOf = (items: number) =>
    newCart(NOON, { items: Array.from({ length: items }, (_, at) => item(at + 1)) });

  it('has a size: what was changed longest ago goes first', () => {
    const recent = createRecentCarts(3 * 4_000);
    const carts = Array.from({ length: 20 }, () => cartOf(20));
    for (const cart of carts) recent.remember(cart);
    const kept = carts.filter(({ id }) => recent.find(id));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(carts.slice(-kept.length));
    const huge = cartOf(500);
    recent.remember(huge);
    expect(recent.find(huge.id)).toBeUndefined();
    expect(recent.find(carts.at(-1)?.id ?? '')).toBeDefined();
  });

  it('keeps nothing of a cart that is forgotten or distrusted', () => {
    const recent = createRecentCarts(100_000);
    const [a, b] = [cartOf(1), cartOf(1)];
    recent.remember(a);
    recent.remember(b);
    recent.forget(a.id);
    recent.distrust(b.id);
    recent.remember(b);
    expect([recent.find(a.id), recent.find(b.id)]).toEqual([undefined, undefined]);
    recent.remember(a);
    expect(recent.find(a.id)).toBe(a);
  });
});
