/**
 * Measures the request units of the service's operations, on carts of the shape that costs are worked out for: a service of
 * its own on an embedded engine, with a proxy in between that asks for ReturnConsumedCapacity. Units depend on the items and
 * requests alone, not on the engine's speed. Beside them stands the formula, for carts of the size that went over the wire.
 */
import { findDynamoDBBinary } from '../../src/stores/embedded/dynamodb.ts';
import { startDynamoDBProxy, type DynamoDBProxy, type WireBody } from '../../test/support/dynamodb-proxy.ts';
import { itemSize } from '../../test/support/item-size.ts';
import { patience } from '../../test/support/patience.ts';
import { openCartApi, type CartApi, type ItemInput } from '../client/cart-api.ts';
import * as units from '../cost/units.ts';
import { createRandom } from '../load/random.ts';
import { openDynamoDBEngine } from '../processes/engines.ts';
import { startService } from '../processes/launch.ts';
import { sumOf } from '../statistics.ts';
import type { UnitsRecord } from './records.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems'];
const WRITES = ['PutItem', 'TransactWriteItems', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/**
 * Watches what goes through the proxy.
 * @returns a function that says what was consumed since it was called last, and the size of the last cart that was written
 */
function recordCapacity(proxy: DynamoDBProxy) {
  let [read, write, bytes] = [0, 0, 0];
  const record = (operation: string, { Item }: WireBody, { ConsumedCapacity = [] }: WireBody) => {
    const reported = [ConsumedCapacity].flat() as { CapacityUnits?: number }[];
    const sum = sumOf(reported, ({ CapacityUnits = 0 }) => CapacityUnits);
    if (READS.includes(operation)) read += sum;
    else write += sum;
    if (operation === 'PutItem') bytes = itemSize(Item as Parameters<typeof itemSize>[0]);
  };
  for (const operation of [...READS, ...WRITES]) {
    proxy.injectAlways(operation, {
      kind: 'alter',
      request: (body) => ({ ...body, ReturnConsumedCapacity: 'INDEXES' }),
      answer(answer, request) {
        record(operation, request, answer);
        return answer;
      },
    });
  }
  return () => {
    const consumed = { read, write, bytes };
    [read, write, bytes] = [0, 0, 0];
    return consumed;
  };
}

const REPEATS = 20;
/** A cart remembers its last 32 changes: those of a history have half of that behind them. */
const HISTORY_CHANGES = 15;

type Units = Omit<UnitsRecord, 'type' | 'step'>;

/** Undefined where this platform has no embedded engine. */
export async function measureRequestUnits(seed: number, signal?: AbortSignal): Promise<Units | undefined> {
  try {
    findDynamoDBBinary();
  } catch {
    return undefined;
  }
  const engine = await openDynamoDBEngine();
  const proxy = await startDynamoDBProxy(engine.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  try {
    const through = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint, DYNAMODB_READ_CONSISTENCY: 'eventual' };
    // Nothing is timed here, so a busy machine must not end it.
    const service = await startService({ env: { ...engine.env, ...patience, ...through }, signal });
    const api = openCartApi(service.url);
    try {
      return await measureOperations(api, recordCapacity(proxy), seed);
    } finally {
      api.close();
      await service.stop();
    }
  } finally {
    await proxy.close();
    await engine.close();
  }
}

/** Every operation of the mix, and a merge of two carts. */
async function measureOperations(
  api: CartApi,
  take: ReturnType<typeof recordCapacity>,
  seed: number,
): Promise<Units> {
  const random = createRandom(`${seed}/units`);
  const products = await api.productIds(100);
  const some = (productId: string) => ({ productId, quantity: random.integer(1, 5) });
  const choose = () => random.shuffle(products).slice(0, units.PRICED_SHAPE.items).map(some);
  const oneOf = (items: readonly ItemInput[]) => [some(random.pick(items).productId)];
  /** Size of the cart that was written last in a measurement. */
  let written = 0;
  /** Units of one call, on average over REPEATS calls one after the other. */
  const measure = async (send: (index: number) => Promise<unknown>): Promise<units.RequestUnits> => {
    take();
    for (let i = 0; i < REPEATS; i += 1) await send(i);
    const { read, write, bytes } = take();
    written = bytes;
    return { read: read / REPEATS, write: write / REPEATS };
  };

  const items = choose();
  const { id } = await api.createCart({ customerId: '1', items });
  const fill = async (chosen: ItemInput[]) => {
    const cart = await api.createCart({ customerId: '2', items: chosen });
    for (let i = 0; i < HISTORY_CHANGES; i += 1) await api.updateItems(cart.id, oneOf(chosen));
  };
  await Promise.all(Array.from({ length: units.PRICED_SHAPE.historyCarts }, choose).map(fill));
  const page = take().bytes * units.PRICED_SHAPE.historyCarts;
  const create = await measure((i) => api.createCart({ customerId: String(100 + i) }));
  const emptyBytes = written;
  const update = await measure(() => api.updateItems(id, oneOf(items)));
  const add = await measure(() => api.addItems(id, oneOf(items)));
  const cartBytes = written;
  const get = await measure(() => api.findCart(id));
  const history = await measure(() => api.customerCarts('2', units.PRICED_SHAPE.historyCarts));
  /** Into a cart of ten items from another one with the same ten. */
  const pairs: [string, string][] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const input = { customerId: String(1000 + i), items: choose() };
    pairs.push([(await api.createCart(input)).id, (await api.createCart(input)).id]);
  }
  const merge = await measure((i) => api.mergeCarts(...(pairs[i] as [string, string])));
  return {
    operations: { create, get, add, update, history },
    formula: units.unitsOfBytes(cartBytes, emptyBytes, page, 'eventual'),
    cartBytes,
    merge: { measured: merge, formula: units.mergeUnits(cartBytes) },
  };
}
