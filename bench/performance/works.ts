/** The works of the goals' table. */
import type { Engine } from './engines.ts';
import { storeCarts } from './data.ts';
import type { Program } from './measured-process.ts';
import { addItemRequest, checkAddition, checkCart, getCartRequest, inTurn } from './operations.ts';
import { memoryCartId } from './programs/memory-carts.ts';
import type { Variant, Work } from './work.ts';

type Env = Readonly<Record<string, string>>;

export const program = (name: string, file: string, env: Env): Program => ({
  name,
  file: `bench/performance/programs/${file}.ts`,
  env,
});
export const service = (env: Env, name = 'service'): Program => ({ name, file: 'src/main.ts', env });

export function reading(name: string, program: Program, ids: readonly string[], path = '/graphql'): Variant {
  const requests = ids.map((id) => getCartRequest(id, path));
  return { name, program, next: inTurn(requests), probe: requests[0] as Buffer };
}

export const CONNECTIONS = 32;

/** get cart from PostgreSQL. */
export async function getCartWork({ env, stores }: Engine, items: number, carts = 1000): Promise<Work> {
  const ids = await storeCarts(stores.carts, carts, items);
  const most = items === 10 ? 1.2 : 1.15;
  const held = { variant: 'service', base: 'floor' } as const;
  return {
    name: `get cart, PostgreSQL, ${items} items`,
    connections: CONNECTIONS,
    check: checkCart,
    variants: [
      reading('service', service(env), ids),
      reading('floor', program('floor', 'floor-postgres', env), ids, '/get'),
      reading('mercurius', program('mercurius', 'mercurius', env), ids),
      reading('stock', program('stock', 'stock', env), ids),
    ],
    goals: [
      { label: 'CPU per request against the floor', ...held, figure: 'cpu', atMost: most },
      ...(items === 10
        ? ([
            { label: 'requests/s against the floor', ...held, figure: 'rate', atLeast: 0.9 },
            { label: 'requests/s against stock', ...held, base: 'stock', figure: 'rate', atLeast: 4.5 },
            { label: 'requests/s against Mercurius', ...held, base: 'mercurius', figure: 'rate', atLeast: 1 },
          ] as const)
        : []),
    ],
  };
}

/** One process, two on the same core, and what a request costs in each: only that can be compared where cores are few. */
export async function workersWork({ env, stores }: Engine): Promise<Work> {
  const ids = await storeCarts(stores.carts, 1000, 10);
  return {
    name: 'get cart, PostgreSQL, 10 items, workers',
    connections: CONNECTIONS,
    check: checkCart,
    variants: [
      reading('one', service(env, 'one'), ids),
      reading('two', service({ ...env, WORKERS: '2' }, 'two'), ids),
    ],
    goals: [
      {
        label: 'CPU per request against one worker',
        variant: 'two',
        base: 'one',
        figure: 'cpu',
        atMost: 1.15,
      },
    ],
  };
}

/** Latency of get cart at half of what the floor can do. */
export async function latencyWork({ env, stores }: Engine): Promise<Work> {
  const ids = await storeCarts(stores.carts, 1000, 10);
  return {
    name: 'get cart, PostgreSQL, 10 items, open loop',
    connections: CONNECTIONS,
    check: checkCart,
    variants: [
      reading('service', service(env), ids),
      reading('floor', program('floor', 'floor-postgres', env), ids, '/get'),
    ],
    openLoop: { base: 'floor' },
    goals: [
      { label: 'p99 against the floor', variant: 'service', base: 'floor', figure: 'p99', atMost: 1.5 },
    ],
  };
}

/** So many that one seldom comes again while it is being changed. */
const ADDED = 10_000;

function adding(name: string, program: Program, ids: readonly string[], path = '/graphql'): Variant {
  return { name, program, next: inTurn(ids.map((id, at) => addItemRequest(id, 1 + (at % 10), path))) };
}

/** Adds one more of a product that the cart of 10 has, so that it keeps its size. */
export async function addItemWork({ env, stores }: Engine): Promise<Work> {
  const ids = await storeCarts(stores.carts, ADDED, 10);
  const floor = program('floor', 'floor-postgres', env);
  const held = { variant: 'service', base: 'floor', figure: 'rate' } as const;
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
      { label: 'requests/s against adding in one statement, the cart loaded', ...held, atLeast: 0.65 },
      { label: 'the same with a cart that might be remembered: none is', ...held, atLeast: 0.85 },
      {
        label: 'requests/s against a transaction',
        variant: 'service',
        base: 'transaction',
        figure: 'rate',
        atLeast: 1.1,
      },
    ],
  };
}

/** get cart from a store in memory. */
export function memoryWork(items = 10): Work {
  const env = { CART_STORE_TYPE: 'memory' };
  const ids = [memoryCartId(items)];
  return {
    name: `get cart, store in memory, ${items} items`,
    connections: CONNECTIONS,
    check: checkCart,
    variants: [
      reading('service', program('service', 'service-memory', env), ids),
      reading('floor', program('floor', 'floor-memory', env), ids, '/get'),
      reading('mercurius', program('mercurius', 'mercurius', env), ids),
      reading('stock', program('stock', 'stock', env), ids),
    ].map(({ probe: _expiryDiffers, ...variant }) => variant),
    goals: [
      {
        label: 'CPU per request against the floor',
        variant: 'service',
        base: 'floor',
        figure: 'cpu',
        ...(items === 10 && { atMost: 1.4 }),
      },
    ],
  };
}

export async function dynamodbWork({ env, stores }: Engine): Promise<Work> {
  const ids = await storeCarts(stores.carts, 500, 10);
  return {
    name: 'get cart, DynamoDB, 10 items',
    connections: CONNECTIONS,
    check: checkCart,
    variants: [reading('service', service(env), ids), reading('stock', program('stock', 'stock', env), ids)],
    goals: [
      {
        label: 'CPU per request against stock',
        variant: 'service',
        base: 'stock',
        figure: 'cpu',
        atMost: 0.5,
      },
    ],
  };
}
