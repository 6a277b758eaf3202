/**
 * Measures the request units of the service's operations: a service of its own on an embedded engine, with a proxy in
 * between that asks for ReturnConsumedCapacity. Units depend on the items and requests alone, not on the engine's speed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';
import { createTables } from '../../src/stores/dynamodb/create-tables.ts';
import { loadProducts } from '../../src/stores/dynamodb/load-products.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';
import { startEmbeddedDynamoDB } from '../../src/stores/embedded/dynamodb.ts';
import type { Operation, RequestUnits } from '../cost/operation-units.ts';
import { createRandom } from '../load/random.ts';
import { openCartApi, type CartApi } from './cart-api.ts';
import { recordCapacity, type CapacityRecorder } from './consumed-capacity.ts';
import { openDynamoDbProxy } from './dynamodb-proxy.ts';
import type { UnitsRecord } from './records.ts';
import { startService } from './service-process.ts';
import type { Side } from './sides.ts';
import { CARTS_PER_CUSTOMER } from './workload-data.ts';

const REPEATS = 20;
const TABLES = { carts: 'shopping-carts', products: 'shopping-products' };

type Units = Pick<UnitsRecord, 'operations' | 'formula' | 'cartBytes'>;

/** Undefined where no service can be started on DynamoDB here: two hosts, or a platform without the engine. */
export async function measureRequestUnits(
  side: Side,
  seed: number,
  signal?: AbortSignal,
): Promise<Units | undefined> {
  if (side.startWith === undefined) return undefined;
  const engine = await startEmbeddedDynamoDB();
  const recorder = recordCapacity();
  const proxy = await openDynamoDbProxy(engine.endpoint, recorder.intercept);
  const folder = mkdtempSync(join(tmpdir(), 'cartwright-units-'));
  try {
    const client = openDynamoDB({ region: 'us-east-1', endpoint: engine.endpoint });
    await createTables(client, TABLES);
    await loadProducts(client, TABLES.products, demoCatalog('USD').slice(0, 100));
    client.destroy();
    const service = await startService({
      env: {
        CART_STORE_TYPE: 'dynamodb',
        AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
        AWS_REGION: 'us-east-1',
        DYNAMODB_TABLE_NAME: TABLES.carts,
        DYNAMODB_PRODUCTS_TABLE_NAME: TABLES.products,
        DYNAMODB_READ_CONSISTENCY: 'eventual',
      },
      logFile: join(folder, 'service.log'),
      cpus: undefined,
      realTime: false,
      ...(signal === undefined ? {} : { signal }),
    });
    const api = openCartApi(service.url);
    try {
      return await measureOperations(api, recorder, seed);
    } finally {
      await api.close();
      await service.stop();
    }
  } finally {
    await proxy.close();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOperations(api: CartApi, recorder: CapacityRecorder, seed: number): Promise<Units> {
  const random = createRandom(`${seed}/units`);
  const products = await api.productIds(100);
  const choose = (count: number) =>
    random
      .shuffle(products)
      .slice(0, count)
      .map((productId) => ({ productId, quantity: random.integer(1, 5) }));
  const items = choose(10);
  const cart = await api.createCart({ customerId: '1', items });
  for (let i = 0; i < CARTS_PER_CUSTOMER; i += 1) await api.createCart({ customerId: '2', items: choose(3) });

  const operations = {} as Record<Operation, RequestUnits>;
  const formula = {} as Record<Operation, RequestUnits>;
  const measure = async (name: Operation, send: (index: number) => Promise<unknown>) => {
    recorder.take();
    for (let i = 0; i < REPEATS; i += 1) await send(i);
    const taken = recorder.take();
    const each = ({ read, write }: RequestUnits) => ({ read: read / REPEATS, write: write / REPEATS });
    operations[name] = each(taken.measured);
    formula[name] = each(taken.formula);
    return taken.lastItemBytes;
  };
  const present = () => [{ productId: random.pick(items).productId, quantity: random.integer(1, 5) }];
  await measure('create', (i) => api.createCart({ customerId: String(100 + i) }));
  await measure('update', () => api.updateItems(cart.id, present()));
  const cartBytes = await measure('add', () => api.addItems(cart.id, present()));
  await measure('get', () => api.findCart(cart.id));
  await measure('history', () => api.customerCarts('2'));
  return { operations, formula, cartBytes };
}
