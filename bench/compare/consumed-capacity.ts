/** What requests consumed: as the engine says (ReturnConsumedCapacity), and by the formula from the items themselves. */
import { itemBytes, type WireItem } from '../cost/item-size.ts';
import type { RequestUnits } from '../cost/operation-units.ts';
import { indexWriteUnits, readUnits, writeUnits } from '../cost/request-units.ts';
import type { Intercept } from './dynamodb-proxy.ts';

interface Capacity {
  readonly CapacityUnits?: number;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems']);
const WRITES = new Set(['PutItem', 'TransactWriteItems', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

interface Put {
  readonly Item: WireItem;
  /** What the put replaces. */
  readonly before?: WireItem | undefined;
}

/** An item is in the index when it has both of the index's keys. */
const indexedBytes = (item: WireItem | undefined) =>
  item !== undefined && 'customer_id' in item && 'created_at_cart_id' in item ? itemBytes(item) : undefined;

/** A put takes the units of the larger one of the item it writes and the one it replaces. */
const putUnits = ({ Item, before = {} }: Put, kind: 'standard' | 'transactional') =>
  writeUnits(Math.max(itemBytes(Item), itemBytes(before)), kind) +
  indexWriteUnits(indexedBytes(before), indexedBytes(Item));

interface Exchange {
  readonly request: Record<string, unknown>;
  readonly answer: Record<string, unknown>;
  /** What the request puts. */
  readonly puts: readonly Put[];
}

/** The formula, for the requests the service makes. */
function formulaUnits(operation: string, { request, answer, puts }: Exchange): RequestUnits {
  if (operation === 'GetItem') {
    const kind = request['ConsistentRead'] === true ? 'strong' : 'eventual';
    return { read: readUnits(itemBytes((answer['Item'] as WireItem | undefined) ?? {}), kind), write: 0 };
  }
  if (operation === 'BatchGetItem') {
    const tables = request['RequestItems'] as Record<string, { ConsistentRead?: boolean; Keys: unknown[] }>;
    const responses = answer['Responses'] as Record<string, WireItem[]>;
    const read = Object.entries(tables).reduce((sum, [table, { ConsistentRead, Keys }]) => {
      const kind = ConsistentRead === true ? 'strong' : 'eventual';
      const found = responses[table] ?? [];
      const missing = (Keys.length - found.length) * readUnits(0, kind);
      return sum + missing + found.reduce((units, item) => units + readUnits(itemBytes(item), kind), 0);
    }, 0);
    return { read, write: 0 };
  }
  if (operation === 'Query') {
    const bytes = ((answer['Items'] as WireItem[] | undefined) ?? []).reduce(
      (sum, item) => sum + itemBytes(item),
      0,
    );
    return { read: readUnits(bytes, request['ConsistentRead'] === true ? 'strong' : 'eventual'), write: 0 };
  }
  const kind = operation === 'TransactWriteItems' ? 'transactional' : 'standard';
  return { read: 0, write: puts.reduce((sum, put) => sum + putUnits(put, kind), 0) };
}

function itemsPut(operation: string, request: Record<string, unknown>): WireItem[] {
  if (operation === 'PutItem') return [request['Item'] as WireItem];
  if (operation !== 'TransactWriteItems') return [];
  const parts = request['TransactItems'] as { Put?: { Item: WireItem } }[];
  return parts.flatMap(({ Put }) => (Put === undefined ? [] : [Put.Item]));
}

const cartIdOf = (item: WireItem) => JSON.stringify(item['cart_id']);

export interface CapacityRecorder {
  readonly intercept: Intercept;
  /** Since the last call: units as reported, units by the formula, and the size of the last cart written. */
  take(): { measured: RequestUnits; formula: RequestUnits; lastItemBytes: number };
}

export function recordCapacity(): CapacityRecorder {
  let measured = { read: 0, write: 0 };
  let formula = { read: 0, write: 0 };
  let lastItemBytes = 0;
  /** The carts as they stand, so that a put is known with what it replaces. */
  const standing = new Map<string, WireItem>();
  return {
    async intercept(operation, request, forward) {
      if (!READS.has(operation) && !WRITES.has(operation)) return forward(operation, request);
      const answer = await forward(operation, { ...request, ReturnConsumedCapacity: 'INDEXES' });
      const body = answer.body as Record<string, unknown>;
      if (answer.status !== 200) return answer;
      const units = list(body['ConsumedCapacity'] as Capacity | Capacity[] | undefined).reduce(
        (sum, { CapacityUnits = 0 }) => sum + CapacityUnits,
        0,
      );
      const items = itemsPut(operation, request);
      const puts = items.map((Item) => ({ Item, before: standing.get(cartIdOf(Item)) }));
      const expected = formulaUnits(operation, { request, answer: body, puts });
      const kind = READS.has(operation) ? 'read' : 'write';
      measured = { ...measured, [kind]: measured[kind] + units };
      formula = { read: formula.read + expected.read, write: formula.write + expected.write };
      for (const item of items) {
        standing.set(cartIdOf(item), item);
        lastItemBytes = itemBytes(item);
      }
      return answer;
    },
    take() {
      const result = { measured, formula, lastItemBytes };
      measured = { read: 0, write: 0 };
      formula = { read: 0, write: 0 };
      return result;
    },
  };
}
