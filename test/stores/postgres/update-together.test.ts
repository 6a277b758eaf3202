/** Changes that share a statement share nothing else. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cart } from '../../../src/cart/cart.ts';
import { VersionConflict, type CartStore } from '../../../src/stores/cart-store.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { statementsDuring } from '../../support/statements.ts';

let postgres: TestPostgres;
let carts: CartStore;
beforeAll(async () => {
  postgres = await openTestPostgres();
  carts = createPostgresCartStore({ db: postgres.db, clock: () => NOON });
});
afterAll(() => postgres.close());

async function storeCarts(count: number): Promise<Cart[]> {
  const made = Array.from({ length: count }, (_, at) =>
    newCart(NOON, { customerId: String(1 + at), items: [item(1), item(2), item(3 + at)] }),
  );
  await Promise.all(made.map((after) => carts.commit([{ after }])));
  return made;
}

/** Without the item of product 1, more of 2, and a new one. */
const change = (cart: Cart, at = 0) =>
  changed(cart, NOON, { items: [item(2, 5 + at), ...cart.items.slice(2), item(100 + at)] });
const commit = (before: Cart, after: Cart, signal?: AbortSignal) =>
  carts.commit([{ before, after }], signal && { signal });
const idsOf = (list: readonly Cart[]) => list.map((cart) => cart.id);

test('changes of many carts are one statement, and each cart has its own', async () => {
  const before = await storeCarts(12);
  const after = before.map(change);
  const statements = await statementsDuring(() =>
    Promise.all(before.map((cart, at) => commit(cart, after[at] as Cart))),
  );
  expect(statements).toHaveLength(1);
  expect(await carts.load(idsOf(before))).toEqual(after);
});

test('more than 16 are more statements', async () => {
  const before = await storeCarts(40);
  const statements = await statementsDuring(() =>
    Promise.all(before.map((cart, at) => commit(cart, change(cart, at)))),
  );
  expect(statements).toHaveLength(3);
});

test('one that is refused refuses no other', async () => {
  const [stale, good] = (await storeCarts(2)) as [Cart, Cart];
  const first = change(stale);
  await commit(stale, first);
  const better = change(good);
  const outcomes = await Promise.allSettled([commit(stale, change(stale, 1)), commit(good, better)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(outcomes[0]).toMatchObject({ reason: { outcome: 'refused' } });
  expect(await carts.load([stale.id, good.id])).toEqual([first, better]);
});

test('of two changes of one version of a cart one lands, and the next version may follow in the same moment', async () => {
  const [cart] = (await storeCarts(1)) as [Cart];
  const [one, other] = [change(cart), change(cart, 1)];
  const next = changed(one, NOON, { items: [item(9)] });
  const outcomes = await Promise.allSettled([commit(cart, one), commit(cart, other), commit(one, next)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { constructor: VersionConflict } });
  expect(await carts.load([cart.id])).toEqual([next]);
});

test('one that waits too long for a lock makes no other fail', async () => {
  const impatient = createPostgresCartStore({
    db: postgres.another({ lockTimeout: 50 }).db,
    clock: () => NOON,
  });
  const [locked, ...others] = (await storeCarts(4)) as [Cart, ...Cart[]];
  await postgres.db.transaction().execute(async (stranger) => {
    await sql`select from carts where cart_id = ${locked.id} for update`.execute(stranger);
    const outcomes = await Promise.allSettled(
      [locked, ...others].map((before) => impatient.commit([{ before, after: change(before) }])),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...others.map(() => 'fulfilled')]);
    expect(outcomes[0]).toMatchObject({ reason: { outcome: 'refused', cause: { code: '55P03' } } });
  });
});

test('one that the database refuses as a fault makes no other fail', async () => {
  const [broken, good] = (await storeCarts(2)) as [Cart, Cart];
  const impossible = changed(broken, NOON, { items: [{ ...item(1), quantity: 10_000 }] });
  const [first, second] = await Promise.allSettled([commit(broken, impossible), commit(good, change(good))]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: '23514' } });
  expect(second.status).toBe('fulfilled');
  expect(await carts.load([broken.id])).toEqual([broken]);
});

test('one whose time is over before it is sent is not sent', async () => {
  const [late, good] = (await storeCarts(2)) as [Cart, Cart];
  const better = change(good);
  const time = new AbortController();
  const over = new Error('over');
  const outcomes = Promise.allSettled([commit(late, change(late), time.signal), commit(good, better)]);
  time.abort(over);
  expect(await outcomes).toMatchObject([{ reason: over }, { status: 'fulfilled' }]);
  expect(await carts.load([late.id, good.id])).toEqual([late, better]);
});
