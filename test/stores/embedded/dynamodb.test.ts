import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDynamoDBBinary, startEmbeddedDynamoDB } from '../../../src/stores/embedded/dynamodb.ts';
import { findProcesses } from '../../../src/stores/embedded/engine-orphans.ts';
import { startEngineHost, SUDDEN_ENDS, waitFor, waitUntilClosed } from './engine-host-process.ts';

let parent: string;
let dataDir: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cartwright-embedded-'));
  dataDir = join(parent, 'dynamodb');
});

afterAll(async () => {
  await rm(parent, { recursive: true, force: true });
});

function createClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

async function createTable(endpoint: string, name: string): Promise<void> {
  const client = createClient(endpoint);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  client.destroy();
}

async function listTables(endpoint: string): Promise<string[]> {
  const client = createClient(endpoint);
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  client.destroy();
  return TableNames;
}

test.each(SUDDEN_ENDS)(
  'an engine ends with its process by %s and keeps what it acknowledged',
  async (way) => {
    const host = await startEngineHost('dynamodb', dataDir);
    await createTable(host.address, `table-${way}`);
    await expect(startEmbeddedDynamoDB({ dataDir })).rejects.toThrow(`in use by process ${host.pid}`);
    await host.end(way);
    await waitUntilClosed(host.address);
    await waitFor('the engine to end', async () => (await findProcesses('dynoxide', dataDir)).length === 0);
    const { endpoint, close } = await startEmbeddedDynamoDB({ dataDir });
    expect(await listTables(endpoint)).toContain(`table-${way}`);
    await close();
    await close();
    await waitUntilClosed(endpoint);
  },
);

test('without a folder each engine starts empty, beside others', async () => {
  const [one, two] = await Promise.all([startEmbeddedDynamoDB(), startEmbeddedDynamoDB()]);
  await createTable(one.endpoint, 'table');
  expect(await listTables(one.endpoint)).toEqual(['table']);
  expect(await listTables(two.endpoint)).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

test('a platform without the binary gets told about another engine', () => {
  expect(() => findDynamoDBBinary('sunos', 'sparc')).toThrow(
    /@dynoxide\/sunos-sparc .*docker run .*amazon\/dynamodb-local.*AWS_ENDPOINT_URL_DYNAMODB/,
  );
});
