/** The commands that go without most of the SDK's steps: how their values go out and come back. */
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type BatchGetCommandInput,
  type GetCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { fromWire, toWire } from './attribute-values.ts';

export type LeanCommand = GetCommand | BatchGetCommand | PutCommand | QueryCommand;

type Item = Record<string, unknown>;

/** An answer as JSON has it. What is absent inside of a field is absent or null. */
export interface Answer {
  Item?: Item;
  Items?: Item[];
  Attributes?: Item;
  LastEvaluatedKey?: Item;
  Responses?: Record<string, Item[] | null>;
  UnprocessedKeys?: Record<string, { Keys?: Item[] | null }>;
}

export interface LeanOperation {
  /** DynamoDB's name of it. */
  readonly name: string;
  /** A command without values. */
  bare(table: string): LeanCommand;
  /** The input as JSON has it. Parameters from before there were expressions (`Expected`, `KeyConditions`) are none that it knows. */
  toWire(input: never): object;
  /** Makes the answer's values the document client's, in place. */
  fromWire(answer: Answer): void;
}

/** By the command's class. */
export const leanOperations: ReadonlyMap<unknown, LeanOperation> = new Map<unknown, LeanOperation>([
  [
    GetCommand,
    {
      name: 'GetItem',
      bare: (TableName) => new GetCommand({ TableName, Key: {} }),
      toWire: (input: GetCommandInput) => ({ ...input, ...(input.Key && { Key: toWire(input.Key) }) }),
      fromWire({ Item }) {
        if (Item) fromWire(Item);
      },
    },
  ],
  [
    BatchGetCommand,
    {
      name: 'BatchGetItem',
      bare: (table) => new BatchGetCommand({ RequestItems: { [table]: { Keys: [] } } }),
      toWire: batchToWire,
      fromWire: batchFromWire,
    },
  ],
  [
    PutCommand,
    {
      name: 'PutItem',
      bare: (TableName) => new PutCommand({ TableName, Item: {} }),
      toWire: (input: PutCommandInput) => ({
        ...input,
        ...(input.Item && { Item: toWire(input.Item) }),
        ...valuesToWire(input),
      }),
      fromWire({ Attributes }) {
        if (Attributes) fromWire(Attributes);
      },
    },
  ],
  [
    QueryCommand,
    {
      name: 'Query',
      bare: (TableName) => new QueryCommand({ TableName }),
      toWire: (input: QueryCommandInput) => ({
        ...input,
        ...(input.ExclusiveStartKey && { ExclusiveStartKey: toWire(input.ExclusiveStartKey) }),
        ...valuesToWire(input),
      }),
      fromWire({ Items, LastEvaluatedKey }) {
        Items?.forEach(fromWire);
        if (LastEvaluatedKey) fromWire(LastEvaluatedKey);
      },
    },
  ],
]);

function valuesToWire({ ExpressionAttributeValues: values }: PutCommandInput | QueryCommandInput): object {
  return values ? { ExpressionAttributeValues: toWire(values) } : {};
}

function batchToWire({ RequestItems = {}, ...input }: BatchGetCommandInput): object {
  const tables = Object.entries(RequestItems).map(([table, request]) => [
    table,
    { ...request, Keys: request.Keys?.map(toWire) },
  ]);
  return { ...input, RequestItems: Object.fromEntries(tables) as object };
}

function batchFromWire({ Responses, UnprocessedKeys }: Answer): void {
  for (const table in Responses) Responses[table]?.forEach(fromWire);
  for (const table in UnprocessedKeys) UnprocessedKeys[table]?.Keys?.forEach(fromWire);
}
