/** The carts that both sides are loaded with before anything is measured, and the mixes of operations they are measured with. */
import {
  readChange,
  readField,
  type CartAnswer,
  type CartApi,
  type CartRequests,
  type ItemInput,
} from '../client/cart-api.ts';
import type { PreparedRequest } from '../load/generator.ts';
import { createRandom, type Random } from '../load/random.ts';
import type { DataSize } from './settings.ts';

/** A full first page of the history, carts of three items. */
const CARTS_PER_CUSTOMER = 20;

interface LoadedCart {
  readonly id: string;
  readonly products: readonly string[];
}

export interface LoadedData {
  /** Carts of exactly 10 and 50 products; only their quantities are ever changed. */
  readonly carts10: readonly LoadedCart[];
  readonly carts50: readonly LoadedCart[];
  /** Carts that are added to: 10 products at first, at most 20 later, since only their `products` are added. */
  readonly addCarts: readonly LoadedCart[];
  readonly customers: readonly string[];
  readonly hotCart: LoadedCart;
  /** First customer id of those the measured creations belong to. */
  readonly firstNewCustomer: number;
}

/**
 * The same carts from the same seed.
 * @param customerBase customers get ids from here on; a base of its own for each run keeps earlier runs out of the histories
 */
export async function loadData(
  api: CartApi,
  size: DataSize,
  { seed, customerBase, signal }: { seed: number; customerBase: number; signal?: AbortSignal },
): Promise<LoadedData> {
  const random = createRandom(`${seed}/data`);
  const catalogue = await api.productIds(1000);
  if (catalogue.length < 50) {
    throw new Error(
      `the comparison needs a catalogue of at least 50 products, the service lists ${catalogue.length}`,
    );
  }
  let customer = customerBase;
  const todo: (() => Promise<void>)[] = [];
  /** Plans carts with so many of `choice` products; `to` has them once all is done. */
  const plan = (count: number, choice: number, items = choice, owner?: string): LoadedCart[] => {
    const to: LoadedCart[] = [];
    for (let at = 0; at < count; at += 1) {
      const customerId = owner ?? String((customer += 1));
      const products = random.shuffle(catalogue).slice(0, choice);
      const chosen = products
        .slice(0, items)
        .map((id): ItemInput => ({ productId: id, quantity: random.integer(1, 5) }));
      todo.push(async () => {
        to[at] = { id: (await api.createCart({ customerId, items: chosen })).id, products };
      });
    }
    return to;
  };
  const [carts10, carts50] = [plan(size.carts10, 10), plan(size.carts50, 50)];
  const [addCarts, hot] = [plan(size.addCarts, 20, 10), plan(1, 20)];
  const customers = Array.from({ length: size.customers }, () => String((customer += 1)));
  for (const owner of customers) plan(CARTS_PER_CUSTOMER, 3, 3, owner);
  const left = todo.values();
  const worker = async () => {
    for (const create of left) {
      signal?.throwIfAborted();
      await create();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const [hotCart] = hot as [LoadedCart];
  return { carts10, carts50, addCarts, customers, hotCart, firstNewCustomer: customer + 1 };
}

type OperationName = 'create' | 'get10' | 'get50' | 'add' | 'update' | 'history' | 'hotAdd';
type Weights = Readonly<Partial<Record<OperationName, number>>>;

export interface Mix {
  readonly name: string;
  readonly title: string;
  /** Relative frequency of each operation. */
  readonly weights: Weights;
  /** Open loop: requests per second at most (less on a machine that cannot). Closed loop: clients and their pause. */
  readonly load: { readonly rate: number } | { readonly clients: number; readonly thinkMs: number };
  /** Whether the full run gives a verdict on it. */
  readonly verdict: boolean;
}

/** Reads are 70 %, as `npm run cost -- --reads 0.7` splits them. */
const CART_MIX: Weights = { get10: 60, history: 10, add: 15, update: 8, create: 7 };

const mix = (name: string, title: string, weights: Weights, load: Mix['load'], verdict = false): Mix => ({
  ...{ name, title, weights, load, verdict },
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

export const findMix = (name: string): Mix => MIXES.find((candidate) => candidate.name === name) as Mix;

/** What an answer must hold to count as a success. */
const expecting =
  (what: string, expected: number, read: (body: string) => number | undefined) => (body: string) => {
    const came = read(body);
    if (came !== expected) throw new Error(`${what}: expected ${expected}, got ${came ?? 'nothing'}`);
  };
const gets = (size: number) =>
  expecting('items of a cart', size, (body) => readField<CartAnswer | null>(body)?.items.length);
const isNew = expecting('version of a new cart', 1, (body) => readChange(body).version);
const isUpdated = expecting('items of a cart', 10, (body) => readChange(body).items.length);
const isHistory = expecting(
  'carts of a history',
  CARTS_PER_CUSTOMER,
  (body) => readField<{ nodes: unknown[] }>(body).nodes.length,
);

/** Returns the maker of the mix's requests. The same random stream gives the same requests on both sides. */
export function createRequestMaker(
  { weights }: Mix,
  requests: CartRequests,
  data: LoadedData,
  random: Random,
): () => PreparedRequest {
  const add = ({ id, products }: LoadedCart) => {
    const productId = random.pick(products);
    const lines = (body: string) => readChange(body).items.filter((item) => item.productId === productId);
    const check = expecting('lines of the added product', 1, (body) => lines(body).length);
    return { bytes: requests.add(id, [{ productId, quantity: 1 }]), check };
  };
  const newCustomer = () => String(data.firstNewCustomer + random.integer(0, 999_999));
  const operations: Record<OperationName, () => Omit<PreparedRequest, 'name'>> = {
    create: () => ({ bytes: requests.create({ customerId: newCustomer() }), check: isNew }),
    get10: () => ({ bytes: requests.get(random.pick(data.carts10).id), check: gets(10) }),
    get50: () => ({ bytes: requests.get(random.pick(data.carts50).id), check: gets(50) }),
    add: () => add(random.pick(data.addCarts)),
    update() {
      const { id, products } = random.pick(data.carts10);
      const item = { productId: random.pick(products), quantity: random.integer(1, 9) };
      return { bytes: requests.update(id, [item]), check: isUpdated };
    },
    history: () => ({ bytes: requests.history(random.pick(data.customers)), check: isHistory }),
    hotAdd: () => add(data.hotCart),
  };
  const names = Object.entries(weights).flatMap(([name, weight]) =>
    new Array<OperationName>(weight).fill(name as OperationName),
  );
  return () => {
    const name = random.pick(names);
    return { name, ...operations[name]() };
  };
}
