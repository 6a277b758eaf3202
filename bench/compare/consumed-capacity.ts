/** What requests consumed: as the engine says (ReturnConsumedCapacity), and by the formula from the items themselves. */
import type { DynamoDBProxy, WireBody } from '../../test/support/dynamodb-proxy.ts';
import { itemBytes, type WireItem } from '../cost/item-size.ts';
import type { RequestUnits } from '../cost/operation-units.ts';
import { indexWriteUnits, readUnits, writeUnits } from '../cost/request-units.ts';
import { sumOf } from '../statistics/statistics.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems'];
const WRITES = ['PutItem', 'TransactWriteItems', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/** Reads by the formula, for the requests the service makes. */
function readsByFormula(operation: string, request: WireBody, answer: WireBody): number {
  const kindOf = ({ ConsistentRead }: { ConsistentRead?: boolean }) =>
    ConsistentRead ? 'strong' : 'eventual';
  const kind = kindOf(request);
  if (operation === 'GetItem') return readUnits(itemBytes((answer['Item'] ?? {}) as WireItem), kind);
  if (operation === 'Query') return readUnits(sumOf((answer['Items'] ?? []) as WireItem[], itemBytes), kind);
  if (operation !== 'BatchGetItem') return 0;
  const tables = request['RequestItems'] as Record<string, { ConsistentRead?: boolean; Keys: unknown[] }>;
  return sumOf(Object.entries(tables), ([table, asked]) => {
    const found = (answer['Responses'] as Record<string, WireItem[]>)[table] ?? [];
    // A key without an item is read all the same.
    const sizes = asked.Keys.map((_, at) => itemBytes(found[at] ?? {}));
    return sumOf(sizes, (bytes) => readUnits(bytes, kindOf(asked)));
  });
}

/** An item is in the index when it has both of the index's keys. */
const indexedBytes = (item: WireItem) =>
  'customer_id' in item && 'created_at_cart_id' in item ? itemBytes(item) : undefined;

/** A put takes the units of the larger one of the item it writes and the one it replaces. */
const putUnits = (item: WireItem, before: WireItem, kind: 'standard' | 'transactional') =>
  writeUnits(Math.max(itemBytes(item), itemBytes(before)), kind) +
  indexWriteUnits(indexedBytes(before), indexedBytes(item));

function itemsPut(operation: string, request: WireBody): WireItem[] {
  if (operation === 'PutItem') return [request['Item'] as WireItem];
  if (operation !== 'TransactWriteItems') return [];
  const parts = request['TransactItems'] as { Put?: { Item: WireItem } }[];
  return parts.flatMap(({ Put }) => (Put === undefined ? [] : [Put.Item]));
}

/** As the engine says: one figure, or one for each table. */
const reportedUnits = ({ ConsumedCapacity = [] }: WireBody) =>
  sumOf([ConsumedCapacity].flat() as { CapacityUnits?: number }[], ({ CapacityUnits = 0 }) => CapacityUnits);

const cartIdOf = (item: WireItem) => JSON.stringify(item['cart_id']);

export interface Consumed {
  readonly measured: RequestUnits;
  readonly formula: RequestUnits;
  /** Size of the last cart that was written. */
  readonly lastItemBytes: number;
}

/** Watches what goes through the proxy. @returns a function that says what was consumed since it was called last */
export function recordCapacity(proxy: DynamoDBProxy): () => Consumed {
  let measured = { read: 0, write: 0 };
  let formula = { read: 0, write: 0 };
  let lastItemBytes = 0;
  /** The carts as they stand, so that a put is known with what it replaces. */
  const standing = new Map<string, WireItem>();

  const record = (operation: string, request: WireBody, answer: WireBody) => {
    const kind = READS.includes(operation) ? 'read' : 'write';
    measured[kind] += reportedUnits(answer);
    formula.read += readsByFormula(operation, request, answer);
    const mode = operation === 'TransactWriteItems' ? 'transactional' : 'standard';
    for (const item of itemsPut(operation, request)) {
      formula.write += putUnits(item, standing.get(cartIdOf(item)) ?? {}, mode);
      standing.set(cartIdOf(item), item);
      lastItemBytes = itemBytes(item);
    }
    return answer;
  };
  for (const operation of [...READS, ...WRITES]) {
    proxy.injectAlways(operation, {
      kind: 'alter',
      request: (body) => ({ ...body, ReturnConsumedCapacity: 'INDEXES' }),
      answer: (answer, request) => record(operation, request, answer),
    });
  }
  return () => {
    const result = { measured, formula, lastItemBytes };
    measured = { read: 0, write: 0 };
    formula = { read: 0, write: 0 };
    return result;
  };
}
