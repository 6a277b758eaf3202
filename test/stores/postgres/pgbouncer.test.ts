/** Behind PgBouncer in transaction mode, of which Debian's 1.18 keeps no prepared statements. Skipped where there is none. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { openPostgres, type Postgres } from '../../../src/stores/postgres/postgres.ts';
import { sweepExpired } from '../../../src/stores/postgres/sweeper.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { findPgBouncer, startPgBouncer } from '../../support/pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const binary = findPgBouncer();

describe.skipIf(binary === undefined)('PgBouncer in transaction mode', () => {
  let database: TestDatabase;
  let bouncer: Awaited<ReturnType<typeof startPgBouncer>>;
  const notices: string[] = [];
  const opened: Postgres[] = [];
  const open = () => {
    const postgres = openPostgres({
      connectionString: bouncer.url,
      connectTimeout: 20_000,
      statementTimeout: 20_000,
      onError: () => undefined,
      onNotice: (notice) => notices.push(notice),
    });
    opened.push(postgres);
    return postgres;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    const direct = openPostgres({ connectionString: database.url, onError: () => undefined });
    await sql`alter database ${sql.id(database.name)} set statement_timeout = '45s'`.execute(direct.db);
    await direct.close();
    bouncer = await startPgBouncer(binary ?? '', database.url, 3);
    await migrate(open().db);
  });
  afterAll(async () => {
    await Promise.all(opened.map(({ close }) => close()));
    await bouncer.close();
    await database.drop();
  });

  it('carries every statement of the service, of two processes at a time', async () => {
    const clock = () => NOON;
    const instances = [open(), open()];
    const stores = instances.map(({ db }) => createPostgresCartStore({ db, clock }));
    for (const store of stores) await store.ready();
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const store = stores[index % 2] as (typeof stores)[number];
        const [a, b] = [newCart(NOON, { customerId: '7' }), newCart(NOON)];
        await store.commit([{ after: a }]);
        await store.commit([{ after: b }]);
        const a2 = changed(a, NOON, { items: [item(1)] });
        await store.commit([{ before: a, after: a2 }]);
        const both = [changed(a2, NOON), changed(b, NOON, { items: [item(2)] })] as const;
        await store.commit([
          { before: a2, after: both[0] },
          { before: b, after: both[1] },
        ]);
        expect(await store.load([a.id, b.id])).toEqual(both);
      }),
    );
    const page = await stores[0]?.listByCustomer('7', { first: 100 });
    expect(page?.entries).toHaveLength(60);
    const [{ db }] = instances as [Postgres];
    const product = { id: '1', name: 'Kettle', price: { amount: 2999, currency: 'USD' } };
    const catalog = createPostgresCatalog({ db, currency: 'USD' });
    await catalog.upsert([product]);
    expect(await catalog.findMany(['1'])).toEqual([product]);
    expect(await sweepExpired(db, clock)).toMatchObject({ deleted: 0 });
  });

  it('is told of once for each thing that it does not take', () => {
    expect(notices.filter((notice) => notice.includes('takes no limits'))).toHaveLength(opened.length);
    expect(notices.filter((notice) => notice.includes('statement_timeout'))).toHaveLength(opened.length);
    const replanned = notices.filter((notice) => notice.includes('does not keep prepared statements'));
    expect(replanned.length).toBeLessThanOrEqual(opened.length);
  });

  it('leaves nothing set on connections that are somebody else’s next', async () => {
    const { db } = open();
    await migrate(db);
    await createPostgresCatalog({ db, currency: 'USD' }).upsert(
      Array.from({ length: 101 }, (_, at) => ({
        id: String(at + 1),
        name: 'Kettle',
        price: { amount: 1, currency: 'USD' },
      })),
    );
    const settings = await Promise.all(
      Array.from({ length: 12 }, () =>
        sql<{ value: string }>`select current_setting('statement_timeout') as value, pg_sleep(0.02)`.execute(
          db,
        ),
      ),
    );
    expect(new Set(settings.flatMap(({ rows }) => rows.map(({ value }) => value)))).toEqual(new Set(['45s']));
  });
});
