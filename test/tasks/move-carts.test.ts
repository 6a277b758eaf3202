/** The steps of a move, on real stores in both directions, and what verify has to find. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { fenceFor, markerOf } from '../../src/cart/moved.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { createMovingCartStore } from '../../src/stores/moving/cart-store.ts';
import { readArguments } from '../../src/tasks/move/arguments.ts';
import { describeVerify } from '../../src/tasks/move/describe-verify.ts';
import { describeStatus, readStatus } from '../../src/tasks/move/status.ts';
import { changed, item, newCart } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import { moveDirections, type MoveDatabases } from '../support/move-databases.ts';
import { openMoveTask } from './move-task.ts';

const now = Date.now();
const CARTS = 230;

describe.each(moveDirections.map((direction) => ({ direction })))('a move $direction', ({ direction }) => {
  const task = openMoveTask(direction);
  const { run, verify, create, loadFrom, handedOver, forget, around } = task;
  let databases: MoveDatabases;
  let source: CartStore;
  let target: CartStore;
  beforeAll(() => ({ databases, source, target } = task.opened()));

  it('hands over all carts, once, while they are changed, by two movers', async () => {
    const carts = await Promise.all(
      Array.from({ length: CARTS }, (_, at) => create(source, at % 2 ? { customerId: String(at) } : {})),
    );
    const shop = createMovingCartStore({ source, target, phase: 'handover', clock: Date.now });
    let isMoving = true;
    let changes = 0;
    async function change(): Promise<void> {
      for (let at = 0; isMoving || at < 10; at += 7) {
        const { id } = carts[at % CARTS] as Cart;
        const [cart] = await shop.load([id], { consistent: true });
        const after = cart && changed(cart, now + at, { note: `change ${at}` });
        // A mover may be faster: then the change is made upon the next look, as the service does.
        if (after)
          await shop.commit([{ before: cart, after }]).then(
            () => (changes += 1),
            () => undefined,
          );
      }
    }
    const shopper = change();
    const reports = await Promise.all([run('--part', '1/2'), run('--part', '2/2')]);
    isMoving = false;
    await shopper;
    expect(reports.map(({ complete, left }) => [complete, left])).toEqual([
      [true, 0],
      [true, 0],
    ]);
    const sum = (of: 'met' | 'handedOver') => reports.reduce((all, report) => all + report[of], 0);
    expect(sum('met')).toBe(CARTS);
    expect(sum('handedOver')).toBeLessThanOrEqual(CARTS);
    const there = await target.load(
      carts.map(({ id }) => id),
      { consistent: true },
    );
    expect(there.every((cart) => cart !== undefined && cart.status === 'ACTIVE')).toBe(true);
    expect(there.reduce((all, cart) => all + ((cart?.version ?? 0) - 1), 0)).toBe(changes);
    const again = await run();
    expect([again.handedOver, again.outcomes.there]).toEqual([0, CARTS]);
    const verified = await verify();
    expect(verified.differences).toBe(0);
    expect([verified.complete, verified.compared]).toEqual([true, CARTS]);
  });

  it('counts what has moved and what has not', async () => {
    await Promise.all([create(source), create(source)]);
    const report = await readStatus(databases.move, readArguments(['status']), around());
    expect(report).toMatchObject({
      phase: 'handover',
      left: 2,
      perSecond: 0,
      source: { counts: { carts: { ACTIVE: 2 }, markers: CARTS } },
      target: { counts: { carts: { ACTIVE: CARTS }, markers: 0 } },
    });
    expect(describeStatus(report)).toContain('left to hand over: 2');
    expect((await run()).handedOver).toBe(2);
  });

  /** What is done to a cart that was handed over, and what verify says of it then. */
  const planted: Record<string, [(cart: Cart) => Partial<Cart>, object]> = {
    'an item is missing': [({ items }) => ({ items: items.slice(1) }), { field: 'items.length' }],
    'a quantity is another': [
      ({ items: [first] }) => ({ items: [{ ...(first as Cart['items'][0]), quantity: 9 }, item(7)] }),
      { field: 'items[0].quantity', source: 2, target: 9 },
    ],
    'the status is another': [
      ({ id }) => ({ status: 'MERGED', mergedIntoCartId: id }),
      { field: 'status', source: 'ACTIVE', target: 'MERGED' },
    ],
    'it expires too soon': [({ expiresAt = 0 }) => ({ expiresAt: expiresAt - 1000 }), { field: 'expiresAt' }],
    'the note is another': [() => ({ note: 'a secret' }), { field: 'note' }],
    'it lives shorter though it was changed': [
      ({ version, expiresAt = 0 }) => ({ version: version + 1, expiresAt: expiresAt - 1000 }),
      { field: 'expiresAt' },
    ],
  };

  it.each(Object.entries(planted))('finds that %s', async (_, [plant, field]) => {
    const cart = await handedOver();
    await target.commit([{ before: cart, after: { ...cart, ...plant(cart) } }]);
    const report = await verify('--show-ids');
    expect(report).toMatchObject({ differences: 1, counts: { differs: 1 } });
    expect(report.carts).toMatchObject([{ cart: cart.id, kind: 'differs' }]);
    expect(report.carts[0]?.fields).toContainEqual(expect.objectContaining(field));
    expect(JSON.stringify(report)).not.toContain('a secret');
    await forget(cart);
  });

  it('finds an older version than was handed over', async () => {
    const first = await create(source);
    const second = changed(first, now);
    await source.commit([{ before: first, after: second }]);
    await databases.move.mover.handOver([second]);
    const there = (await loadFrom(target, second)) as Cart;
    await target.commit([{ before: there, after: { ...there, version: 1 } }]);
    const { differences, carts } = await verify();
    expect([differences, carts[0]?.fields]).toEqual([1, [{ field: 'version', source: 2, target: 1 }]]);
    // Of a guest's cart no line has the id, unless that is asked for.
    expect(carts[0]?.cart).toMatch(/^sha256:[0-9a-f]{16}$/);
    await forget(there);
  });

  it('finds a cart in both stores, and one that nobody has handed over', async () => {
    const cart = await create(source);
    const alone = await create(source, { customerId: 'auth0|7' });
    await target.commit([{ after: cart }]);
    const report = await verify();
    expect(report.counts).toMatchObject({ both: 1, left: 1 });
    expect(describeVerify(report)).toContain('of customer auth0|7: not handed over');
    await forget(cart);
    await run();
    expect((await loadFrom(target, alone))?.moves).toBe(1);
  });

  it('completes what was begun, in either direction, and ends markers without a cart', async () => {
    const onWay = await create(source);
    await source.commit([{ before: onWay, after: markerOf(onWay, 1) }]);
    // A move was turned round when this one was on its way back.
    const back = { ...newCart(now, { items: [item(3)] }), moves: 1 };
    await target.commit([{ after: markerOf(back, 2) }]);
    const fence = fenceFor(newCart(now), 1);
    await target.commit([{ after: fence }]);
    const report = await verify();
    expect(report).toMatchObject({ differences: 0, completed: { carts: 2, fences: 1, left: 0 } });
    expect(await loadFrom(target, onWay)).toEqual({ ...onWay, moves: 1 });
    expect(await loadFrom(target, back)).toEqual({ ...back, moves: 3 });
    expect((await loadFrom(target, fence))?.expiresAt).toBeLessThanOrEqual(Date.now());
    expect(await verify()).toMatchObject({ differences: 0, completed: { carts: 0, fences: 0 } });
  });

  it('finds products that differ', async () => {
    const { source: from, target: to } = databases.move;
    await from.catalog.upsert([product(1), product(2), product('B'), product('C')]);
    await to.catalog.upsert([product(1), { ...product(2), name: 'Another' }, product('A'), product('C')]);
    const { catalogue, products, counts } = await verify();
    expect([products, counts.products]).toEqual([5, 3]);
    expect(catalogue).toEqual([
      { id: '2', kind: 'differs', fields: ['name'] },
      { id: 'A', kind: 'additional', fields: [] },
      { id: 'B', kind: 'missing', fields: [] },
    ]);
  });
});
