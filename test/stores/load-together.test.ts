/** Loads of one moment share what they send, and nothing else: neither failures nor anybody's time. */
import { describe, expect, it, vi } from 'vitest';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { findProductsTogether, loadCartsTogether, MOST_AT_ONCE } from '../../src/stores/load-together.ts';
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

describe('lists of carts', () => {
  /** A store that says how many carts it is loading, and answers when it is told to. */
  function openSlow() {
    const memory = createMemoryCartStore(() => NOON);
    const waiting: (() => void)[] = [];
    const seen = { now: 0, most: 0 };
    const slowly = async <Result>(carts: number, work: () => Promise<Result>) => {
      seen.now += carts;
      seen.most = Math.max(seen.most, seen.now);
      await new Promise<void>((resolve) => waiting.push(resolve));
      seen.now -= carts;
      return work();
    };
    const store = loadCartsTogether({
      ...memory,
      load: (ids, options) => slowly(ids.length, () => memory.load(ids, options)),
      listByCustomer: (id, page, options) =>
        slowly(page.first, () => memory.listByCustomer(id, page, options)),
    });
    const answerAll = async () => {
      for (let idle = 0; idle < 5; idle += waiting.length > 0 ? -idle : 1) {
        for (const answer of waiting.splice(0)) answer();
        await new Promise(setImmediate);
      }
    };
    return { store, seen, waiting, answerAll };
  }

  it('are loaded a few at a time, whoever asks and however', async () => {
    const { store, seen, answerAll } = openSlow();
    const ids = Array.from({ length: 100 }, (_, at) => id(at));
    const lists = Array.from({ length: 40 }, (_, at) =>
      at % 2 ? store.load(ids) : store.listByCustomer('1', { first: 100 }),
    );
    await answerAll();
    await Promise.all(lists);
    expect(seen).toEqual({ now: 0, most: MOST_AT_ONCE });
  });

  it('do not hold up who asks for a single cart', async () => {
    const { store, seen, answerAll } = openSlow();
    const lists = Array.from({ length: 3 }, () => store.listByCustomer('1', { first: 100 }));
    const single = store.load([id(1)]);
    await new Promise(setImmediate);
    expect(seen.now).toBe(MOST_AT_ONCE + 1);
    await answerAll();
    await Promise.all([...lists, single]);
  });

  it('keep their room until they are there, also when nobody waits for them', async () => {
    const { store, seen, waiting, answerAll } = openSlow();
    const time = new AbortController();
    const over = new Error('over');
    const gone = Array.from({ length: 2 }, () =>
      store.listByCustomer('1', { first: 50 }, { signal: time.signal }),
    );
    const late = store.listByCustomer('1', { first: 100 });
    await new Promise(setImmediate);
    time.abort(over);
    for (const list of gone) await expect(list).rejects.toBe(over);
    expect([seen.now, waiting.length]).toEqual([MOST_AT_ONCE, 2]);
    await answerAll();
    await late;
    expect(seen.most).toBe(MOST_AT_ONCE);
  });
});

describe('products that are asked for at the same time', () => {
  it('are one look-up', async () => {
    const memory = createMemoryCatalog(new Map(['1', '2'].map((id) => [id, product(id)])));
    const findMany = vi.fn(memory.findMany);
    const catalog = findProductsTogether({ ...memory, findMany });
    const found = await Promise.all([catalog.findMany(['2']), catalog.findMany(['1', '5'])]);
    expect(found.map((products) => products.map((one) => one?.id))).toEqual([['2'], ['1', undefined]]);
    expect(findMany).toHaveBeenCalledExactlyOnceWith(['2', '1', '5']);
  });
});
