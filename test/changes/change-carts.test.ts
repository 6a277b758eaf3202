/** Conflicts, lost answers and deadlines: every change takes effect at most once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UnknownOutcome } from '../../src/changes/unknown-outcome.ts';
import type { Cart } from '../../src/cart/cart.ts';
import { item } from '../support/carts.ts';
import {
  conflict,
  interfere,
  landedUnheard,
  lostUnheard,
  overtaken,
  type Interference,
} from '../support/interference.ts';
import { codes, customer, madeCart, openOperations, staff, terms } from '../support/open-operations.ts';

const two = [{ productId: '1', quantity: 2 }];

async function openWith(...list: Interference[]) {
  const test = openOperations((carts) => interfere(carts, list));
  const cart = await test.created({ items: [item(1)] });
  const quantity = async () => (await test.stored(cart.id))?.items[0]?.quantity;
  return { ...test, cart, quantity, list };
}

describe('a conflict', () => {
  it.each([1, 2, 5, 12])('met %i times is overcome', async (times) => {
    const { operations, cart, quantity } = await openWith(...Array<Interference>(times).fill(conflict));
    const outcome = await operations.addItems(cart.id, two, terms());
    expect(madeCart(outcome).version).toBe(2);
    expect(outcome.replayed).toBe(false);
    expect(await quantity()).toBe(3);
  });

  it('lets the change be applied to what a rival left', async () => {
    const { operations, cart, quantity } = await openWith(overtaken(1), overtaken(3));
    expect(madeCart(await operations.addItems(cart.id, two, terms())).version).toBe(6);
    expect(await quantity()).toBe(3);
  });

  it('lets the expected version be checked again', async () => {
    const { operations, cart, quantity } = await openWith(overtaken(1));
    const outcome = await operations.addItems(cart.id, two, terms({ expectedVersion: 1 }));
    expect(outcome.problems).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 2, field: ['expectedVersion'] },
    ]);
    expect(outcome.carts[0]?.version).toBe(2);
    expect(await quantity()).toBe(1);
  });

  it('without end is given up with the signal’s reason when the time is over', async () => {
    const reason = new Error('time is over');
    const deadline = new AbortController();
    let tries = 0;
    const endless: Interference = (...args) => {
      tries += 1;
      list.push(endless);
      if (tries === 4) deadline.abort(reason);
      return conflict(...args);
    };
    const { operations, cart, quantity, list } = await openWith(endless);
    const change = operations.addItems(cart.id, two, terms({ signal: deadline.signal }));
    await expect(change).rejects.toBe(reason);
    expect(tries).toBe(4);
    expect(await quantity()).toBe(1);
  });

  it('before a creation lands is overcome', async () => {
    const { operations, stored } = await openWith(conflict, lostUnheard(), conflict);
    const cart = madeCart(await operations.createCart({ items: two }, terms()));
    expect(cart).toMatchObject({ version: 1, items: [{ productId: '1', quantity: 2 }] });
    expect(await stored(cart.id)).toEqual(cart);
  });
});

describe('an answer that was lost', () => {
  it.each([0, 1, 20, 31])('is found again after %i other changes', async (rivals) => {
    const { operations, cart, quantity } = await openWith(landedUnheard(rivals));
    const outcome = await operations.addItems(cart.id, two, terms());
    expect(madeCart(outcome).version).toBe(2 + rivals);
    expect(outcome.replayed).toBe(false);
    expect(await quantity()).toBe(3);
  });

  it.each([32, 33, 50])('cannot be found after %i other changes, and is never guessed', async (rivals) => {
    for (const loss of [landedUnheard(rivals), lostUnheard(rivals + 1)]) {
      const { operations, cart, quantity, stored } = await openWith(loss);
      await expect(operations.addItems(cart.id, two, terms())).rejects.toThrow(UnknownOutcome);
      expect((await stored(cart.id))?.version).toBe(2 + rivals);
      expect([1, 3]).toContain(await quantity());
    }
  });

  it.each([0, 1, 20, 31, 32])('to a change that never arrived: made after %i others', async (rivals) => {
    const { operations, cart, quantity } = await openWith(lostUnheard(rivals));
    expect(madeCart(await operations.addItems(cart.id, two, terms())).version).toBe(2 + rivals);
    expect(await quantity()).toBe(3);
  });

  it('twice over', async () => {
    const { operations, cart, quantity } = await openWith(lostUnheard(5), landedUnheard(5));
    expect(madeCart(await operations.addItems(cart.id, two, terms())).version).toBe(12);
    expect(await quantity()).toBe(3);
  });

  it('is no longer in doubt once the cart has shown that the change did not land', async () => {
    const { operations, cart, quantity } = await openWith(lostUnheard(20), overtaken(40));
    expect(madeCart(await operations.addItems(cart.id, two, terms())).version).toBe(62);
    expect(await quantity()).toBe(3);
  });

  it('stays in doubt while the lost change may still arrive', async () => {
    let late: (() => Promise<void>) | undefined;
    const delayed: Interference = async (commit, carts, writes) => {
      late = commit;
      await lostUnheard()(commit, carts, writes);
    };
    const arrives: Interference = async (commit) => {
      await late?.();
      await commit();
    };
    const { operations, cart, quantity } = await openWith(delayed, arrives);
    expect(madeCart(await operations.addItems(cart.id, two, terms())).version).toBe(2);
    expect(await quantity()).toBe(3);
  });

  it('to a creation is found again', async () => {
    const { operations, stored } = await openWith(landedUnheard(3));
    const cart = madeCart(await operations.createCart({ items: two }, terms()));
    expect(cart.version).toBe(4);
    expect(await stored(cart.id)).toEqual(cart);
  });

  it('to a creation with a key is found again, even when much has happened since', async () => {
    const key = randomUUID();
    const { operations } = await openWith(landedUnheard(3));
    const cart = madeCart(await operations.createCart({ items: two }, terms({ idempotencyKey: key })));
    expect(cart).toMatchObject({ version: 4, items: [{ quantity: 2 }] });
  });

  it('to a deletion is found again', async () => {
    const { operations, cart, stored } = await openWith(landedUnheard());
    const outcome = await operations.deleteCart(cart.id, terms());
    expect(outcome).toEqual({ carts: [undefined], problems: [], replayed: false });
    expect(await stored(cart.id)).toMatchObject({ status: 'DELETED', version: 2 });
  });

  it('to a check-out is found again, with its order', async () => {
    const { operations, cart, stored } = await openWith(landedUnheard());
    const input = { cartId: cart.id, acceptCartPrices: true };
    const { orderId } = madeCart(await operations.checkOut(input, terms()));
    expect(orderId).toBe((await stored(cart.id))?.orderId);
    expect(orderId).toBeDefined();
  });

  it('to a merge is found again in the target', async () => {
    const test = await openWith(landedUnheard(20));
    const source = await test.created({ items: [item(1, 4)] });
    const outcome = await test.operations.mergeCarts(
      { sourceCartId: source.id, targetCartId: test.cart.id, strategy: 'SUM' },
      terms(),
    );
    expect(madeCart(outcome).version).toBe(22);
    expect(outcome.carts[1]).toMatchObject({ status: 'MERGED', version: 2, items: [] });
    expect(await test.quantity()).toBe(5);
  });

  it('is not mistaken for another change that meanwhile used the same key', async () => {
    const key = 'the same key';
    const takesKey: Interference = async (...args) => {
      await second.operations.addItems(cart.id, [{ productId: '9', quantity: 9 }], keyed);
      return lostUnheard()(...args);
    };
    const keyed = terms({ idempotencyKey: key });
    const first = openOperations((carts) => interfere(carts, [takesKey]));
    const cart = await first.created({ items: [item(1)] });
    // Two processes on one store: the second has a queue of its own.
    const second = openOperations(() => first.reference);
    const outcome = await first.operations.addItems(cart.id, two, keyed);
    expect(codes(outcome)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(outcome.carts[0]?.items).toMatchObject([{ quantity: 1 }, { productId: '9', quantity: 9 }]);
  });
});

describe('several carts', () => {
  it('merged in opposite directions at once: one merge wins, nothing is lost', async () => {
    const test = openOperations();
    for (let round = 0; round < 20; round += 1) {
      const [a, b] = [
        await test.created({ items: [item(1, 3)] }),
        await test.created({ items: [item(2, 4)] }),
      ];
      const merge = (source: Cart, target: Cart) =>
        test.operations.mergeCarts(
          { sourceCartId: source.id, targetCartId: target.id, strategy: 'SUM' },
          terms({ viewer: round % 2 ? staff : customer(5) }),
        );
      const outcomes = await Promise.all([merge(a, b), merge(b, a)]);
      expect(outcomes.map(codes)).toEqual([[], ['CART_NOT_ACTIVE']]);
      const stored = (await test.reference.load([a.id, b.id])) as [Cart, Cart];
      expect(stored.map((cart) => cart.status)).toEqual(['MERGED', 'ACTIVE']);
      expect(stored[1].items.map((entry) => entry.quantity)).toEqual([4, 3]);
    }
  });
});

describe('64 parallel changes', () => {
  it('in one process each take effect once', async () => {
    const { operations, created, stored } = openOperations();
    const cart = await created();
    const one = [{ productId: '1', quantity: 1 }];
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, () => operations.addItems(cart.id, one, terms())),
    );
    expect(outcomes.flatMap(codes)).toEqual([]);
    expect(new Set(outcomes.map((outcome) => outcome.carts[0]?.version)).size).toBe(64);
    expect(await stored(cart.id)).toMatchObject({ version: 65, items: [{ quantity: 64 }] });
  });

  it('in four processes each take effect once', async () => {
    const first = openOperations();
    const processes = [first, ...[1, 2, 3].map(() => openOperations(() => first.reference))];
    const cart = await first.created();
    const one = [{ productId: '1', quantity: 1 }];
    await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const outcome = await processes[index % 4]?.operations.addItems(cart.id, one, terms());
        expect(outcome?.problems).toEqual([]);
      }),
    );
    expect(await first.stored(cart.id)).toMatchObject({ version: 65, items: [{ quantity: 64 }] });
  });
});
