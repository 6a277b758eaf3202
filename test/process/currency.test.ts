/** A deployment keeps its carts in the currency of its products, or does not start. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogueDatabases, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { runCatalogue } from './run-catalogue.ts';
import { startService, type ServiceProcess } from './service-process.ts';

const ONE = 'id,name,price\n1,Kettle,29.99\n';
const OTHER =
  'The catalogue has products in USD, but CART_CURRENCY is JPY. Set it to USD, or load the catalogue in JPY with ' +
  '"npm run catalogue -- import FILE --replace" (the demo catalogue: npm run seed)';

const started: ServiceProcess[] = [];
function start(env: Record<string, string>, script?: string): ServiceProcess {
  const service = startService(env, script);
  started.push(service);
  return service;
}
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended();
  }
});
const linesForPeople = (service: ServiceProcess) =>
  service
    .output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));

describe.each(['postgres', 'dynamodb'] as const)(
  'a deployment on %s',
  (type) => {
    let database: CatalogueDatabase;
    beforeAll(async () => {
      database = await catalogueDatabases[type]();
      expect((await runCatalogue(database.env, ['import', '-'], ONE)).status).toBe(0);
    });
    afterAll(() => database.close());

    it.each(['1', '2'])(
      'does not start in another currency than its products have, with %s workers',
      async (workers) => {
        const service = start({ ...database.env, CART_CURRENCY: 'JPY', WORKERS: workers });
        expect(await service.ended()).toBe(1);
        expect(linesForPeople(service)).toEqual([OTHER]);
        expect(service.output()).not.toContain('"listening"');
      },
    );

    it('starts in theirs', async () => {
      const service = start({ ...database.env, CART_CURRENCY: 'USD' });
      expect((await fetch(`${await service.listening}/readyz`)).status).toBe(200);
      expect(linesForPeople(service)).toEqual([]);
    });
  },
  120_000,
);

describe('a service that is up before its database', () => {
  it('is never ready in another currency, and says so once', async () => {
    const database = await createTestDatabase();
    const env = { DATABASE_URL: database.url, DATABASE_CONNECT_TIMEOUT_MS: '20000' };
    const service = start({ ...env, CART_CURRENCY: 'JPY', MIGRATE_ON_START: 'false' });
    const url = await service.listening;
    expect(await start(env, 'src/tasks/migrate.ts').ended()).toBe(0);
    expect((await runCatalogue(env, ['import', '-'], ONE)).status).toBe(0);
    for (const _ of [1, 2]) expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await vi.waitFor(() => {
      expect(linesForPeople(service)).toEqual([expect.stringContaining('Not ready yet'), OTHER]);
    }, 20_000);
    expect(service.output()).toContain('the products are in another currency');
    // In its own it is ready, without a new start.
    expect(
      (await runCatalogue({ ...env, CART_CURRENCY: 'JPY' }, ['import', '-'], 'id,name,price\n1,A,5\n'))
        .status,
    ).toBe(0);
    // An answer is kept for a moment.
    await vi.waitFor(async () => {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    }, 20_000);
    service.child.kill('SIGKILL');
    await service.ended();
    await database.drop();
  });
}, 120_000);

it('products of older versions, which have no currency, are in the deployment’s', async () => {
  const database = await catalogueDatabases.postgres();
  expect((await runCatalogue(database.env, ['import', '-'], ONE)).status).toBe(0);
  const client = new pg.Client(database.env['DATABASE_URL']);
  await client.connect();
  await client.query('update products set currency = null');
  await client.end();
  const service = start({ ...database.env, CART_CURRENCY: 'JPY' });
  expect((await fetch(`${await service.listening}/readyz`)).status).toBe(200);
  service.child.kill('SIGKILL');
  await service.ended();
  await database.close();
}, 120_000);
