/**
 * Measures the request units of the service's operations, on carts of the shape that costs are worked out for: a service of
 * its own on an embedded engine, with a proxy in between that asks for ReturnConsumedCapacity. Units depend on the items and
 * requests alone, not on the engine's speed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDynamoDBBinary } from '../../src/stores/embedded/dynamodb.ts';
import { startDynamoDBProxy } from '../../test/support/dynamodb-proxy.ts';
import { openCartApi, type CartApi, type ItemInput } from '../client/cart-api.ts';
import { PRICED_SHAPE, type Operation, type RequestUnits } from '../cost/operation-units.ts';
import { createRandom } from '../load/random.ts';
import { openDynamoDBEngine } from '../processes/engines.ts';
import { startService } from '../processes/service.ts';
import { recordCapacity, type Consumed } from './consumed-capacity.ts';
import type { UnitsRecord } from './records.ts';

const REPEATS = 20;
/** A cart remembers its last 32 changes: those of a history have half of that behind them. */
const HISTORY_CHANGES = 15;

export type Units = Omit<UnitsRecord, 'type' | 'step'>;

const hasEngine = (): boolean => {
  try {
    return findDynamoDBBinary() !== '';
  } catch {
    return false;
  }
};

/** Undefined where this platform has no embedded engine. */
export async function measureRequestUnits(seed: number, signal?: AbortSignal): Promise<Units | undefined> {
  if (!hasEngine()) return undefined;
  const engine = await openDynamoDBEngine();
  const proxy = await startDynamoDBProxy(engine.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'cartwright-units-'));
  try {
    const take = recordCapacity(proxy);
    const env = {
      ...engine.env,
      AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
      DYNAMODB_READ_CONSISTENCY: 'eventual',
    };
    const service = await startService({ env, logFile: join(folder, 'service.log'), signal });
    const api = openCartApi(service.url);
    try {
      return await measureOperations(api, take, seed);
    } finally {
      api.close();
      await service.stop();
    }
  } finally {
    await proxy.close();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Units of one call, on average over REPEATS calls one after the other. */
type Measure = (send: (index: number) => Promise<unknown>) => Promise<Consumed>;

/** Every operation once, and a merge of two carts. */
async function measureOperations(api: CartApi, take: () => Consumed, seed: number): Promise<Units> {
  const random = createRandom(`${seed}/units`);
  const products = (await api.productIds(100)).slice(0, 100);
  const quantity = () => random.integer(1, 5);
  const choose = () =>
    random
      .shuffle(products)
      .slice(0, PRICED_SHAPE.items)
      .map((productId) => ({ productId, quantity: quantity() }));
  const oneOf = (items: readonly ItemInput[]) => [
    { productId: random.pick(items).productId, quantity: quantity() },
  ];
  const each = ({ read, write }: RequestUnits) => ({ read: read / REPEATS, write: write / REPEATS });
  const measure: Measure = async (send) => {
    take();
    for (let i = 0; i < REPEATS; i += 1) await send(i);
    const { measured, formula, lastItemBytes } = take();
    return { measured: each(measured), formula: each(formula), lastItemBytes };
  };

  const items = choose();
  const { id } = await api.createCart({ customerId: '1', items });
  const history = '2';
  await createHistory(api, history, Array.from({ length: PRICED_SHAPE.historyCarts }, choose), oneOf);
  const consumed: Record<Operation, Consumed> = {
    create: await measure((i) => api.createCart({ customerId: String(100 + i) })),
    update: await measure(() => api.updateItems(id, oneOf(items))),
    add: await measure(() => api.addItems(id, oneOf(items))),
    get: await measure(() => api.findCart(id)),
    history: await measure(() => api.customerCarts(history, PRICED_SHAPE.historyCarts)),
  };
  const pick = (kind: 'measured' | 'formula') =>
    Object.fromEntries(Object.entries(consumed).map(([name, units]) => [name, units[kind]])) as Record<
      Operation,
      RequestUnits
    >;
  const { measured, formula } = await measureMerge(api, choose, measure);
  return {
    operations: pick('measured'),
    formula: pick('formula'),
    cartBytes: consumed.add.lastItemBytes,
    merge: { measured, formula },
  };
}

async function createHistory(
  api: CartApi,
  customerId: string,
  carts: readonly ItemInput[][],
  oneOf: (items: readonly ItemInput[]) => ItemInput[],
): Promise<void> {
  await Promise.all(
    carts.map(async (items) => {
      const { id } = await api.createCart({ customerId, items });
      for (let i = 0; i < HISTORY_CHANGES; i += 1) await api.updateItems(id, oneOf(items));
    }),
  );
}

/** Into a cart of ten items from another one with the same ten. */
async function measureMerge(api: CartApi, choose: () => ItemInput[], measure: Measure): Promise<Consumed> {
  const pairs: [string, string][] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const input = { customerId: String(1000 + i), items: choose() };
    pairs.push([(await api.createCart(input)).id, (await api.createCart(input)).id]);
  }
  return measure((i) => api.mergeCarts(...(pairs[i] ?? ['', ''])));
}
