/** Loads of one moment share what they send, and nothing else: neither failures nor anybody's time. */
import { describe, expect, it, vi } from 'vitest';
import type { CartStore } from '../../src/cart/cart-store.ts';
import { findProductsTogether, loadCartsTogether } from '../../src/stores/load-together.ts';
import { newCart, NOON } from '../support/carts.ts';
import { createMemoryCatalog, product } from '../support/memory-catalog.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function openStore(carts: number) {
  const memory = createMemoryCartStore(() => NOON);
  for (let at = 1; at <= carts; at += 1) await memory.commit([{ after: newCart(NOON, { id: id(at) }) }]);
  const load = vi.fn<CartStore['load']>((...args) => memory.load(...args));
  return { load, store: loadCartsTogether({ ...memory, load }) };
}

describe('carts that are asked for at the same time', () => {
  it('are one load, and each asker gets its own', async () => {
    const { load, store } = await openStore(3);
    const answers = await Promise.all([store.load([id(2)]), store.load([id(9), id(1)]), store.load([id(2)])]);
    expect(answers.map((carts) => carts.map((cart) => cart?.id))).toEqual([
      [id(2)],
      [undefined, id(1)],
      [id(2)],
    ]);
    expect(load).toHaveBeenCalledExactlyOnceWith([id(2), id(9), id(1), id(2)], {});
  });

  it('are apart where one must be consistent, or may have expired', async () => {
    const { load, store } = await openStore(1);
    await Promise.all([
      store.load([id(1)]),
      store.load([id(1)], { consistent: true }),
      store.load([id(1)], { consistent: true, includeExpired: true }),
    ]);
    expect(load.mock.calls.map(([, options]) => options)).toEqual(
      expect.arrayContaining([{}, { consistent: true }, { consistent: true, includeExpired: true }]),
    );
  });

  it('are at most 100 in one load', async () => {
    const { load, store } = await openStore(1);
    await Promise.all(Array.from({ length: 250 }, () => store.load([id(1)])));
    expect(load.mock.calls.map(([ids]) => ids.length)).toEqual([100, 100, 50]);
  });

  it('are loaded anew each time', async () => {
    const { load, store } = await openStore(1);
    await store.load([id(1)]);
    await store.load([id(1)]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('fail alone: one that cannot be read takes no other with it', async () => {
    const memory = createMemoryCartStore(() => NOON);
    await memory.commit([{ after: newCart(NOON, { id: id(1) }) }]);
    const store = loadCartsTogether({
      ...memory,
      load: (ids, options) =>
        ids.includes(id(7)) ? Promise.reject(new Error('cannot be read')) : memory.load(ids, options),
    });
    const [good, bad] = await Promise.allSettled([store.load([id(1)]), store.load([id(7)])]);
    expect(good).toMatchObject({ status: 'fulfilled', value: [{ id: id(1) }] });
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'cannot be read' } });
  });

  it('are not waited for beyond an asker’s own time, nor sent for one whose time is over', async () => {
    const memory = createMemoryCartStore(() => NOON);
    const load = vi.fn<CartStore['load']>(() => new Promise(() => undefined));
    const store = loadCartsTogether({ ...memory, load });
    const time = new AbortController();
    const asked = store.load([id(1)], { signal: time.signal });
    const over = new Error('over');
    time.abort(over);
    await expect(asked).rejects.toBe(over);
    await expect(store.load([id(2)], { signal: time.signal })).rejects.toBe(over);
    await new Promise(setImmediate);
    expect(load.mock.calls.map(([ids]) => ids)).toEqual([[id(1)]]);
  });
});

describe('products that are asked for at the same time', () => {
  it('are one look-up', async () => {
    const memory = createMemoryCatalog(new Map([1, 2].map((number) => [number, product(number)])));
    const findMany = vi.fn(memory.findMany);
    const catalog = findProductsTogether({ ...memory, findMany });
    const found = await Promise.all([catalog.findMany([2]), catalog.findMany([1, 5])]);
    expect(found.map((products) => products.map((one) => one?.id))).toEqual([[2], [1, undefined]]);
    expect(findMany).toHaveBeenCalledExactlyOnceWith([2, 1, 5]);
  });
});
