/** What people see when the service or a task cannot do its work: one line that says what to do, and no stack. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startService, type ServiceProcess } from './service-process.ts';

const started: ServiceProcess[] = [];
function start(env: Record<string, string>, script?: string): ServiceProcess {
  const service = startService(env, script);
  started.push(service);
  return service;
}

/** Its lines for people, which are not JSON; it must end with status 1. */
async function failed(service: ServiceProcess): Promise<string[]> {
  expect(await service.ended()).toBe(1);
  return linesForPeople(service);
}
function linesForPeople(service: ServiceProcess): string[] {
  return service
    .output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
}

let empty: TestDatabase;
/** Accepts connections and never says anything. */
let silent: Server;
let silentUrl: string;

beforeAll(async () => {
  empty = await createTestDatabase();
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  silentUrl = `postgres://app:hunter2@127.0.0.1:${(silent.address() as AddressInfo).port}/shop`;
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  silent.close();
  await empty.drop();
});

const edited = (address: string, parts: Partial<URL>) => Object.assign(new URL(address), parts).href;

it.each(['src/main.ts', 'src/tasks/migrate.ts'])(
  '%s names a database that cannot be reached',
  async (script) => {
    const service = start({ DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/shop' }, script);
    expect(await failed(service)).toEqual([
      'PostgreSQL at 127.0.0.1:1 cannot be reached. Check that it runs and that DATABASE_URL is right ' +
        '(connect ECONNREFUSED 127.0.0.1:1)',
    ]);
    expect(service.output()).not.toContain('hunter2');
  },
  60_000,
);

it('reports mistakes of the configuration for a task too', async () => {
  expect(await failed(start({ DATABASE_AUTH: 'magic' }, 'src/tasks/seed.ts'))).toEqual([
    'The configuration has mistakes:',
    '  - DATABASE_AUTH must be password or iam',
  ]);
}, 60_000);

it('does not wait for ever for a database that says nothing', async () => {
  const env = { DATABASE_URL: silentUrl, DATABASE_CONNECT_TIMEOUT_MS: '100' };
  expect(await failed(start(env))).toEqual([
    expect.stringMatching(/^PostgreSQL at \S+ cannot be reached\. Check/),
  ]);
}, 60_000);

it('names a wrong password', async () => {
  expect(await failed(start({ DATABASE_URL: edited(empty.url, { password: 'hunter2' }) }))).toEqual([
    expect.stringMatching(/refuses the user or the password\. Correct DATABASE_URL, or PGPASSWORD/),
  ]);
}, 60_000);

it('waits for its tables where it may not make them, and says so', async () => {
  const service = start({
    DATABASE_URL: empty.url,
    MIGRATE_ON_START: 'false',
    DATABASE_CONNECT_TIMEOUT_MS: '20000',
  });
  const url = await service.listening;
  await vi.waitFor(() => {
    expect(linesForPeople(service)).toEqual([
      'Not ready yet. The database lacks the migration 003-moves; run "npm run migrate"',
    ]);
  }, 20_000);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  const migrated = start({ DATABASE_URL: empty.url }, 'src/tasks/migrate.ts');
  expect(await migrated.ended()).toBe(0);
  // What the database said is remembered for a second.
  await vi.waitFor(async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, 20_000);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
}, 60_000);

it('refuses to make the migrating user the one for tokens', async () => {
  const { username } = new URL(empty.url);
  const env = { DATABASE_URL: empty.url, DATABASE_IAM_USER: username };
  expect(await failed(start(env, 'src/tasks/migrate.ts'))).toEqual([
    `DATABASE_IAM_USER must be another user than ${username}, as whom the migration logs in`,
  ]);
}, 60_000);

describe('src/tasks/dynamodb-setup.ts', () => {
  const script = 'src/tasks/dynamodb-setup.ts';

  it('makes the tables that a seed lacks, and loads the catalogue', async () => {
    const prefix = `setup-${String(process.pid)}-${String(Date.now())}`;
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodbEndpoint'),
      DYNAMODB_TABLE_NAME: `${prefix}-carts`,
      DYNAMODB_CATALOGUE_TABLE: `${prefix}-catalogue`,
      CART_STORE_TYPE: 'dynamodb',
      DYNAMODB_REQUEST_TIMEOUT_MS: '20000',
    };
    expect(await failed(start(env, 'src/tasks/seed.ts'))).toEqual([
      expect.stringMatching(/lacks a table\. Run "npm run dynamodb:setup"/),
    ]);
    const setUp = start({ ...env, NODE_ENV: 'production', AWS_REGION: 'us-west-2' }, script);
    expect(await setUp.ended()).toBe(0);
    expect(linesForPeople(setUp)).toEqual([
      `${env.AWS_ENDPOINT_URL_DYNAMODB} has the tables ${prefix}-carts and ${prefix}-catalogue, with 10000 products.`,
    ]);
    const service = start(env);
    expect((await fetch(`${await service.listening}/readyz`)).status).toBe(200);
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
    expect(linesForPeople(service)).toEqual([]);
  }, 120_000);

  it('refuses AWS itself', async () => {
    const host = 'dynamodb.us-west-2.amazonaws.com';
    expect(await failed(start({ AWS_ENDPOINT_URL_DYNAMODB: `https://${host}` }, script))).toEqual([
      `AWS_ENDPOINT_URL_DYNAMODB is AWS itself (${host}), where Terraform makes the tables`,
    ]);
  }, 60_000);
});
