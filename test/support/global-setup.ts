import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../src/stores/embedded/postgres.ts';
import { migrate } from '../../src/stores/postgres/migrate.ts';
import { openPostgres } from '../../src/stores/postgres/postgres.ts';
import { withClient } from './pg-client.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server whose user may create databases; see createTestDatabase. */
    postgresUrl: string;
    /** A database with the service's tables, to make copies of; their names begin with its own. */
    migrated: string;
    /** A DynamoDB engine that all tests share: choose a table prefix of your own. */
    dynamodbEndpoint: string;
  }
}

/**
 * Starts one PostgreSQL and one DynamoDB engine for the whole run, in vitest's main process. TEST_POSTGRES_URL and
 * TEST_DYNAMODB_ENDPOINT name running ones to use instead, for other versions (PostgreSQL 15 to 18) or platforms.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_POSTGRES_URL, TEST_DYNAMODB_ENDPOINT } = process.env;
  const undo: (() => Promise<void>)[] = [];
  const tearDown = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const postgresUrl = TEST_POSTGRES_URL ?? (await startPostgres(undo));
    project.provide('postgresUrl', postgresUrl);
    project.provide('migrated', await makeTemplate(postgresUrl, undo));
    project.provide('dynamodbEndpoint', TEST_DYNAMODB_ENDPOINT ?? (await startDynamoDB(undo)));
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function startPostgres(undo: (() => Promise<void>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-test-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const { url, close } = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  undo.push(close);
  await makeLoginsCheap(url);
  return url;
}

/** Of the thousands of connections each would cost its client 4,096 rounds of a hash, to make a stolen one of no use. */
async function makeLoginsCheap(url: string): Promise<void> {
  const { username, password } = new URL(url);
  const role = `${pg.escapeIdentifier(username)} PASSWORD ${pg.escapeLiteral(password)}`;
  await runOn(url, `SET scram_iterations = 1; ALTER ROLE ${role}`);
}

/** A copy of it takes half as long as its migrations. Nobody may be connected to it, so nobody can. */
async function makeTemplate(server: string, undo: (() => Promise<void>)[]): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runOn(server, `CREATE DATABASE ${name}`);
  undo.push(() => dropAll(server, name));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const { db, close } = openPostgres({
    connectionString: url.href,
    connectTimeout: 20_000,
    onError: () => undefined,
  });
  await migrate(db).finally(close);
  await runOn(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  return name;
}

async function dropAll(server: string, prefix: string): Promise<void> {
  await withClient(server, async (client) => {
    const find = 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)';
    const { rows } = await client.query<{ datname: string }>(find, [prefix]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

async function runOn(server: string, statement: string): Promise<void> {
  await withClient(server, (client) => client.query(statement));
}

async function startDynamoDB(undo: (() => Promise<void>)[]): Promise<string> {
  const { endpoint, close } = await startEmbeddedDynamoDB();
  undo.push(close);
  return endpoint;
}
