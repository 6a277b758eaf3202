/** A commit that was sent and not answered, or answered by a second delivery of its own, is found or made; never a fault. */
import { describe, expect, it } from 'vitest';
import { deleteCart, type Cart } from '../../src/cart/cart.ts';
import { VersionConflict, type CartStore } from '../../src/stores/cart-store.ts';
import { UnknownOutcome } from '../../src/changes/unknown-outcome.ts';
import { changed, item, NOON } from '../support/carts.ts';
import {
  conflict,
  deliveredTwice,
  interfere,
  landedUncertain,
  lostUncertain,
  overtaken,
  type Interference,
} from '../support/interference.ts';
import { codes, openOperations, terms } from '../support/open-operations.ts';

/** A middleman delivers the commit twice, and before its second answer the cart is deleted. */
const deletedSince: Interference = async (commit, carts, writes) => {
  await commit();
  const before = writes[0]?.after as Cart;
  await carts.commit([{ before, after: changed(deleteCart(before), NOON) }]);
  throw new VersionConflict('refused');
};

const two = [{ productId: '1', quantity: 2 }];
const fault = new Error('no connection');
const timeIsOver = new Error('time is over');

async function openWith(list: Interference[], wrap: (carts: CartStore) => CartStore = (carts) => carts) {
  const test = openOperations((carts) => wrap(interfere(carts, list)));
  const cart = await test.created({ items: [item(1)] });
  return { ...test, cart, quantity: async () => (await test.stored(cart.id))?.items[0]?.quantity };
}

describe.each<[string, Interference[]]>([
  ['that landed', [landedUncertain]],
  ['that was lost', [lostUncertain]],
  ['that was lost twice and then landed', [lostUncertain, lostUncertain, landedUncertain]],
  ['that landed behind a conflict', [conflict, landedUncertain]],
  ['that was lost behind a rival', [overtaken(3), lostUncertain]],
  ['that was delivered twice', [deliveredTwice()]],
  ['that was delivered twice before 12 others', [deliveredTwice(12)]],
])('a commit %s', (_, list) => {
  it('adds once', async () => {
    const { operations, cart, quantity } = await openWith([...list]);
    expect(await operations.addItems(cart.id, two, terms())).toMatchObject({
      problems: [],
      replayed: false,
    });
    expect(await quantity()).toBe(3);
  });

  it('adds once with a key', async () => {
    const { operations, cart, quantity } = await openWith([...list]);
    const outcome = await operations.addItems(cart.id, two, terms({ idempotencyKey: 'k' }));
    expect(codes(outcome)).toEqual([]);
    expect(await quantity()).toBe(3);
  });

  it('merges once', async () => {
    const { operations, cart, created, quantity } = await openWith([...list]);
    const source = await created({ items: [item(1, 4)] });
    const input = { sourceCartId: source.id, targetCartId: cart.id, strategy: 'SUM' } as const;
    const outcome = await operations.mergeCarts(input, terms());
    expect(codes(outcome)).toEqual([]);
    expect(outcome.carts[1]).toMatchObject({ status: 'MERGED', version: 2 });
    expect(await quantity()).toBe(5);
  });

  it('makes each of several together once', async () => {
    const { operations, cart, quantity } = await openWith([...list]);
    const adds = Array.from({ length: 20 }, () => operations.addItems(cart.id, two, terms()));
    expect((await Promise.all(adds)).flatMap(codes)).toEqual([]);
    expect(await quantity()).toBe(41);
  });
});

describe.each<[string, Interference]>([
  ['that landed', landedUncertain],
  ['that was lost', lostUncertain],
  ['that was delivered twice', deliveredTwice()],
])('a commit %s', (_, loss) => {
  it('creates, checks out and deletes once', async () => {
    const { operations, stored } = await openWith([loss]);
    const created = await operations.createCart({ items: two }, terms());
    expect(created).toMatchObject({ problems: [], carts: [{ version: 1, items: [{ quantity: 2 }] }] });
    const checkedOut = await openWith([loss]);
    const order = await checkedOut.operations.checkOut(
      { cartId: checkedOut.cart.id, acceptCartPrices: true },
      terms(),
    );
    expect(order).toMatchObject({ problems: [], carts: [{ status: 'CHECKED_OUT', version: 2 }] });
    for (const idempotencyKey of [undefined, 'k']) {
      const deleted = await openWith([loss]);
      const outcome = await deleted.operations.deleteCart(deleted.cart.id, terms({ idempotencyKey }));
      expect(codes(outcome)).toEqual([]);
      expect(await deleted.stored(deleted.cart.id)).toMatchObject({ status: 'DELETED', version: 2 });
    }
    expect(await stored(created.carts[0]?.id ?? '')).toEqual(created.carts[0]);
  });
});

describe('a conflict that answers the commit', () => {
  it.each([undefined, 'k'])(
    'does not hide that the change was made to a cart deleted since (key %s)',
    async (key) => {
      const { operations, cart, quantity } = await openWith([deletedSince]);
      const outcome = await operations.addItems(cart.id, two, terms({ idempotencyKey: key }));
      expect(outcome).toMatchObject({ problems: [], carts: [undefined] });
      expect(await quantity()).toBeUndefined();
    },
  );

  it('is believed when the cart has since forgotten its changes of that time', async () => {
    const { operations, cart, quantity } = await openWith([overtaken(48), overtaken(48)]);
    expect(codes(await operations.addItems(cart.id, two, terms()))).toEqual([]);
    expect(await quantity()).toBe(3);
  });

  it('takes no doubt away that an earlier attempt has left', async () => {
    const { operations, cart } = await openWith([lostUncertain, overtaken(48)]);
    await expect(operations.addItems(cart.id, two, terms())).rejects.toThrow(UnknownOutcome);
  });
});

describe('a cart that cannot be read after an uncertain commit', () => {
  /** Loads fail from the second on, so many times. */
  const unreadable = (times: number) => (carts: CartStore) => {
    let loads = 0;
    return {
      ...carts,
      load: (...args: Parameters<CartStore['load']>) => {
        loads += 1;
        return loads > 1 && loads <= 1 + times ? Promise.reject(fault) : carts.load(...args);
      },
    };
  };

  it.each([
    ['landed', landedUncertain],
    ['was lost', lostUncertain],
  ])('is read again (%s)', async (_, loss) => {
    const { operations, cart, quantity } = await openWith([loss], unreadable(5));
    expect(codes(await operations.addItems(cart.id, two, terms()))).toEqual([]);
    expect(await quantity()).toBe(3);
  });

  it('leaves the outcome unknown when the time is over', async () => {
    const deadline = new AbortController();
    let loads = 0;
    const { operations, cart, quantity } = await openWith([landedUncertain], (carts) => ({
      ...carts,
      load(...args) {
        loads += 1;
        if (loads === 5) deadline.abort(timeIsOver);
        return loads === 1 ? carts.load(...args) : Promise.reject(fault);
      },
    }));
    const failure = operations.addItems(cart.id, two, terms({ signal: deadline.signal }));
    await expect(failure).rejects.toThrow(UnknownOutcome);
    await expect(failure).rejects.toMatchObject({ cause: timeIsOver });
    expect(await quantity()).toBe(3);
  });

  it('is a plain fault when nothing was sent', async () => {
    const { operations, cart, quantity } = await openWith([() => Promise.reject(fault)]);
    await expect(operations.addItems(cart.id, two, terms())).rejects.toBe(fault);
    expect(await quantity()).toBe(1);
  });
});

it('a catalogue that fails after an uncertain commit leaves the outcome unknown', async () => {
  const test = await openWith([lostUncertain]);
  let asked = 0;
  const { findMany } = test.catalog;
  Object.assign(test.catalog, {
    findMany: (...args: Parameters<typeof findMany>) => {
      asked += 1;
      return asked > 1 ? Promise.reject(fault) : findMany(...args);
    },
  });
  const refreshed = test.operations.refreshPrices(test.cart.id, terms());
  await expect(refreshed).rejects.toThrow(UnknownOutcome);
  await expect(refreshed).rejects.toMatchObject({ cause: fault });
});
