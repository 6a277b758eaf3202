/** The operations whose request units are measured, on carts of the shape that costs are worked out for. */
import { PRICED_SHAPE, type Operation, type RequestUnits } from '../cost/operation-units.ts';
import { createRandom } from '../load/random.ts';
import type { CartApi, ItemInput } from './cart-api.ts';
import type { CapacityRecorder } from './consumed-capacity.ts';
import type { UnitsRecord } from './records.ts';

const REPEATS = 20;
/** A cart remembers its last 32 changes: those of a history have half of that behind them. */
const HISTORY_CHANGES = 15;

export type Units = Omit<UnitsRecord, 'type' | 'step'>;

interface Bench {
  readonly api: CartApi;
  /** Ten products of the catalogue with quantities. */
  choose(): ItemInput[];
  /** One product of these, with a quantity. */
  oneOf(items: readonly ItemInput[]): ItemInput[];
  /** Units of one call, on average over REPEATS calls one after the other. */
  measure(send: (index: number) => Promise<unknown>): Promise<Taken>;
}

interface Taken {
  readonly measured: RequestUnits;
  readonly formula: RequestUnits;
  readonly lastItemBytes: number;
}

async function openBench(api: CartApi, recorder: CapacityRecorder, seed: string): Promise<Bench> {
  const random = createRandom(seed);
  const products = await api.productIds(100);
  const quantity = () => random.integer(1, 5);
  const each = ({ read, write }: RequestUnits) => ({ read: read / REPEATS, write: write / REPEATS });
  return {
    api,
    choose: () =>
      random
        .shuffle(products)
        .slice(0, PRICED_SHAPE.items)
        .map((productId) => ({ productId, quantity: quantity() })),
    oneOf: (items) => [{ productId: random.pick(items).productId, quantity: quantity() }],
    async measure(send) {
      recorder.take();
      for (let i = 0; i < REPEATS; i += 1) await send(i);
      const { measured, formula, lastItemBytes } = recorder.take();
      return { measured: each(measured), formula: each(formula), lastItemBytes };
    },
  };
}

/** Every operation once, and a merge of two carts. */
export async function measureUnits(api: CartApi, recorder: CapacityRecorder, seed: number): Promise<Units> {
  const bench = await openBench(api, recorder, `${seed}/units`);
  const items = bench.choose();
  const { id } = await api.createCart({ customerId: '1', items });
  const history = '2';
  await createHistory(bench, history);
  const taken: Record<Operation, Taken> = {
    create: await bench.measure((i) => api.createCart({ customerId: String(100 + i) })),
    update: await bench.measure(() => api.updateItems(id, bench.oneOf(items))),
    add: await bench.measure(() => api.addItems(id, bench.oneOf(items))),
    get: await bench.measure(() => api.findCart(id)),
    history: await bench.measure(() => api.customerCarts(history, PRICED_SHAPE.historyCarts)),
  };
  const pick = (kind: 'measured' | 'formula') =>
    Object.fromEntries(Object.entries(taken).map(([name, units]) => [name, units[kind]])) as Record<
      Operation,
      RequestUnits
    >;
  const { measured, formula } = await measureMerge(bench);
  return {
    operations: pick('measured'),
    formula: pick('formula'),
    cartBytes: taken.add.lastItemBytes,
    merge: { measured, formula },
  };
}

async function createHistory({ api, choose, oneOf }: Bench, customerId: string): Promise<void> {
  const carts = Array.from({ length: PRICED_SHAPE.historyCarts }, choose);
  await Promise.all(
    carts.map(async (items) => {
      const { id } = await api.createCart({ customerId, items });
      for (let i = 0; i < HISTORY_CHANGES; i += 1) await api.updateItems(id, oneOf(items));
    }),
  );
}

/** Into a cart of ten items from another one with the same ten. */
async function measureMerge({ api, choose, measure }: Bench): Promise<Taken> {
  const pairs: [string, string][] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const [customerId, items] = [String(1000 + i), choose()];
    const source = await api.createCart({ customerId, items });
    const target = await api.createCart({ customerId, items });
    pairs.push([source.id, target.id]);
  }
  return measure(async (i) => {
    const [source, target] = pairs[i] ?? ['', ''];
    await api.mergeCarts(source, target);
  });
}
