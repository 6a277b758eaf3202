/** Lists out of two stores: each cart once, wherever it is, in one order; and the cursor goes on behind what was examined. */
import { describe, expect, it } from 'vitest';
import { deleteCart, type Cart } from '../../../src/cart/cart.ts';
import type { CartPosition } from '../../../src/cart/page.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import { phases } from '../../../src/stores/moving/phase.ts';
import { changed, newCart, NOON } from '../../support/carts.ts';
import { createMemoryCartStore } from '../../support/memory-store.ts';

const clock = () => NOON;

/** Twelve carts of a customer, newest first; of some only a marker is in the source, of some the cart is on its way. */
async function open() {
  const pair = { source: createMemoryCartStore(clock), target: createMemoryCartStore(clock) };
  const mover = createMover(pair, clock);
  const carts = Array.from({ length: 12 }, (_, at) =>
    newCart(NOON - Math.floor(at / 3), { customerId: '7' }),
  );
  for (const after of carts) await pair.source.commit([{ after }]);
  carts.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  return { pair, mover, carts };
}

async function walk(store: CartStore, first: number, status?: Cart['status']) {
  const shown: Cart[] = [];
  let after: CartPosition | undefined;
  for (let page = 0; page < 30; page += 1) {
    const asked = { first, ...(after && { after }), ...(status && { status }) };
    const { entries, hasNextPage, resumeAfter } = await store.listByCustomer('7', asked);
    expect(entries.length).toBeLessThanOrEqual(first);
    shown.push(...entries);
    if (!hasNextPage) return shown;
    after = resumeAfter ?? entries.at(-1);
  }
  throw new Error('The list does not end');
}

const ids = (carts: readonly Cart[]) => carts.map(({ id }) => id);

describe.each(phases)('a list in %s', (phase) => {
  it('has each cart once, in order, whichever were handed over', async () => {
    for (const moved of [0b000000000000, 0b111111111111, 0b010101010101, 0b000000111111, 0b111000000111]) {
      const { pair, mover, carts } = await open();
      await mover.handOver(carts.filter((_, at) => (moved >> at) & 1));
      const store = createMovingCartStore({ ...pair, phase, clock });
      for (const first of [1, 2, 5, 12, 20]) expect(ids(await walk(store, first))).toEqual(ids(carts));
    }
  });

  it('leaves out what was deleted since, and what has another status, and is filled all the same', async () => {
    const { pair, mover, carts } = await open();
    await mover.handOver(carts);
    const store = createMovingCartStore({ ...pair, phase, clock });
    for (const cart of carts.slice(0, 6)) {
      const before = { ...cart, moves: 1 };
      await store.commit([{ before, after: changed(deleteCart(before), NOON) }]);
    }
    expect(ids(await walk(store, 2))).toEqual(ids(carts.slice(6)));
    const [page] = [await store.listByCustomer('7', { first: 3 })];
    expect(ids(page.entries)).toEqual(ids(carts.slice(6, 9)));
    expect(await walk(store, 2, 'MERGED')).toEqual([]);
    expect(ids(await walk(store, 2, 'ACTIVE'))).toEqual(ids(carts.slice(6)));
  });

  it('has the cart where a page of a store is behind', async () => {
    const { pair, mover, carts } = await open();
    await mover.handOver(carts.slice(0, 1));
    // As an index that has not heard of the cart yet, or still has it as it was.
    const late = {
      ...pair.target,
      listByCustomer: () => Promise.resolve({ entries: [], hasNextPage: false }),
    };
    const old = {
      ...pair.source,
      listByCustomer: () => Promise.resolve({ entries: [...carts], hasNextPage: false }),
    };
    for (const behind of [{ target: late }, { source: old }]) {
      const store = createMovingCartStore({ ...pair, ...behind, phase, clock });
      expect(ids((await store.listByCustomer('7', { first: 20 })).entries)).toEqual(ids(carts));
    }
  });

  it('ends a page that finds nothing for long, and says where to go on', async () => {
    const { pair, carts } = await open();
    const [cart] = carts as [Cart];
    let asked = 0;
    const empty = {
      ...pair.target,
      listByCustomer: () => {
        asked += 1;
        const resumeAfter = { createdAt: NOON - asked, id: cart.id };
        return Promise.resolve({ entries: [], hasNextPage: true, resumeAfter });
      },
    };
    const none = {
      ...pair.source,
      listByCustomer: () => Promise.resolve({ entries: [], hasNextPage: false }),
    };
    const store = createMovingCartStore({ source: none, target: empty, phase, clock });
    expect(await store.listByCustomer('7', { first: 2 })).toEqual({
      entries: [],
      hasNextPage: true,
      resumeAfter: { createdAt: NOON - 10, id: cart.id },
    });
  });

  it('that only put two pages together would count carts twice: this test would tell', async () => {
    const { pair, mover, carts } = await open();
    await mover.handOver(carts.slice(0, 3));
    const naive: CartStore = {
      ...createMovingCartStore({ ...pair, phase, clock }),
      async listByCustomer(customerId, page) {
        const pages = await Promise.all(
          [pair.target, pair.source].map((store) =>
            store.listByCustomer(customerId, page, { markers: true }),
          ),
        );
        return { entries: pages.flatMap(({ entries }) => entries), hasNextPage: false };
      },
    };
    const shown = (await naive.listByCustomer('7', { first: 20 })).entries;
    expect(new Set(ids(shown)).size).toBeLessThan(shown.length);
  });
});
