/** The works: what is measured, with which variants, and the goals they are held against. */
import { countTransactions, type Engine } from '../processes/engines.ts';
import { storeCarts } from './data.ts';
import type { MeasuredProgram } from './measured-program.ts';
import { addItemRequest, checkAddition, checkCart, getCartRequest, inTurn } from './operations.ts';
import { memoryCartId } from './programs/memory-carts.ts';
import type { Goal, Variant, Work } from './work.ts';

type Env = Readonly<Record<string, string>>;
export type OpenWork = (engine: Engine) => Promise<Work> | Work;

const CONNECTIONS = 32;
const reads = { connections: CONNECTIONS, check: checkCart };

const program = (name: string, file: string, env: Env): MeasuredProgram => ({
  name,
  file: `bench/performance/programs/${file}.ts`,
  env,
});
const service = (env: Env, name = 'service'): MeasuredProgram => ({ name, file: 'src/main.ts', env });
const floorOf = (env: Env) => program('floor', 'floor-postgres', env);

function reading(name: string, program: MeasuredProgram, ids: readonly string[], path = '/graphql'): Variant {
  const requests = ids.map((id) => getCartRequest(id, path));
  return { name, program, next: inTurn(requests), probe: requests[0] as Buffer };
}

function adding(name: string, program: MeasuredProgram, ids: readonly string[], path = '/graphql'): Variant {
  return { name, program, next: inTurn(ids.map((id, at) => addItemRequest(id, 1 + (at % 10), path))) };
}

type Limit = Pick<Goal, 'atMost' | 'atLeast'>;
const cpuGoal = (limit: Limit, base = 'floor', label = 'the floor'): Goal => ({
  label: `CPU per request against ${label}`,
  variant: 'service',
  base,
  figure: 'cpu',
  ...limit,
});
const rateGoal = (base: string, atLeast: number, label: string): Goal => ({
  label,
  variant: 'service',
  base,
  figure: 'rate',
  atLeast,
});

const get = (items: number, carts: number, goals: readonly Goal[]): OpenWork => {
  return async ({ env, stores }) => {
    const ids = await storeCarts(stores.carts, carts, items);
    return {
      ...reads,
      name: `get cart, PostgreSQL, ${items} items`,
      variants: [
        reading('service', service(env), ids),
        reading('floor', floorOf(env), ids, '/get'),
        reading('mercurius', program('mercurius', 'mercurius', env), ids),
        reading('stock', program('stock', 'stock', env), ids),
      ],
      goals,
    };
  };
};

/** Latency of get cart at half of what the floor can do. */
const latency: OpenWork = async ({ env, stores }) => {
  const ids = await storeCarts(stores.carts, 1000, 10);
  return {
    ...reads,
    name: 'get cart, PostgreSQL, 10 items, open loop',
    variants: [reading('service', service(env), ids), reading('floor', floorOf(env), ids, '/get')],
    openLoop: { base: 'floor' },
    goals: [
      { label: 'p99 against the floor', variant: 'service', base: 'floor', figure: 'p99', atMost: 1.5 },
    ],
  };
};

/** So many carts that one seldom comes again while it is being changed. */
const ADDED = 10_000;

/** Adds one more of a product that the cart of 10 has, so that it keeps its size. */
const add: OpenWork = async ({ env, stores }) => {
  const ids = await storeCarts(stores.carts, ADDED, 10);
  const floor = floorOf(env);
  return {
    name: 'add item, PostgreSQL, 10 items',
    connections: CONNECTIONS,
    check: checkAddition,
    variants: [
      adding('service', service(env), ids),
      adding('floor', floor, ids, '/add'),
      adding('transaction', floor, ids, '/add-transaction'),
    ],
    goals: [
      rateGoal('floor', 0.65, 'requests/s against adding in one statement, the cart loaded'),
      rateGoal('floor', 0.85, 'the same with a cart that might be remembered: none is'),
      rateGoal('transaction', 1.1, 'requests/s against a transaction'),
    ],
  };
};

/** One process, two on the same core, and what a request costs in each: only that can be compared where cores are few. */
const workers: OpenWork = async ({ env, stores }) => {
  const ids = await storeCarts(stores.carts, 1000, 10);
  return {
    ...reads,
    name: 'get cart, PostgreSQL, 10 items, workers',
    variants: [
      reading('one', service(env, 'one'), ids),
      reading('two', service({ ...env, WORKERS: '2' }, 'two'), ids),
    ],
    goals: [{ ...cpuGoal({ atMost: 1.15 }, 'one', 'one worker'), variant: 'two' }],
  };
};

/** No goals: get cart with fewer and with more clients, whose requests wait for the pool's eight connections. */
const connections: OpenWork = async ({ env, stores }) => {
  const ids = await storeCarts(stores.carts, 1000, 10);
  return {
    ...reads,
    name: 'get cart, PostgreSQL, 10 items, connections',
    variants: [1, 32, 128].flatMap((connections) => [
      { ...reading(`service, c=${connections}`, service(env), ids), connections },
      { ...reading(`floor, c=${connections}`, floorOf(env), ids, '/get'), connections },
    ]),
    goals: [],
  };
};

/** No goals: everybody adds to the same cart, a new one in each trial, and how many transactions that takes. */
const hot: OpenWork = ({ env, stores }) => {
  let requests: () => Buffer = () => Buffer.alloc(0);
  return {
    name: 'add item to one cart, PostgreSQL, 10 items',
    connections: 64,
    check: checkAddition,
    async prepare() {
      const [id = ''] = await storeCarts(stores.carts, 1, 10);
      requests = inTurn(Array.from({ length: 10 }, (_, at) => addItemRequest(id, 1 + at)));
    },
    counted: { label: 'commits/change', read: () => countTransactions(env) },
    variants: [{ name: 'service', program: service(env), next: () => requests() }],
    goals: [],
  };
};

/** get cart from a store in memory. */
const memory = (items: number, limit: Limit): Work => {
  const env = { CART_STORE_TYPE: 'memory' };
  const ids = [memoryCartId(items)];
  const variants = [
    reading('service', program('service', 'service-memory', env), ids),
    reading('floor', program('floor', 'floor-memory', env), ids, '/get'),
    reading('mercurius', program('mercurius', 'mercurius', env), ids),
    reading('stock', program('stock', 'stock', env), ids),
  ];
  return {
    ...reads,
    name: `get cart, store in memory, ${items} items`,
    variants: variants.map(({ probe: _expiryDiffers, ...variant }) => variant),
    goals: [cpuGoal(limit)],
  };
};

const dynamodb: OpenWork = async ({ env, stores }) => {
  const ids = await storeCarts(stores.carts, 500, 10);
  return {
    ...reads,
    name: 'get cart, DynamoDB, 10 items',
    variants: [reading('service', service(env), ids), reading('stock', program('stock', 'stock', env), ids)],
    goals: [cpuGoal({ atMost: 0.5 }, 'stock', 'stock')],
  };
};

export const memoryWorks: Record<string, OpenWork> = {
  memory: () => memory(10, { atMost: 1.4 }),
  memory50: () => memory(50, {}),
};
export const postgresWorks: Record<string, OpenWork> = {
  get10: get(10, 1000, [
    cpuGoal({ atMost: 1.2 }),
    rateGoal('floor', 0.9, 'requests/s against the floor'),
    rateGoal('stock', 4.5, 'requests/s against stock'),
    rateGoal('mercurius', 1, 'requests/s against Mercurius'),
  ]),
  get50: get(50, 1000, [cpuGoal({ atMost: 1.15 })]),
  get500: get(500, 50, [cpuGoal({ atMost: 1.15 })]),
  connections,
  latency,
  add,
  hot,
  workers,
};
export const dynamodbWorks: Record<string, OpenWork> = { dynamodb };
