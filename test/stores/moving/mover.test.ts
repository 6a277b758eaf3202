/** A move of everything, there and back, over real engines: what a mover does with what a walk has met. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPointer, pointTo } from '../../../src/cart/active-cart.ts';
import { deleteCart, type Cart } from '../../../src/cart/cart.ts';
import { cartOfMarker, fenceFor, isMarker } from '../../../src/cart/moved.ts';
import { UncertainCommit, VersionConflict } from '../../../src/stores/cart-store.ts';
import type { CartWalk, WalkRequest } from '../../../src/stores/cart-walk.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { createMover, type MoveOutcome } from '../../../src/stores/moving/mover.ts';
import { changed, item, newCart, NOON, TTL } from '../../support/carts.ts';
import { directions, engines, type WalkedStore } from './engines.ts';

async function all(
  walk: CartWalk,
  request: Omit<WalkRequest, 'first' | 'after'> = {},
  first = 7,
): Promise<Cart[]> {
  const records: Cart[] = [];
  let after: string | undefined;
  do {
    const page = await walk.walk({ first, ...request, ...(after !== undefined && { after }) });
    expect(page.records.length).toBeLessThanOrEqual(first);
    expect(page.unreadable).toEqual([]);
    records.push(...page.records);
    after = page.next;
  } while (after !== undefined);
  return records;
}

const byId = (carts: readonly Cart[]) => [...carts].sort((a, b) => (a.id < b.id ? -1 : 1));

describe.each(directions)('a move from %s to %s', (from, to) => {
  let now = NOON;
  const clock = () => now;
  let [source, target] = [] as unknown as [WalkedStore, WalkedStore];
  beforeAll(async () => {
    [source, target] = await Promise.all([engines[from](clock), engines[to](clock)]);
  });
  afterAll(() => Promise.all([source.close(), target.close()]));

  const customerId = 'auth0|7';
  const expired = newCart(NOON - TTL, { customerId });
  const carts = [
    ...Array.from({ length: 20 }, (_, at) =>
      newCart(NOON, { customerId: String(at + 1), items: [item(1), item(2, at + 1)] }),
    ),
    newCart(NOON, { customerId, status: 'CHECKED_OUT', orderId: randomUUID(), items: [item(9)] }),
    newCart(NOON, { customerId, status: 'MERGED', mergedIntoCartId: randomUUID() }),
    changed(deleteCart(newCart(NOON)), NOON),
    changed(pointTo(createPointer(customerId, 'USD', NOON), randomUUID()), NOON),
  ];

  it('walks through every record once, whole or in parts, and goes on where it ended', async () => {
    for (const after of carts) await source.carts.commit([{ after }]);
    now = NOON - TTL;
    await source.carts.commit([{ after: expired }]);
    now = NOON;
    expect(byId(await all(source.walk))).toEqual(byId(carts));
    expect(byId(await all(source.walk, { includeExpired: true }))).toEqual(byId([...carts, expired]));
    const parts = [0, 1, 2, 3].map((number) => all(source.walk, { part: { number, of: 4 } }, 3));
    expect(byId((await Promise.all(parts)).flat())).toEqual(byId(carts));
    expect(await all(target.walk)).toEqual([]);
  });

  it('hands over all that has not expired, once, and nothing is different there', async () => {
    const mover = createMover({ source: source.carts, target: target.carts }, clock);
    const records = await all(source.walk, { includeExpired: true });
    const outcomes = await Promise.all([mover.handOver(records), mover.handOver(records)]);
    const counts = new Map<MoveOutcome, number>();
    for (const outcome of outcomes.flat()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    expect(counts.get('moved')).toBe(carts.length);
    expect(counts.get('expired')).toBe(2);
    expect(byId(await all(target.walk))).toEqual(byId(carts).map((cart) => ({ ...cart, moves: 1 })));
    const left = await all(source.walk);
    expect(left.every(isMarker)).toBe(true);
    expect(byId(left).map(cartOfMarker)).toEqual(byId(carts).map((cart) => ({ ...cart, moves: 1 })));
    expect(new Set(await mover.handOver(left))).toEqual(new Set(['there']));
  });

  it('goes back, over the markers, with what was changed', async () => {
    const [first] = carts as [Cart];
    const there = createMovingCartStore({
      source: source.carts,
      target: target.carts,
      phase: 'handover',
      clock,
    });
    const [loaded] = (await there.load([first.id], { consistent: true })) as [Cart];
    const after = changed(loaded, NOON, { items: [item(2, 5)] });
    await there.commit([{ before: loaded, after }]);
    const mover = createMover({ source: target.carts, target: source.carts }, clock);
    expect(new Set(await mover.handOver(await all(target.walk)))).toEqual(new Set(['moved']));
    const back = [...carts.slice(1), after].map((cart) => ({ ...cart, moves: 2 }));
    expect(byId(await all(source.walk))).toEqual(byId(back));
  });

  it('brings over what a mover left half way, and takes no answer for one', async () => {
    const cart = newCart(NOON, { items: [item(4)] });
    await source.carts.commit([{ after: cart }]);
    const silent = { ...target.carts, commit: () => Promise.reject(new UncertainCommit(new Error('cut'))) };
    const cut = createMover({ source: source.carts, target: silent }, clock);
    const mover = createMover({ source: source.carts, target: target.carts }, clock);
    expect(await cut.handOver([cart])).toEqual(['unknown']);
    const [marker] = (await source.carts.load([cart.id], { consistent: true })) as [Cart];
    expect(await mover.handOver([cart, marker])).toEqual(['changed', 'brought']);
    expect(await target.carts.load([cart.id], { consistent: true })).toEqual([{ ...cart, moves: 1 }]);
    const down = { ...target.carts, commit: () => Promise.reject(new Error('no room on the disk')) };
    const failing = createMover({ source: source.carts, target: down }, clock);
    const next = newCart(NOON);
    await source.carts.commit([{ after: next }]);
    await expect(failing.handOver([next])).rejects.toThrow('no room on the disk');
    const rival = { ...source.carts, commit: () => Promise.reject(new VersionConflict('refused')) };
    expect(
      await createMover({ source: rival, target: target.carts }, clock).handOver([newCart(NOON)]),
    ).toEqual(['changed']);
  });

  it('ends markers without a cart, and leaves the others', async () => {
    const fence = fenceFor(newCart(NOON), 3);
    await target.carts.commit([{ after: fence }]);
    const mover = createMover({ source: source.carts, target: target.carts }, clock);
    const records = await all(target.walk);
    expect(await mover.endFences(records)).toBe(1);
    expect(await all(target.walk)).toEqual(records.filter(({ id }) => id !== fence.id));
    await target.carts.commit([{ after: newCart(NOON, { id: fence.id }) }]);
  });
});
