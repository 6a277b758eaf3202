import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { KEPT_AFTER_EXPIRY, startSweeper, sweepExpired } from '../../../src/stores/postgres/sweeper.ts';
import { DAY, item, newCart, NOON, TTL } from '../../support/carts.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
let now = NOON;
const clock = () => now;

beforeAll(async () => {
  postgres = await openTestPostgres();
});
afterAll(() => postgres.close());
beforeEach(async () => {
  now = NOON;
  await sql`delete from carts`.execute(postgres.db);
});

async function countCarts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from carts`.execute(
    postgres.db,
  );
  return rows[0]?.count ?? NaN;
}

/** Carts with an item each that expire at `expiresAt`. */
async function fill(count: number, expiresAt: number): Promise<void> {
  const at = new Date(expiresAt);
  await sql`
    with cart as (
      insert into carts (cart_id, status, currency, version, created_at, updated_at, expires_at, changes)
      select gen_random_uuid(), 'ACTIVE', 'USD', 1, ${at}, ${at}, ${at}, ''
      from generate_series(1, ${count}::integer)
      returning cart_id
    )
    insert into cart_items (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
    select cart_id, '1', '1', 1, 'Widget', 1, 1 from cart`.execute(postgres.db);
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('deletes at most a batch of the carts that expired 7 days ago, with their items', async () => {
  await fill(30, NOON - KEPT_AFTER_EXPIRY);
  await fill(3, NOON - KEPT_AFTER_EXPIRY + 1000);
  expect(await sweepExpired(postgres.db, clock, 20)).toMatchObject({ deleted: 20 });
  expect(await sweepExpired(postgres.db, clock, 20)).toMatchObject({ deleted: 10 });
  expect(await sweepExpired(postgres.db, clock, 20)).toMatchObject({ deleted: 0 });
  expect(await countCarts()).toBe(3);
  expect((await sql`select * from cart_items`.execute(postgres.db)).rows).toHaveLength(3);
});

test('two instances share the work, each cart deleted once, and live carts stay', async () => {
  await fill(2300, NOON - KEPT_AFTER_EXPIRY);
  await fill(2, NOON + TTL);
  const deleted: number[] = [];
  const errors: object[] = [];
  const log = {
    info: (data: object) => deleted.push((data as { deleted: number }).deleted),
    warn: () => undefined,
    error: (data: object) => errors.push(data),
  };
  const sweepers = [postgres, postgres.another()].map(({ db }) =>
    startSweeper({ db, clock, intervalMs: 1, log }),
  );
  await vi.waitFor(async () => {
    expect(await countCarts()).toBe(2);
  }, 10_000);
  await Promise.all(sweepers.map((sweeper) => sweeper.stop()));
  expect(errors).toEqual([]);
  expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(2300);
});

test('does nothing while another instance is sweeping', async () => {
  await fill(1, NOON - KEPT_AFTER_EXPIRY);
  await postgres
    .another()
    .db.transaction()
    .execute(async (other) => {
      const held = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(7229114806) as held`.execute(other);
      expect(held.rows).toEqual([{ held: true }]);
      expect(await sweepExpired(postgres.db, clock)).toMatchObject({ deleted: 0 });
    });
  expect(await sweepExpired(postgres.db, clock)).toMatchObject({ deleted: 1 });
});

test('passes over a cart that is just being created anew', async () => {
  const old = newCart(NOON, { items: [item(1)] });
  await createPostgresCartStore({ db: postgres.db, clock }).commit([{ after: old }]);
  now += TTL + KEPT_AFTER_EXPIRY + 1000;
  const anew = newCart(now, { id: old.id, items: [item(2)] });
  await postgres
    .another()
    .db.transaction()
    .execute(async (transaction) => {
      await createPostgresCartStore({ db: transaction, clock }).commit([{ after: anew }]);
      expect(await sweepExpired(postgres.db, clock)).toMatchObject({ deleted: 0 });
    });
  const carts = createPostgresCartStore({ db: postgres.db, clock });
  expect(await carts.load([old.id])).toEqual([anew]);
});

test('a failed sweep is logged and tried again', async () => {
  await fill(1, NOON - KEPT_AFTER_EXPIRY);
  const error = vi.fn();
  await sql`alter table carts rename to hidden`.execute(postgres.db);
  const sweeper = startSweeper({ db: postgres.db, clock, intervalMs: 1, log: { ...silent, error } });
  await vi.waitFor(() => {
    expect(error).toHaveBeenCalled();
  }, 10_000);
  await sql`alter table hidden rename to carts`.execute(postgres.db);
  await vi.waitFor(async () => {
    expect(await countCarts()).toBe(0);
  }, 10_000);
  await sweeper.stop();
});

test('ends with the batch under way when it is stopped', async () => {
  await fill(1, NOON - KEPT_AFTER_EXPIRY);
  const sweeper = startSweeper({ db: postgres.db, clock, intervalMs: 1, log: silent });
  await sweeper.stop();
  const left = await countCarts();
  await fill(1, NOON - KEPT_AFTER_EXPIRY);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await countCarts()).toBe(left + 1);
});

test('a service whose clock is nine days ahead deletes nothing that has not expired by the database’s', async () => {
  const now = Date.now();
  const ahead = now + 9 * DAY;
  await fill(3, now + DAY);
  await fill(2, now - KEPT_AFTER_EXPIRY + DAY);
  await fill(1, now - KEPT_AFTER_EXPIRY - DAY);
  expect(await sweepExpired(postgres.db, () => ahead)).toMatchObject({ deleted: 1 });
  expect(await countCarts()).toBe(5);
  // And one whose clock is behind keeps what has not expired by its own.
  expect(await sweepExpired(postgres.db, () => now - 30 * DAY)).toMatchObject({ deleted: 0 });
});

test('says once by how much the clocks differ, and again when that changes', async () => {
  const warn = vi.fn<(data: object, message: string) => void>();
  const info = vi.fn<(data: object, message: string) => void>();
  let ahead = 9 * DAY;
  let sweeps = 0;
  const time = () => {
    sweeps += 1;
    return Date.now() + ahead;
  };
  const sweeper = startSweeper({
    db: postgres.db,
    clock: time,
    intervalMs: 1,
    log: { ...silent, warn, info },
  });
  const more = async () => {
    const before = sweeps;
    await vi.waitFor(() => {
      expect(sweeps).toBeGreaterThan(before + 2);
    }, 10_000);
  };
  await more();
  expect(warn).toHaveBeenCalledOnce();
  const [data] = warn.mock.calls[0] as [{ aheadMs: number }, string];
  expect(Math.round(data.aheadMs / DAY)).toBe(9);
  ahead = 60_000;
  await more();
  expect(warn).toHaveBeenCalledTimes(2);
  ahead = 0;
  await more();
  await sweeper.stop();
  expect(info).toHaveBeenCalledExactlyOnceWith({}, 'the clocks of service and database agree again');
});

/** Whatever the sweep sends first is carried out and never answered, on a connection that stays open. */
async function openSilenced(patientTimeout: number) {
  const proxy = await startTcpProxy(postgres.url);
  const instance = postgres.another({
    connectionString: proxy.url,
    poolSize: 1,
    statementTimeout: 1_000,
    patientTimeout,
  });
  // Connected, the first message is the sweep's.
  await sql`select`.execute(instance.db);
  proxy.injectOnce({ at: 'statement_timeout', kind: 'silence' });
  return { proxy, instance };
}

test('a sweep that is never answered fails, and the next one has another connection', async () => {
  await fill(1, NOON - KEPT_AFTER_EXPIRY);
  const { proxy, instance } = await openSilenced(1_000);
  await expect(sweepExpired(instance.db, clock)).rejects.toThrow('Query read timeout');
  expect(await sweepExpired(instance.db, clock)).toMatchObject({ deleted: 1 });
  await instance.close();
  proxy.close();
});

test('neither a stop nor the pool’s end waits for a sweep that is never answered', async () => {
  const { proxy, instance } = await openSilenced(3_600_000);
  const error = vi.fn();
  const log = { ...silent, error };
  const sweeper = startSweeper({ db: instance.db, clock, intervalMs: 1, log, stopTimeout: 20 });
  await vi.waitFor(() => {
    expect(proxy.met).toHaveLength(1);
  }, 10_000);
  await sweeper.stop();
  expect(error).not.toHaveBeenCalled();
  await instance.close();
  await vi.waitFor(() => {
    expect(error).toHaveBeenCalledOnce();
  }, 10_000);
  proxy.close();
});
