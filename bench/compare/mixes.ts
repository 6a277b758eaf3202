/** The mixes of operations that both sides are measured with. */
import type { CartApi } from '../client/cart-api.ts';
import { promised, type PreparedRequest } from '../load/generator.ts';
import type { Random } from '../load/random.ts';
import type { LoadedData } from './workload-data.ts';

const OPERATION_NAMES = ['create', 'get10', 'get50', 'add', 'update', 'history', 'hotAdd'] as const;
type OperationName = (typeof OPERATION_NAMES)[number];

export interface Mix {
  readonly name: string;
  readonly title: string;
  /** Relative frequency of each operation. */
  readonly weights: Readonly<Partial<Record<OperationName, number>>>;
  /** Open loop: requests per second at most (less on a machine that cannot). Closed loop: clients and their pause. */
  readonly load: { readonly rate: number } | { readonly clients: number; readonly thinkMs: number };
  /** Whether the full run gives a verdict on it. */
  readonly verdict: boolean;
}

/** Reads are 70 %, as `npm run cost -- --reads 0.7` splits them. */
const CART_MIX = { get10: 60, history: 10, add: 15, update: 8, create: 7 } as const;

const mix = (
  name: string,
  title: string,
  weights: Mix['weights'],
  load: Mix['load'],
  verdict = false,
): Mix => ({
  name,
  title,
  weights,
  load,
  verdict,
});

export const MIXES: readonly Mix[] = [
  mix('get10', 'Get a cart of 10 items', { get10: 1 }, { rate: 150 }, true),
  mix('add', 'Add an item', { add: 1 }, { rate: 100 }, true),
  mix('cart', 'Cart mix, 70 % reads', CART_MIX, { rate: 120 }, true),
  mix('get50', 'Get a cart of 50 items', { get50: 1 }, { rate: 80 }),
  mix('create', 'Create a cart', { create: 1 }, { rate: 100 }),
  mix('update', 'Set a quantity', { update: 1 }, { rate: 100 }),
  mix('history', 'Customer history, 20 carts', { history: 1 }, { rate: 60 }),
  mix('hot', 'Hot cart: all add to one', { hotAdd: 1 }, { rate: 60 }),
  mix('shoppers', '120 concurrent shoppers', CART_MIX, { clients: 120, thinkMs: 2000 }),
  mix('saturation', '120 requests at once, without pause', CART_MIX, { clients: 120, thinkMs: 0 }),
];

export function findMix(name: string): Mix {
  const found = MIXES.find((candidate) => candidate.name === name);
  if (found === undefined)
    throw new RangeError(`no mix "${name}"; there are ${MIXES.map((m) => m.name).join(', ')}`);
  return found;
}

/** What an answer must hold to count as a success; a fast wrong answer is a failure. */
function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

async function getCart(api: CartApi, id: string, size: number): Promise<void> {
  const cart = await api.findCart(id);
  const came = cart?.items.length ?? 'nothing';
  expectThat(came === size, `a cart of ${size} items came back with ${came}`);
}

async function addItem(api: CartApi, id: string, productId: string): Promise<void> {
  const { items } = await api.addItems(id, [{ productId, quantity: 1 }]);
  const added = items.some((item) => item.productId === productId);
  expectThat(added, 'the added product is not in the cart');
}

/** Returns the maker of the mix's requests. The same random stream gives the same requests on both sides. */
export function createRequestMaker(
  { weights }: Mix,
  api: CartApi,
  data: LoadedData,
  random: Random,
): () => PreparedRequest {
  const names = OPERATION_NAMES.flatMap((name) => new Array<OperationName>(weights[name] ?? 0).fill(name));
  /** Each chooses at once, and sends when it is told to. */
  const operations: Record<OperationName, () => () => Promise<void>> = {
    create() {
      const customerId = String(data.firstNewCustomer + random.integer(0, 999_999));
      return async () => {
        const { version } = await api.createCart({ customerId });
        expectThat(version === 1, `a new cart has version ${version}`);
      };
    },
    get10() {
      const { id } = random.pick(data.carts10);
      return () => getCart(api, id, 10);
    },
    get50() {
      const { id } = random.pick(data.carts50);
      return () => getCart(api, id, 50);
    },
    add() {
      const { id, addProducts } = random.pick(data.addCarts);
      const product = random.pick(addProducts);
      return () => addItem(api, id, product);
    },
    update() {
      const { id, productIds } = random.pick(data.carts10);
      const item = { productId: random.pick(productIds), quantity: random.integer(1, 9) };
      return async () => {
        const { items } = await api.updateItems(id, [item]);
        expectThat(items.length === 10, `a cart of 10 items came back with ${items.length}`);
      };
    },
    history() {
      const customerId = random.pick(data.customers);
      return async () => {
        const { length } = await api.customerCarts(customerId);
        expectThat(length === 20, `a history of 20 carts came back with ${length}`);
      };
    },
    hotAdd() {
      const product = random.pick(data.productIds.slice(0, 20));
      return () => addItem(api, data.hotCart, product);
    },
  };
  return () => {
    const name = random.pick(names);
    return promised(name, operations[name]());
  };
}
