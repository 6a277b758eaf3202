/** Tables of a test's own on the run's DynamoDB engine. */
import { randomUUID } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { createTables } from '../../src/stores/dynamodb/create-tables.ts';
import { openDynamoDB, setUpTimeouts } from '../../src/stores/dynamodb/open-dynamodb.ts';
import type { TableNames } from '../../src/stores/dynamodb/tables.ts';

export interface TestTables {
  /** A client straight on the engine. */
  readonly client: DynamoDBDocumentClient;
  readonly endpoint: string;
  readonly names: TableNames;
  /** Deletes the tables. */
  drop(): Promise<void>;
}

/** Creates both tables, empty, under a prefix that nobody else has. */
export async function createTestTables(): Promise<TestTables> {
  const endpoint = inject('dynamodbEndpoint');
  // A busy machine must not make a test fail: only tests of the timeouts have short ones.
  const client = openDynamoDB({ region: 'local', endpoint, ...setUpTimeouts });
  const prefix = `test-${randomUUID()}`;
  const names = { carts: `${prefix}-carts`, catalogue: `${prefix}-catalogue` };
  await createTables(client, names);
  return {
    client,
    endpoint,
    names,
    async drop() {
      for (const TableName of Object.values(names)) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
}
