/** Who sees which carts. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CartStore, LoadOptions } from '../../src/stores/cart-store.ts';
import { UnreadableCart } from '../../src/stores/unreadable-record.ts';
import { PermissionError } from '../../src/cart/viewer.ts';
import { TTL } from '../support/carts.ts';
import { customer, guest, madeCart, openOperations, staff, terms } from '../support/open-operations.ts';

const bad = randomUUID();

describe('reading', () => {
  it('is positional, and shows everybody only what is theirs to see', async () => {
    const test = openOperations();
    const [free, mine, gone] = [
      await test.created(),
      await test.created({ customerId: '5' }),
      await test.created(),
    ];
    await test.operations.deleteCart(gone.id, terms());
    const ids = [mine.id, gone.id, free.id, randomUUID(), mine.id];
    const found = (viewer: typeof staff) => test.operations.findCarts(ids, terms({ viewer }));
    expect(await found(staff)).toEqual([mine, undefined, free, undefined, mine]);
    expect(await found(customer(5))).toEqual([mine, undefined, free, undefined, mine]);
    for (const viewer of [customer(6), guest]) {
      expect(await found(viewer)).toEqual([undefined, undefined, free, undefined, undefined]);
    }
    test.now += TTL;
    expect(await found(staff)).toEqual(ids.map(() => undefined));
  });

  it('shows no stale guest cart that has been claimed meanwhile', async () => {
    // A store whose inconsistent reads still show the carts as they were first.
    const lagging = (carts: CartStore): CartStore => {
      const first = new Map<string, Awaited<ReturnType<CartStore['load']>>[number]>();
      return {
        ...carts,
        async load(ids: readonly string[], options?: LoadOptions) {
          const now = await carts.load(ids, options);
          ids.forEach((id, index) => first.has(id) || first.set(id, now[index]));
          return options?.consistent ? now : ids.map((id) => first.get(id));
        },
      };
    };
    const test = openOperations(lagging);
    const cart = await test.created();
    const found = (viewer: typeof staff) => test.operations.findCarts([cart.id, cart.id], terms({ viewer }));
    expect(await found(staff)).toEqual([cart, cart]);
    const claimed = madeCart(await test.operations.claimCart(cart.id, '5', terms()));
    expect(await found(guest)).toEqual([undefined, undefined]);
    expect(await found(customer(6))).toEqual([undefined, undefined]);
    expect(await found(customer(5))).toEqual([claimed, claimed]);
  });

  it('lists the carts of a customer to that customer and staff', async () => {
    const test = openOperations();
    const mine = await test.created({ customerId: '5' });
    const listed = (viewer: typeof staff) => test.operations.listCarts('5', { first: 10 }, terms({ viewer }));
    expect((await listed(customer(5))).entries).toEqual([mine]);
    expect((await listed(staff)).entries).toEqual([mine]);
    await expect(listed(customer(6))).rejects.toThrow(PermissionError);
    await expect(listed(guest)).rejects.toThrow(PermissionError);
  });

  it('and creating for another customer is not permitted', async () => {
    const { operations } = openOperations();
    for (const viewer of [customer(6), guest]) {
      await expect(operations.createCart({ customerId: '5' }, terms({ viewer }))).rejects.toThrow(
        PermissionError,
      );
    }
  });
});

it('one cart that cannot be read is an error in its own place', async () => {
  const test = openOperations((carts) => ({
    ...carts,
    load: (ids, options) =>
      ids.includes(bad) ? Promise.reject(new UnreadableCart(bad, null, 'status')) : carts.load(ids, options),
  }));
  const [a, b] = [await test.created(), await test.created()];
  const found = await test.operations.findEachCart([a.id, bad, b.id], terms());
  expect(found).toEqual([a, expect.any(UnreadableCart), b]);
  expect((found[1] as Error).message).not.toContain(bad);
  await expect(test.operations.findEachCart([bad], terms())).rejects.toThrow(UnreadableCart);
});
