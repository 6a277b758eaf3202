/** What the phases cost: calls of the two stores for each operation, and none that need not be. */
import { beforeEach, describe, expect, it } from 'vitest';
import { cartIdFromKey } from '../../../src/cart/ids.ts';
import { isMarker } from '../../../src/cart/moved.ts';
import { VersionConflict, type CartStore } from '../../../src/stores/cart-store.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { createMemoryCartStore } from '../../support/memory-store.ts';

const clock = () => NOON;
const plain = { source: createMemoryCartStore(clock), target: createMemoryCartStore(clock) };
const calls: string[] = [];

function counted(name: string, store: CartStore): CartStore {
  return {
    ...store,
    load(ids, options) {
      calls.push(`${name} ${options?.consistent ? 'strong' : 'eventual'}`);
      return store.load(ids, options);
    },
    commit(writes, options) {
      calls.push(`${name} ${writes.map(({ after }) => (isMarker(after) ? 'marker' : 'cart')).join('+')}`);
      return store.commit(writes, options);
    },
  };
}

const pair = { source: counted('S', plain.source), target: counted('T', plain.target) };
const follow = createMovingCartStore({ ...pair, phase: 'follow', clock });
const handover = createMovingCartStore({ ...pair, phase: 'handover', clock });

const inSource = async () => {
  const cart = newCart(NOON, { items: [item(1)] });
  await plain.source.commit([{ after: cart }]);
  return cart;
};
const inTarget = async () => {
  const cart = await inSource();
  expect(await createMover(plain, clock).handOver([cart])).toEqual(['moved']);
  return cart;
};
/** As the service does; a second one looks again. */
async function makeKeyed(store: CartStore): Promise<void> {
  const after = keyed();
  expect(await store.load([after.id], { consistent: true, includeExpired: true })).toEqual([undefined]);
  calls.push('|');
  await store.commit([{ after }]);
  const made = calls.length;
  await expect(store.commit([{ after }])).rejects.toThrow(VersionConflict);
  expect(calls.splice(made).length).toBeGreaterThan(0);
}

const keyed = () => newCart(NOON, { id: cartIdFromKey(String(Math.random()), '7', 'key') });

async function read(store: CartStore, id: string, consistent = false) {
  const [cart] = await store.load([id], { consistent });
  if (!cart) throw new Error('There is no cart');
  return cart;
}
async function change(store: CartStore, ...ids: string[]) {
  const found = await store.load(ids, { consistent: true });
  const writes = found.map((before) => ({ before: before as never, after: changed(before as never, NOON) }));
  calls.push('|');
  await store.commit(writes);
}

beforeEach(() => {
  calls.length = 0;
});

describe('in follow', () => {
  it.each([
    ['a cart of the source is read', async () => read(follow, (await inSource()).id), 'S eventual'],
    ['one of the target', async () => read(follow, (await inTarget()).id), 'S eventual, T strong'],
    [
      'a cart of the source is changed',
      async () => change(follow, (await inSource()).id),
      'S strong, |, S cart',
    ],
    ['one of the target', async () => change(follow, (await inTarget()).id), 'S strong, T strong, |, T cart'],
    [
      'two of the source are',
      async () => change(follow, (await inSource()).id, (await inSource()).id),
      'S strong, |, S cart+cart',
    ],
    [
      'two are, of which one is in the target',
      async () => change(follow, (await inSource()).id, (await inTarget()).id),
      'S strong, T strong, |, T strong, S marker, T cart, T cart+cart',
    ],
    ['a cart is made', () => follow.commit([{ after: newCart(NOON) }]), 'S cart'],
    ['one is made with a key', () => follow.commit([{ after: keyed() }]), 'S strong, T strong, S cart'],
    ['one is made with a key, after its load', () => makeKeyed(follow), 'S strong, T strong, |, S cart'],
  ])('%s: %s', async (_name, act, expected) => {
    await act();
    expect(calls.join(', ')).toBe(expected);
  });
});

describe('in handover', () => {
  it.each([
    ['a cart of the target is read', async () => read(handover, (await inTarget()).id), 'T eventual'],
    ['one of the source', async () => read(handover, (await inSource()).id), 'T eventual, S eventual'],
    [
      'one of the source, strongly',
      async () => read(handover, (await inSource()).id, true),
      'T strong, S strong',
    ],
    [
      'a cart of the target is changed',
      async () => change(handover, (await inTarget()).id),
      'T strong, |, T cart',
    ],
    [
      'one of the source',
      async () => change(handover, (await inSource()).id),
      'T strong, S strong, |, T strong, S marker, T cart, T cart',
    ],
    ['a cart is made', () => handover.commit([{ after: newCart(NOON) }]), 'T cart'],
    [
      'one is made with a key',
      () => handover.commit([{ after: keyed() }]),
      'T strong, S strong, S marker, T cart',
    ],
    [
      'one is made with a key, after its load',
      () => makeKeyed(handover),
      'T strong, S strong, |, S marker, T cart',
    ],
  ])('%s: %s', async (_name, act, expected) => {
    await act();
    expect(calls.join(', ')).toBe(expected);
  });
});

it('a cart that has moved since it was loaded is a conflict, and is found where it is now', async () => {
  const { id } = await inSource();
  const before = await read(follow, id, true);
  await createMover(plain, clock).handOver([before]);
  const after = changed(before, NOON);
  await expect(follow.commit([{ before, after }])).rejects.toThrow(VersionConflict);
  await change(follow, id);
  expect(await plain.target.load([id])).toMatchObject([{ version: 2, moves: 1 }]);
});

it('a repeated id is asked for once, and answered at each place', async () => {
  const [a, b] = [await inSource(), await inTarget()];
  const found = await handover.load([a.id, b.id, a.id, 'nobody', b.id]);
  expect(found.map((cart) => cart?.id)).toEqual([a.id, b.id, a.id, undefined, b.id]);
});
