/** Creates the tables where nothing else does: on local engines, for development and tests. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { pause } from '../../waiting/abortable.ts';
import { cartsTable, catalogueTable, TTL_ATTRIBUTE, type TableNames, type TableShape } from './tables.ts';

/** Milliseconds; on AWS a table takes some seconds. */
const LONGEST_WAIT = 120_000;

/**
 * Creates the tables that are not there yet, resolves when both are active, and sets the carts' time to live.
 * @param client one opened with setUpTimeouts
 * @throws Error when a table is there but has another key or lacks the index
 */
export async function createTables(
  client: DynamoDBDocumentClient,
  names: TableNames,
  signal: AbortSignal = AbortSignal.timeout(LONGEST_WAIT),
): Promise<void> {
  await Promise.all([
    createTable(client, names.carts, cartsTable, signal).then(() => setTimeToLive(client, names.carts)),
    createTable(client, names.catalogue, catalogueTable, signal),
  ]);
}

async function createTable(
  client: DynamoDBDocumentClient,
  name: string,
  shape: TableShape,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ ...shape, TableName: name }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table && isActive(Table)) {
      checkShape(name, Table, shape);
      return;
    }
    await pause(200, signal);
  }
}

function isActive({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  return TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every((index) => index.IndexStatus === 'ACTIVE');
}

function checkShape(name: string, table: TableDescription, shape: TableShape): void {
  if (keyOf(table) !== keyOf(shape)) {
    throw new Error(`The table ${name} must have the key ${keyOf(shape)}, but has ${keyOf(table)}`);
  }
  for (const wanted of shape.GlobalSecondaryIndexes ?? []) {
    const found = table.GlobalSecondaryIndexes?.find((index) => index.IndexName === wanted.IndexName);
    if (!found || keyOf(found) !== keyOf(wanted)) {
      const given = found ? `one on ${keyOf(found)}` : 'none';
      const index = `an index ${String(wanted.IndexName)} on ${keyOf(wanted)}`;
      throw new Error(`The table ${name} must have ${index}, but has ${given}`);
    }
  }
}

function keyOf({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string {
  return KeySchema.map((key) => key.AttributeName).join(', ');
}

/** A second request to enable it would be an error. */
async function setTimeToLive(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  const current = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const { TimeToLiveStatus, AttributeName } = current.TimeToLiveDescription ?? {};
  const enabled = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING';
  if (enabled && AttributeName === TTL_ATTRIBUTE) return;
  const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}
