/** A transaction of PostgreSQL stands in its request's trace with its begin and its end. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresCartStore } from '../../src/stores/postgres/cart-store.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { openPostgres } from '../../src/stores/postgres/postgres.ts';
import { withSpan } from '../../src/waiting/abortable.ts';
import { changed, newCart, NOON } from '../support/carts.ts';
import { openTestPostgres } from '../support/postgres.ts';
import { recordSpans } from '../support/recorded-spans.ts';

let database: Awaited<ReturnType<typeof openTestPostgres>>;
let carts: CartStore;
beforeAll(async () => {
  database = await openTestPostgres();
  carts = createPostgresCartStore({ db: database.db, clock: () => NOON });
});
afterAll(() => database.close());

/** Names of what stood in the request's span, with how often each ended, and what it failed with. */
async function tracedCommit(store: CartStore, ...given: Parameters<CartStore['commit']>) {
  const { spans, begin } = recordSpans();
  const request = begin('request');
  const failure: unknown = await store.commit(given[0], { signal: withSpan(undefined, request) }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const inside = spans.slice(1);
  expect(inside.every(({ told }) => told.parent === request.spanId)).toBe(true);
  expect(inside.every(({ told }) => told.attributes['db.system.name'] === 'postgresql')).toBe(true);
  return {
    failure,
    told: inside.map(({ told: { name, ended, failed } }) => [
      name,
      ended,
      ...(failed === undefined ? [] : [failed]),
    ]),
  };
}

const two = () => [{ after: newCart(NOON) }, { after: newCart(NOON) }];

it('that is committed', async () => {
  const { failure, told } = await tracedCommit(carts, two());
  expect(failure).toBeUndefined();
  expect(told).toEqual([
    ['begin', 1],
    ['insert_cart', 1],
    ['insert_cart', 1],
    ['commit', 1],
  ]);
});

it('that is rolled back', async () => {
  const [there, other] = [newCart(NOON), newCart(NOON)];
  await carts.commit([{ after: there }]);
  const stale = { ...there, version: 7 };
  const writes = [{ before: stale, after: changed(stale, NOON) }, { after: other }];
  const { failure, told } = await tracedCommit(carts, writes);
  expect(failure).toMatchObject({ name: 'VersionConflict' });
  expect([told[0], told.at(-1)]).toEqual([
    ['begin', 1],
    ['rollback', 1],
  ]);
  expect(await carts.load([other.id])).toEqual([undefined]);
});

it('for which there is no connection', async () => {
  const { db, close } = openPostgres({
    connectionString: 'postgres://nobody@127.0.0.1:1/none',
    onError: () => undefined,
  });
  const store = createPostgresCartStore({ db, clock: () => NOON });
  const { failure, told } = await tracedCommit(store, two());
  await close();
  expect(failure).toMatchObject({ code: 'ECONNREFUSED' });
  expect(told).toEqual([['begin', 1, 'ECONNREFUSED']]);
});

it('of nobody who is recorded is told to nobody, and is the same', async () => {
  const writes = two();
  await carts.commit(writes);
  expect(await carts.load(writes.map(({ after }) => after.id))).toEqual(writes.map(({ after }) => after));
});
