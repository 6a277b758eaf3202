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

/** An item is in the index when it has both of the index's keys. */
const putUnits = (item: WireItem, kind: 'standard' | 'transactional') => {
  const bytes = itemBytes(item);
  const indexed = 'customer_id' in item && 'created_at_cart_id' in item;
  return writeUnits(bytes, kind) + (indexed ? indexWriteUnits(bytes, bytes) : 0);
};

interface Exchange {
  readonly request: Record<string, unknown>;
  readonly answer: Record<string, unknown>;
}

/** The formula, for the requests the service makes. Index entries are counted at the size of what is written. */
function formulaUnits(operation: string, { request, answer }: Exchange): RequestUnits {
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
  if (operation === 'PutItem') return { read: 0, write: putUnits(request['Item'] as WireItem, 'standard') };
  if (operation === 'TransactWriteItems') {
    const puts = request['TransactItems'] as { Put?: { Item: WireItem } }[];
    const write = puts.reduce((sum, { Put }) => sum + (Put ? putUnits(Put.Item, 'transactional') : 0), 0);
    return { read: 0, write };
  }
  return { read: 0, write: 0 };
}

export interface CapacityRecorder {
  readonly intercept: Intercept;
  /** Since the last call: units as reported, units by the formula, and the size of the last cart written. */
  take(): { measured: RequestUnits; formula: RequestUnits; lastItemBytes: number };
}

export function recordCapacity(): CapacityRecorder {
  let measured = { read: 0, write: 0 };
  let formula = { read: 0, write: 0 };
  let lastItemBytes = 0;
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
      const expected = formulaUnits(operation, { request, answer: body });
      const kind = READS.has(operation) ? 'read' : 'write';
      measured = { ...measured, [kind]: measured[kind] + units };
      formula = { read: formula.read + expected.read, write: formula.write + expected.write };
      if (operation === 'PutItem') lastItemBytes = itemBytes(request['Item'] as WireItem);
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
