/** The mixes of operations that both sides are measured with. */
import { promised, type PreparedRequest } from '../load/generator.ts';
import type { Random } from '../load/random.ts';
import type { CartApi } from '../client/cart-api.ts';
import type { LoadedData } from './workload-data.ts';

export const OPERATION_NAMES = ['create', 'get10', 'get50', 'add', 'update', 'history', 'hotAdd'] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

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

export const MIXES: readonly Mix[] = [
  {
    name: 'get10',
    title: 'Get a cart of 10 items',
    weights: { get10: 1 },
    load: { rate: 150 },
    verdict: true,
  },
  { name: 'add', title: 'Add an item', weights: { add: 1 }, load: { rate: 100 }, verdict: true },
  { name: 'cart', title: 'Cart mix, 70 % reads', weights: CART_MIX, load: { rate: 120 }, verdict: true },
  {
    name: 'get50',
    title: 'Get a cart of 50 items',
    weights: { get50: 1 },
    load: { rate: 80 },
    verdict: false,
  },
  { name: 'create', title: 'Create a cart', weights: { create: 1 }, load: { rate: 100 }, verdict: false },
  { name: 'update', title: 'Set a quantity', weights: { update: 1 }, load: { rate: 100 }, verdict: false },
  {
    name: 'history',
    title: 'Customer history, 20 carts',
    weights: { history: 1 },
    load: { rate: 60 },
    verdict: false,
  },
  {
    name: 'hot',
    title: 'Hot cart: all add to one',
    weights: { hotAdd: 1 },
    load: { rate: 60 },
    verdict: false,
  },
  {
    name: 'shoppers',
    title: '120 concurrent shoppers',
    weights: CART_MIX,
    load: { clients: 120, thinkMs: 2000 },
    verdict: false,
  },
  {
    name: 'saturation',
    title: '120 requests at once, without pause',
    weights: CART_MIX,
    load: { clients: 120, thinkMs: 0 },
    verdict: false,
  },
];

export function findMix(name: string): Mix {
  const mix = MIXES.find((candidate) => candidate.name === name);
  if (mix === undefined)
    throw new RangeError(`no mix "${name}"; there are ${MIXES.map((m) => m.name).join(', ')}`);
  return mix;
}

/** What an answer must hold to count as a success; a fast wrong answer is a failure. */
function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Returns the maker of the mix's requests. The same random stream gives the same requests on both sides. */
export function createRequestMaker(
  mix: Mix,
  api: CartApi,
  data: LoadedData,
  random: Random,
): () => PreparedRequest {
  const names = OPERATION_NAMES.flatMap((name) =>
    new Array<OperationName>(mix.weights[name] ?? 0).fill(name),
  );
  const operations: Record<OperationName, () => () => Promise<void>> = {
    create: () => {
      const customerId = String(data.firstNewCustomer + random.integer(0, 999_999));
      return async () => {
        const cart = await api.createCart({ customerId });
        expectThat(cart.version === 1, `a new cart has version ${cart.version}`);
      };
    },
    get10: () => getCart(random.pick(data.carts10).id, 10),
    get50: () => getCart(random.pick(data.carts50).id, 50),
    add: () => {
      const { id, addProducts } = random.pick(data.addCarts);
      return add(id, random.pick(addProducts));
    },
    update: () => {
      const { id, productIds } = random.pick(data.carts10);
      const item = { productId: random.pick(productIds), quantity: random.integer(1, 9) };
      return async () => {
        const { items } = await api.updateItems(id, [item]);
        expectThat(items.length === 10, `a cart of 10 items came back with ${items.length}`);
      };
    },
    history: () => {
      const customerId = random.pick(data.customers);
      return async () => {
        const carts = await api.customerCarts(customerId);
        expectThat(carts.length === 20, `a history of 20 carts came back with ${carts.length}`);
      };
    },
    hotAdd: () => add(data.hotCart, random.pick(data.productIds.slice(0, 20))),
  };
  function getCart(id: string, size: number) {
    return async () => {
      const cart = await api.findCart(id);
      expectThat(
        cart?.items.length === size,
        `a cart of ${size} items came back with ${cart?.items.length ?? 'nothing'}`,
      );
    };
  }
  function add(id: string, productId: string) {
    return async () => {
      const cart = await api.addItems(id, [{ productId, quantity: 1 }]);
      expectThat(
        cart.items.some((item) => item.productId === productId),
        'the added product is not in the cart',
      );
    };
  }
  return () => {
    const name = random.pick(names);
    return promised(name, operations[name]());
  };
}
