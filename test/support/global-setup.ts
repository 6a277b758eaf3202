import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../src/stores/embedded/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server whose user may create databases; see createTestDatabase. */
    postgresUrl: string;
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
    project.provide('postgresUrl', TEST_POSTGRES_URL ?? (await startPostgres(undo)));
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
  return url;
}

async function startDynamoDB(undo: (() => Promise<void>)[]): Promise<string> {
  const { endpoint, close } = await startEmbeddedDynamoDB();
  undo.push(close);
  return endpoint;
}
