/** The user of the service, made by a migration that logs in as RDS's master user does: no superuser, but owner of all. */
import { randomBytes } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { openPostgres, type Postgres } from '../../../src/stores/postgres/postgres.ts';
import { grantServiceUser } from '../../../src/stores/postgres/service-user.ts';
import { sweepExpired } from '../../../src/stores/postgres/sweeper.ts';
import { product } from '../../support/memory-catalog.ts';
import { DAY, item, newCart, NOON } from '../../support/carts.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { query } from '../../support/tls-postgres.ts';
import { testCartStore } from '../cart-store-contract.ts';

/** Roles belong to the whole server: names that no other run has. */
const suffix = randomBytes(6).toString('hex');
const master = `master_${suffix}`;
const users = ['app', 'other', 'asleep'].map((name) => `${name}_${suffix}`);
const [app = '', other = '', asleep = ''] = users;
const PASSWORD = 'stands-in-for-a-token';

const opened: Postgres[] = [];
let database: TestDatabase;
let owner: Postgres['db'];

function openAs(user: string): Postgres['db'] {
  const url = Object.assign(new URL(database.url), { username: user, password: PASSWORD });
  const postgres = openPostgres({
    connectionString: url.href,
    connectTimeout: 20_000,
    statementTimeout: 20_000,
    onError: () => undefined,
  });
  opened.push(postgres);
  return postgres.db;
}

const asSuperuser = (text: string) => query(inject('postgresUrl'), text);

beforeAll(async () => {
  await asSuperuser('drop role if exists rds_iam');
  database = await createTestDatabase();
  await asSuperuser(`create role ${master} login createrole password '${PASSWORD}'`);
  await asSuperuser(`alter database ${database.name} owner to ${master}`);
  owner = openAs(master);
  await migrate(owner);
});
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  await database.drop();
  await asSuperuser(`drop role if exists ${[...users, master, 'rds_iam'].join(', ')}`);
});

test('a server without the role rds_iam is named as the reason, and no user is left behind', async () => {
  await expect(grantServiceUser(owner, app)).rejects.toThrow(
    `The user ${app} cannot log in with IAM tokens: the server has no role rds_iam`,
  );
  const { rows } = await sql`select from pg_roles where rolname = ${app}`.execute(owner);
  expect(rows).toEqual([]);
});

describe('on a server with the role rds_iam', () => {
  beforeAll(async () => {
    await asSuperuser('create role rds_iam');
    await asSuperuser(`grant rds_iam to ${master} with admin option`);
    // Several tasks at once, and again.
    await Promise.all([1, 2, 3].map(() => grantServiceUser(openAs(master), app)));
    await grantServiceUser(owner, app);
    await sql`alter role ${sql.id(app)} password ${sql.lit(PASSWORD)}`.execute(owner);
    await createPostgresCatalog({ db: owner, currency: 'USD' }).upsert([product(1)]);
  });

  testCartStore('PostgreSQL, as the service user', (clock) =>
    Promise.resolve({
      carts: createPostgresCartStore({ db: openAs(app), clock }),
      close: () => Promise.resolve(),
    }),
  );

  test('it is ready, changes and reads products, sweeps, and finds nothing to migrate', async () => {
    const db = openAs(app);
    const carts = createPostgresCartStore({ db, clock: () => NOON });
    await carts.ready();
    expect(await createPostgresCatalog({ db, currency: 'USD' }).findMany(['1'])).toEqual([product(1)]);
    const before = NOON - 30 * DAY;
    const cart = newCart(before, { items: [item(1)] });
    await createPostgresCartStore({ db, clock: () => before }).commit([{ after: cart }]);
    expect((await sweepExpired(db, () => NOON)).deleted).toBeGreaterThanOrEqual(1);
    expect(await carts.load([cart.id], { includeExpired: true })).toEqual([undefined]);
    expect(await migrate(db)).toEqual([]);
  });

  const forbidden: [string, RawBuilder<unknown>][] = [
    ['pretend a migration', sql`insert into kysely_migration values ('x', 'x')`],
    ['take the lock of migrations', sql`select * from kysely_migration_lock`],
    ['empty a table at once', sql`truncate carts, cart_items`],
    ['alter a table', sql`alter table carts add column x text`],
    ['drop a table', sql`drop table cart_items`],
    ['refer to a table', sql`create temporary table t (id uuid references carts)`],
    ['make a role', sql`create role nobody_else`],
  ];
  test.each(forbidden)('it may not %s', async (_, statement) => {
    await expect(statement.execute(openAs(app))).rejects.toMatchObject({
      code: expect.stringMatching(/^42(501|P16)$/) as string,
    });
  });

  test('the rights are these and no others', async () => {
    const { rows } = await sql<{ name: string; rights: string }>`
      select table_name as name, string_agg(privilege_type, ' ' order by privilege_type) as rights
      from information_schema.role_table_grants where grantee = ${app} group by 1 order by 1`.execute(owner);
    expect(rows).toEqual([
      { name: 'cart_items', rights: 'DELETE INSERT SELECT UPDATE' },
      { name: 'carts', rights: 'DELETE INSERT SELECT UPDATE' },
      { name: 'kysely_migration', rights: 'SELECT' },
      { name: 'products', rights: 'DELETE INSERT SELECT UPDATE' },
    ]);
  });

  test.each([
    ['insert on cart_items', 'The database user has no right to insert on cart_items'],
    ['delete on carts', 'The database user has no right to delete on carts'],
    ['update on carts', 'permission denied for table carts'],
    ['select on products', 'permission denied for table products'],
    ['select on cart_items', 'permission denied for table cart_items'],
  ])('without the right to %s it is not ready', async (right, reason) => {
    const carts = createPostgresCartStore({ db: openAs(app), clock: () => NOON });
    await sql`revoke ${sql.raw(right)} from ${sql.id(app)}`.execute(owner);
    await expect(carts.ready()).rejects.toThrow(reason);
    await sql`grant ${sql.raw(right)} to ${sql.id(app)}`.execute(owner);
    await carts.ready();
  });

  test('a user that is there gets to log in, with tokens, and loses rights it had beyond these', async () => {
    await sql`create role ${sql.id(asleep)} nologin`.execute(owner);
    await sql`grant all on products to ${sql.id(asleep)}`.execute(owner);
    await grantServiceUser(owner, asleep);
    const { rows } = await sql`
      select rolcanlogin as login, pg_has_role(${asleep}, 'rds_iam', 'member') as tokens,
        has_table_privilege(${asleep}, 'products', 'select') as reads,
        has_table_privilege(${asleep}, 'products', 'truncate') as empties
      from pg_roles where rolname = ${asleep}`.execute(owner);
    expect(rows).toEqual([{ login: true, tokens: true, reads: true, empties: false }]);
  });

  test('whoever migrates is not made the service user', async () => {
    await expect(grantServiceUser(owner, master)).rejects.toThrow(
      `DATABASE_IAM_USER must be another user than ${master}`,
    );
  });

  test('without the tables nothing is done', async () => {
    const empty = await createTestDatabase();
    await asSuperuser(`alter database ${empty.name} owner to ${master}`);
    const url = Object.assign(new URL(empty.url), { username: master, password: PASSWORD });
    const postgres = openPostgres({ connectionString: url.href, onError: () => undefined });
    await expect(grantServiceUser(postgres.db, other)).rejects.toMatchObject({ code: '42P01' });
    const { rows } = await sql`select from pg_roles where rolname = ${other}`.execute(owner);
    expect(rows).toEqual([]);
    await postgres.close();
    await empty.drop();
  });
});
