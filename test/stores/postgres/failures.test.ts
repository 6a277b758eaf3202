/** What the network and the server can do to a connection. */
import { once } from 'node:events';
import net from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadCartsTogether } from '../../../src/stores/load-together.ts';
import { VersionConflict } from '../../../src/stores/cart-store.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import type { Postgres } from '../../../src/stores/postgres/postgres.ts';
import { Overloaded } from '../../../src/waiting/overloaded.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
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
const terminate = (pid: number) => sql`select pg_terminate_backend(${pid}::integer)`.execute(postgres.db);

test('a connection lost while idle is reported and replaced', async () => {
  const onError = vi.fn();
  const instance = postgres.another({ poolSize: 1, onError });
  await terminate(await pidOf(instance));
  await vi.waitFor(() => {
    expect(onError).toHaveBeenCalledOnce();
  }, 10_000);
  expect(onError.mock.calls[0]).toEqual([
    expect.not.objectContaining({ client: expect.anything() as unknown }),
  ]);
  await storeOn(instance).ready();
});

test('a connection lost at work fails that call only', async () => {
  const instance = postgres.another({ poolSize: 1, onError: () => undefined });
  const pid = await pidOf(instance);
  const busy = expect(sql`select pg_sleep(20)`.execute(instance.db)).rejects.toThrow();
  await terminate(pid);
  await busy;
  await storeOn(instance).ready();
});

test('a connection lost inside a transaction leaves nothing behind', async () => {
  const instance = postgres.another({ poolSize: 1, onError: () => undefined });
  const cart = newCart(NOON);
  const work = instance.db.transaction().execute(async (transaction) => {
    await createPostgresCartStore({ db: transaction, clock: () => NOON }).commit([{ after: cart }]);
    await terminate(await pidOf({ ...instance, db: transaction }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  await expect(work).rejects.toThrow();
  expect(await storeOn(instance).load([cart.id])).toEqual([undefined]);
});

test('waiting too long for a lock is a conflict', async () => {
  const carts = storeOn(postgres.another({ lockTimeout: 30 }));
  const cart = newCart(NOON);
  await carts.commit([{ after: cart }]);
  await postgres.db.transaction().execute(async (transaction) => {
    await sql`select from carts where cart_id = ${cart.id} for update`.execute(transaction);
    const error = await carts.commit([{ before: cart, after: changed(cart, NOON) }]).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(VersionConflict);
    expect(error).toMatchObject({ outcome: 'refused', cause: { code: '55P03' } });
  });
});

test('a server that speaks German refuses as one that speaks English does', async () => {
  const proxy = await startTcpProxy(postgres.url, 'FEHLER');
  const instance = postgres.another({ connectionString: proxy.url, lockTimeout: 30, poolSize: 1 });
  const carts = storeOn(instance);
  const cart = newCart(NOON);
  await carts.commit([{ after: cart }]);
  await postgres.db.transaction().execute(async (transaction) => {
    await sql`select from carts where cart_id = ${cart.id} for update`.execute(transaction);
    const error = await carts.commit([{ before: cart, after: changed(cart, NOON) }]).catch((e: unknown) => e);
    expect(error).toMatchObject({ outcome: 'refused', cause: { code: '55P03', severity: 'FEHLER' } });
  });
  // Its prepared statement returns what it did not when it was planned.
  await sql`alter table carts alter column status type varchar(20)`.execute(postgres.db);
  expect(await carts.load([cart.id])).toEqual([cart]);
  await sql`alter table carts alter column status type text`.execute(postgres.db);
  await instance.close();
  proxy.close();
});

test('a deadlock is a conflict', async () => {
  const carts = storeOn(postgres.another({ lockTimeout: 10_000, statementTimeout: 10_000 }));
  const [a, b] = [newCart(NOON), newCart(NOON)].sort((x, y) => (x.id < y.id ? -1 : 1)) as [
    ReturnType<typeof newCart>,
    ReturnType<typeof newCart>,
  ];
  await carts.commit([{ after: a }, { after: b }]);
  await postgres.db.transaction().execute(async (stranger) => {
    const lock = (id: string) => sql`select from carts where cart_id = ${id} for update`.execute(stranger);
    await sql`set local deadlock_timeout = '10s'`.execute(stranger);
    await lock(b.id);
    const commit = carts.commit([a, b].map((before) => ({ before, after: changed(before, NOON) })));
    const refused = expect(commit).rejects.toMatchObject({ cause: { code: '40P01' } });
    await vi.waitFor(async () => {
      const { rows } = await sql`select from pg_locks where not granted`.execute(postgres.db);
      expect(rows).not.toEqual([]);
    }, 10_000);
    await sql`set local lock_timeout = 0`.execute(stranger);
    await sql`set local statement_timeout = 0`.execute(stranger);
    await lock(a.id);
    await refused;
  });
});

test('a statement that runs too long fails, and is no conflict', async () => {
  const { db } = postgres.another({ statementTimeout: 30 });
  // On a busy machine the client may have given up before the server's word arrives.
  await vi.waitFor(async () => {
    await expect(sql`select pg_sleep(20)`.execute(db)).rejects.toMatchObject({ code: '57014' });
  }, 20_000);
});

test('what waited for a connection until its time was over is never sent', async () => {
  const instance = postgres.another({ poolSize: 1 });
  const carts = storeOn(instance);
  const [a, b] = [newCart(NOON), newCart(NOON)];
  const busy = sql`select pg_sleep(0.1)`.execute(instance.db);
  const time = new AbortController();
  const commits = [[a], [a, b]].map((list) =>
    carts.commit(
      list.map((after) => ({ after })),
      { signal: time.signal },
    ),
  );
  const reason = new Error('time is over');
  const failed = Promise.all(commits.map((commit) => expect(commit).rejects.toBe(reason)));
  time.abort(reason);
  await failed;
  await busy;
  expect(await carts.load([a.id, b.id])).toEqual([undefined, undefined]);
});

test('where no connection comes free in time nothing is sent, and the caller may ask again', async () => {
  const instance = postgres.another({ poolSize: 1, connectTimeout: 100 });
  const carts = loadCartsTogether(storeOn(instance));
  const [a, b] = [newCart(NOON), newCart(NOON)];
  // On a busy machine to connect takes longer than that; from here on it only waits for the connection that there is.
  await vi.waitFor(() => pidOf(instance), 20_000);
  await instance.db.connection().execute(async () => {
    await expect(carts.commit([{ after: a }])).rejects.toThrow(Overloaded);
    await expect(carts.commit([{ after: a }, { after: b }])).rejects.toThrow(Overloaded);
    await expect(Promise.all([carts.load([a.id]), carts.load([b.id])])).rejects.toThrow(Overloaded);
  });
  expect(await carts.load([a.id, b.id])).toEqual([undefined, undefined]);
});

test('a silent network costs the time limit, and the connection is not used again', async () => {
  const { port, silence, close } = await startProxy(new URL(postgres.url));
  const url = Object.assign(new URL(postgres.url), { host: `127.0.0.1:${port}` });
  const carts = storeOn(
    postgres.another({
      connectionString: url.href,
      poolSize: 1,
      statementTimeout: 1_000,
      onError: () => undefined,
    }),
  );
  const cart = newCart(NOON, { items: [item(1)] });
  await carts.commit([{ after: cart }]);
  silence();
  await expect(carts.load([cart.id])).rejects.toThrow('Query read timeout');
  expect(await carts.load([cart.id])).toEqual([cart]);
  close();
});

test('asks for the password at each new connection, and takes the rest from the connection string', async () => {
  const url = new URL(postgres.url);
  const secret = decodeURIComponent(url.password);
  const password = vi.fn(() => Promise.resolve(secret));
  url.password = '';
  url.searchParams.set('options', '-csearch_path=shop');
  url.searchParams.set('application_name', 'till');
  const { db } = postgres.another({ connectionString: url.href, password, poolSize: 1 });
  const { rows } = await sql`
    select current_database() as name, current_setting('search_path') as path,
      current_setting('application_name') as application`.execute(db);
  expect(rows).toEqual([{ name: url.pathname.slice(1), path: 'shop', application: 'till' }]);
  expect(password).toHaveBeenCalledOnce();
});

test('a failure to get the password is reported, and the server closes the connection', async () => {
  const onError = vi.fn();
  const reason = new Error('no credentials');
  const { db } = postgres.another({ password: () => Promise.reject(reason), onError });
  await expect(sql`select`.execute(db)).rejects.toMatchObject({ code: '28P01' });
  expect(onError).toHaveBeenCalledExactlyOnceWith(reason);
});

test('closing waits for what is under way, and may be repeated', async () => {
  const instance = postgres.another();
  const cart = newCart(NOON);
  await storeOn(instance).ready();
  const commit = storeOn(instance).commit([{ after: cart }]);
  await sql`select`.execute(instance.db);
  await Promise.all([instance.close(), storeOn(instance).close()]);
  await instance.close();
  await commit;
  expect(await storeOn(postgres).load([cart.id])).toEqual([cart]);
});

/** Passes everything on to the server; what is connected when it is silenced stays connected but gets no more answers. */
async function startProxy({ hostname, port: target }: URL) {
  const pairs: [net.Socket, net.Socket][] = [];
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target), hostname);
    pairs.push([client, upstream]);
    client.on('error', () => undefined).pipe(upstream);
    upstream.on('error', () => undefined).pipe(client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    silence: () => {
      for (const [client, upstream] of pairs) upstream.unpipe(client);
    },
    close: () => {
      server.close();
      for (const socket of pairs.flat()) socket.destroy();
    },
  };
}
