/** Calls of DynamoDB as numbers: how long, what they cost, and which were throttled. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { errorName } from '../../tracing/tracer.ts';
import { OTHER, perValue, SECONDS, type Counter, type Meter } from '../../metrics/meter.ts';

/** What is looked at of a request. */
export interface Input {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly {
    readonly Put?: { readonly TableName?: string };
    readonly Delete?: { readonly TableName?: string };
  }[];
}

/** What is looked at of an answer, for each table. */
interface Capacity {
  readonly TableName?: string;
  readonly CapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

export interface Output {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
  readonly $metadata?: { readonly attempts?: number };
}

/** Those that tell what they cost when they are asked. */
const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES = new Set(['PutItem', 'TransactWriteItems', 'BatchWriteItem']);

/**
 * Sends a call and measures it, with all of its attempts.
 * @param send with what is to be sent: the input, and the request to tell what the call costs
 * @param outputOf what DynamoDB answered
 */
export type CallMeter = <Given extends Input, Result>(
  operation: string,
  input: Given,
  send: (input: Given) => Promise<Result>,
  outputOf: (result: Result) => Output,
) => Promise<Result>;

/**
 * Asks for the cost of each call, by table and index, and takes note of it; a refused write costs as much as one that lands, and
 * DynamoDB does not tell.
 */
export function createCallMeter(meter: Meter): CallMeter {
  const durationOf = createDurations(meter);
  const addCapacity = createCapacity(meter);
  const retries = meter.counter('cartwright_dynamodb_retries_total', 'Attempts at calls beyond the first.');

  return async (operation, input, send, outputOf) => {
    const kind = READS.has(operation) ? 'read' : WRITES.has(operation) ? 'write' : undefined;
    const asked = kind ? { ...input, ReturnConsumedCapacity: 'INDEXES' as const } : input;
    const sent = meter.now();
    try {
      const result = await send(asked);
      const { ConsumedCapacity, $metadata } = outputOf(result);
      durationOf(operation)(tableOf(input))('').since(sent);
      retries.add(($metadata?.attempts ?? 1) - 1);
      if (kind && ConsumedCapacity) addCapacity(kind, [ConsumedCapacity].flat());
      return result;
    } catch (error) {
      durationOf(operation)(tableOf(input))(errorName(error)).since(sent);
      throw error;
    }
  };
}

/** Measures the SDK's calls. */
export function measureCalls(client: DynamoDBClient, measured: CallMeter): void {
  client.middlewareStack.add(
    (next, context) => (args) =>
      measured(
        (context.commandName ?? OTHER).replace(/Command$/, ''),
        args.input as Input,
        (input) => next({ ...args, input: input }),
        ({ output }) => output as Output,
      ),
    { name: 'measureCalls', step: 'initialize' },
  );
}

function createDurations(meter: Meter) {
  return perValue((operation) =>
    perValue((table) =>
      perValue((error) => {
        const labels = {
          db_system_name: 'aws.dynamodb',
          db_operation_name: operation,
          db_collection_name: table,
          ...(error !== '' && { error_type: error }),
        };
        const help = 'Seconds of a statement or a call, from when it was sent to its answer.';
        return meter.histogram('db_client_operation_duration_seconds', help, SECONDS, labels);
      }),
    ),
  );
}

function createCapacity(meter: Meter): (kind: 'read' | 'write', all: readonly Capacity[]) => void {
  const help = 'Request units that calls have used.';
  const units = perValue((kind) =>
    perValue((table) =>
      perValue((index): Counter =>
        meter.counter('cartwright_dynamodb_units_total', help, { table, index, kind }),
      ),
    ),
  );
  return (kind, all) => {
    for (const { TableName = OTHER, CapacityUnits = 0, Table, GlobalSecondaryIndexes = {} } of all) {
      const ofTable = units(kind)(TableName);
      // An answer without the parts has the sum alone.
      ofTable('').add(Table?.CapacityUnits ?? CapacityUnits);
      for (const index in GlobalSecondaryIndexes)
        ofTable(index).add(GlobalSecondaryIndexes[index]?.CapacityUnits ?? 0);
    }
  };
}

/** Counts attempts that DynamoDB put off, by table and index: told of each attempt that failed. */
export function createThrottleCount(meter: Meter): (input: object, error: unknown) => void {
  const help = 'Attempts that DynamoDB throttled.';
  const throttles = perValue((table) =>
    perValue((index): Counter =>
      meter.counter('cartwright_dynamodb_throttles_total', help, { table, index }),
    ),
  );
  return (input, error) => {
    if (!isThrottled(error)) return;
    const given = input as Input;
    throttles(tableOf(given))(indexOf(error) ?? given.IndexName ?? '').add();
  };
}

const THROTTLED = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);
const THROTTLED_WRITE = new Set<unknown>(['ThrottlingError', 'ProvisionedThroughputExceeded']);

interface Throttled {
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
  readonly ThrottlingReasons?: readonly { readonly resource?: string }[];
  readonly throttlingReasons?: readonly { readonly resource?: string }[];
}

function isThrottled(error: unknown): boolean {
  const { CancellationReasons = [] } = error as Throttled;
  return THROTTLED.has(errorName(error)) || CancellationReasons.some(({ Code }) => THROTTLED_WRITE.has(Code));
}

/** The index that a throttled table's answer names: the end of `arn:aws:dynamodb:…:table/carts/index/CustomerIndex`. */
function indexOf(error: unknown): string | undefined {
  const { ThrottlingReasons, throttlingReasons } = error as Throttled;
  const [reason] = ThrottlingReasons ?? throttlingReasons ?? [];
  return reason?.resource?.split('/index/')[1];
}

export function tableOf({ TableName, RequestItems, TransactItems }: Input): string {
  if (TableName !== undefined) return TableName;
  if (RequestItems) return Object.keys(RequestItems)[0] ?? OTHER;
  const { Put, Delete } = TransactItems?.[0] ?? {};
  return (Put ?? Delete)?.TableName ?? OTHER;
}
