/** Whether a table is there and as the service needs it. */
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StoreOptions } from '../cart-store.ts';
import { within } from './within.ts';

/** A key that no item has, in the table and in its index. */
export interface TableProbe {
  readonly tableName: string;
  readonly key: Readonly<Record<string, string | number>>;
  readonly indexName: string;
  readonly indexPartition: readonly [attribute: string, value: string | number];
}

/**
 * Makes the two kinds of read that the service makes, one key and the index, each of half a read unit. So it needs no
 * right beyond the service's own, and finds a wrong key, a missing index or a missing right too.
 * @throws Error naming the table
 */
export async function checkTable(
  client: DynamoDBDocumentClient,
  { tableName, key, indexName, indexPartition: [attribute, value] }: TableProbe,
  { signal }: StoreOptions,
): Promise<void> {
  const get = new GetCommand({ TableName: tableName, Key: key });
  const query = new QueryCommand({
    TableName: tableName,
    IndexName: indexName,
    Limit: 1,
    KeyConditionExpression: '#partition = :value',
    ExpressionAttributeNames: { '#partition': attribute },
    ExpressionAttributeValues: { ':value': value },
  });
  try {
    await within(signal, (options) => Promise.all([client.send(get, options), client.send(query, options)]));
  } catch (error) {
    throw new Error(describe(tableName, error, signal?.aborted === true), { cause: error });
  }
}

function describe(tableName: string, error: unknown, late: boolean): string {
  if (error instanceof ResourceNotFoundException) return `DynamoDB has no table ${tableName}`;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const what = late ? 'has not answered in time' : 'cannot be used';
  return `The DynamoDB table ${tableName} ${what}: ${reason}`;
}
