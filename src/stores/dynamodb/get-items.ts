/** Items by their keys: one GetItem for one, BatchGetItem for several. */
import { BatchGetCommand, GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Signal } from '../../waiting/abortable.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { chunksOf, sendUntilProcessed } from './send-until-processed.ts';
import { within } from './within.ts';

/** Most keys in one BatchGetItem. */
const BATCH = 100;

export interface GetItemsOptions {
  /** See every write acknowledged before, at twice the cost. */
  readonly consistent?: boolean | undefined;
  readonly signal?: Signal | undefined;
}

type Key = Record<string, string | number>;

/**
 * Positional; undefined where there is no item. Keys may repeat and are asked for once.
 * @param attribute the table's key, with the type of `ids`
 */
export async function getItems(
  client: DynamoDBDocumentClient,
  table: { readonly name: string; readonly attribute: string },
  ids: readonly (string | number)[],
  options: GetItemsOptions,
): Promise<(DynamoDBRecord | undefined)[]> {
  const unique = [...new Set(ids)];
  const found = new Map<string, DynamoDBRecord>();
  const collect = (items: readonly DynamoDBRecord[]) => {
    // A number arrives as a NumberValue: text is what both sides have in common.
    for (const item of items) found.set(String(item[table.attribute]), item);
  };
  const keys = unique.map((id): Key => ({ [table.attribute]: id }));
  const [first] = keys;
  if (first && keys.length === 1) collect(await getOne(client, table.name, first, options));
  else {
    await Promise.all(
      chunksOf(keys, BATCH).map((chunk) => getBatch(client, table.name, chunk, options, collect)),
    );
  }
  return ids.map((id) => found.get(String(id)));
}

async function getOne(
  client: DynamoDBDocumentClient,
  tableName: string,
  key: Key,
  { consistent = false, signal }: GetItemsOptions,
): Promise<DynamoDBRecord[]> {
  const command = new GetCommand({ TableName: tableName, Key: key, ConsistentRead: consistent });
  const { Item } = await within(signal, (options) => client.send(command, options), command);
  return Item ? [Item] : [];
}

function getBatch(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Key[],
  { consistent = false, signal }: GetItemsOptions,
  collect: (items: readonly DynamoDBRecord[]) => void,
): Promise<void> {
  const send = async (left: readonly Key[]) => {
    const request = { Keys: [...left], ConsistentRead: consistent };
    const command = new BatchGetCommand({ RequestItems: { [tableName]: request } });
    const { Responses, UnprocessedKeys } = await within(
      signal,
      (options) => client.send(command, options),
      command,
    );
    collect(Responses?.[tableName] ?? []);
    return (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
  };
  return sendUntilProcessed(keys, send, signal);
}
