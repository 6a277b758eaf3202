/** Connections that can no longer do their work are not used again, and a database that takes no writes is not ready. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import type { Postgres } from '../../../src/stores/postgres/postgres.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
const storeOn = ({ db }: Postgres) => createPostgresCartStore({ db, clock: () => NOON });
beforeAll(async () => {
  postgres = await openTestPostgres();
});
afterAll(() => postgres.close());

async function pidOf({ db }: Postgres): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? NaN;
}

describe('a connection to a server that has become a standby', () => {
  const makeReadOnly = ({ db }: Postgres) => sql`set default_transaction_read_only = on`.execute(db);

  test('fails one change and is not used again', async () => {
    const instance = postgres.another({ poolSize: 1 });
    const carts = storeOn(instance);
    await makeReadOnly(instance);
    const first = await pidOf(instance);
    await expect(carts.commit([{ after: newCart(NOON) }])).rejects.toMatchObject({ code: '25006' });
    await carts.commit([{ after: newCart(NOON) }]);
    expect(await pidOf(instance)).not.toBe(first);
  });

  test('is not ready, and found out by being asked', async () => {
    const instance = postgres.another({ poolSize: 1 });
    await storeOn(instance).ready();
    await makeReadOnly(instance);
    await expect(storeOn(instance).ready()).rejects.toMatchObject({ code: '25006' });
    await storeOn(instance).ready();
  });
});

test('a table that has changed under prepared statements fails nothing', async () => {
  const instance = postgres.another({ poolSize: 1 });
  const carts = storeOn(instance);
  const [a, b] = [newCart(NOON, { items: [item(1)] }), newCart(NOON)];
  await carts.commit([{ after: a }]);
  await carts.commit([{ after: b }]);
  expect(await carts.load([a.id])).toEqual([a]);
  const first = await pidOf(instance);
  await sql`alter table carts alter column currency type varchar(3)`.execute(postgres.db);
  expect(await carts.load([a.id])).toEqual([a]);
  expect(await pidOf(instance)).not.toBe(first);
  const after = [a, b].map((cart) => changed(cart, NOON));
  await carts.commit([a, b].map((before, at) => ({ before, after: after[at] ?? before })));
  expect(await carts.load([a.id, b.id])).toEqual(after);
  await sql`alter table carts alter column currency type text`.execute(postgres.db);
});

test('what is about the statement alone costs no connection', async () => {
  const instance = postgres.another({ poolSize: 1, lockTimeout: 30, statementTimeout: 2000 });
  const carts = storeOn(instance);
  const cart = newCart(NOON);
  await carts.commit([{ after: cart }]);
  const first = await pidOf(instance);
  const impossible = changed(cart, NOON, { items: [{ ...item(1), quantity: 10_000 }] });
  await expect(carts.commit([{ before: cart, after: impossible }])).rejects.toMatchObject({ code: '23514' });
  await postgres.db.transaction().execute(async (transaction) => {
    await sql`select from carts where cart_id = ${cart.id} for update`.execute(transaction);
    const locked = carts.commit([{ before: cart, after: changed(cart, NOON) }]);
    await expect(locked).rejects.toMatchObject({ cause: { code: '55P03' } });
  });
  expect(await pidOf(instance)).toBe(first);
});

test('a store is not ready while the catalogue cannot be read', async () => {
  const instance = postgres.another({ poolSize: 1 });
  await sql`alter table products rename column brand to make`.execute(postgres.db);
  await expect(storeOn(instance).ready()).rejects.toThrow('brand');
  await sql`alter table products rename column make to brand`.execute(postgres.db);
  await storeOn(instance).ready();
});
