/** The works: what is measured, each with variants that do the same, and the goals they are held against. */
import type { CartStore } from '../../src/stores/cart-store.ts';
import { createRequests, readChange, readField } from '../client/cart-api.ts';
import type { PreparedRequest } from '../load/generator.ts';
import { countTransactions, type Engine } from '../processes/engines.ts';
import { buildCart, memoryCartId } from './programs/carts.ts';

/** A program as it is compiled; variants may share one. */
export interface MeasuredProgram {
  readonly name: string;
  /** Relative to the project's root. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** It is no JavaScript: `file` is what was compiled. */
  readonly isNative?: boolean;
}

export interface Variant {
  readonly name: string;
  readonly program: MeasuredProgram;
  /** The next request of the load. */
  readonly next: () => PreparedRequest;
  /** In place of the work's. */
  readonly connections?: number;
  /** Sent once to each variant of a work: the answers must be the same. Absent for changes. */
  readonly probe?: PreparedRequest;
}

export interface Goal {
  readonly label: string;
  /** The variant that is held against `base`. */
  readonly variant: string;
  readonly base: string;
  readonly figure: 'cpu' | 'rate' | 'p99';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Work {
  readonly name: string;
  readonly connections: number;
  readonly variants: readonly Variant[];
  readonly goals: readonly Goal[];
  /** Before each warm-up and each trial. */
  readonly prepare?: () => Promise<void>;
  /** A number that grows; the trials tell by how much for each request. */
  readonly counted?: { readonly label: string; readonly read: () => Promise<number> };
  /** Measures latency at half the throughput that this variant reaches in a closed loop. */
  readonly openLoop?: { readonly base: string };
}
export type OpenWork = (engine: Engine) => Promise<Work> | Work;

/** Stores so many carts with so many items each and returns their ids. */
export async function storeCarts(store: CartStore, count: number, items: number): Promise<string[]> {
  const carts = Array.from({ length: count }, (_, index) => buildCart(items, 1 + index));
  const CONCURRENT = 16;
  for (let from = 0; from < count; from += CONCURRENT) {
    await Promise.all(carts.slice(from, from + CONCURRENT).map((after) => store.commit([{ after }])));
  }
  return carts.map(({ id }) => id);
}

/** Requests made beforehand, and sent in turn. */
function inTurn<T>(requests: readonly T[]): () => T {
  let index = 0;
  return () => requests[(index = (index + 1) % requests.length)] as T;
}

export const requestsTo = (path: string, suffix = '') => createRequests('http://127.0.0.1', path, suffix);

/** Gets of these carts. @param suffixes one for each text that clients have; all have the same without */
export const getting = (ids: readonly string[], path = '/graphql', suffixes: readonly string[] = ['']) => {
  const check = (body: string) => {
    if (!readField(body)) throw new Error(`An answer without a cart: ${body}`);
  };
  return ids.map((id, at): PreparedRequest => {
    return { name: 'get', bytes: requestsTo(path, suffixes[at % suffixes.length]).get(id), check };
  });
};

/** Adds one more of a product that a cart of 10 has, so that it keeps its size. */
export const adding = (ids: readonly string[], path = '/graphql', suffixes: readonly string[] = ['']) =>
  ids.map((id, at): PreparedRequest => {
    const items = [{ productId: String(1 + (at % 10)), quantity: 1 }];
    return {
      name: 'add',
      bytes: requestsTo(path, suffixes[at % suffixes.length]).add(id, items),
      check: readChange,
    };
  });

export const READS = 4;
/** So many reads to one change, in turn. @returns the maker of the next request */
export function mixed(ids: readonly string[], texts?: readonly string[]): () => PreparedRequest {
  const [gets, adds] = [getting(ids, '/graphql', texts), adding(ids, '/graphql', texts)];
  let made = 0;
  return () => ((made += 1) % (READS + 1) === 0 ? adds : gets)[made % ids.length] as PreparedRequest;
}

export type Env = MeasuredProgram['env'];
const program = (name: string, file: string, env: Env): MeasuredProgram => ({
  ...{ name, env, file: `bench/performance/programs/${file}.ts` },
});
export const service = (env: Env, name = 'service'): MeasuredProgram => ({ name, file: 'src/main.ts', env });
const floorOf = (env: Env) => program('floor', 'floor', env);
/** @param probe the first of the requests, where it only reads */
export const ready = (
  name: string,
  from: MeasuredProgram,
  requests: readonly PreparedRequest[],
  probe?: PreparedRequest,
): Variant => ({
  ...{ name, program: from, next: inTurn(requests) },
  ...(probe && { probe }),
});
function reading(name: string, from: MeasuredProgram, ids: readonly string[], path?: string): Variant {
  const requests = getting(ids, path);
  return ready(name, from, requests, requests[0]);
}
/** The service, its floor, and what else serves the same schema. */
const readers = (env: Env, ids: readonly string[], own = service(env)): Variant[] => [
  reading('service', own, ids),
  reading('floor', floorOf(env), ids, '/get'),
  reading('mercurius', program('mercurius', 'mercurius', env), ids),
  reading('stock', program('stock', 'stock', env), ids),
];

export type Limit = Pick<Goal, 'atMost' | 'atLeast'>;
const goal = (figure: Goal['figure'], base: string, label: string, limit: Limit): Goal => ({
  ...{ figure, base, label, variant: 'service', ...limit },
});
const cpuGoal = (atMost: number, base = 'floor', label = 'the floor') =>
  goal('cpu', base, `CPU per request against ${label}`, { atMost });
const rateGoal = (base: string, atLeast: number, label: string) => goal('rate', base, label, { atLeast });

const CONNECTIONS = 32;
type OfStored<T> = (env: Env, ids: readonly string[]) => T;
type Named = Pick<Work, 'variants'> & Partial<Work>;
/** A work on so many carts, which are stored before it. */
export const onStored =
  (name: string, carts: number, of: OfStored<Named>, items = 10): OpenWork =>
  async ({ env, stores }) => {
    const ids = await storeCarts(stores.carts, carts, items);
    return { name, connections: CONNECTIONS, goals: [], ...of(env, ids) };
  };
/** Get cart from PostgreSQL. */
const getting10 = (title: string, of: OfStored<Partial<Work>>, items = 10, carts = 1000): OpenWork => {
  const name = `get cart, PostgreSQL, ${items} items${title}`;
  return onStored(name, carts, (env, ids) => ({ variants: readers(env, ids), ...of(env, ids) }), items);
};

/** Get cart from a store in memory. */
const memory = (items: number, goals: readonly Goal[]): Work => {
  const env = { CART_STORE_TYPE: 'memory' };
  // Their expiry differs, so the answers do.
  const variants = readers(env, [memoryCartId(items)], program('service', 'service-memory', env));
  return {
    name: `get cart, store in memory, ${items} items`,
    connections: CONNECTIONS,
    variants: variants.map(({ probe: _probe, ...variant }) => variant),
    goals,
  };
};

export const memoryWorks: Record<string, OpenWork> = {
  memory: () => memory(10, [cpuGoal(1.3)]),
};

export const postgresWorks: Record<string, OpenWork> = {
  get10: getting10('', () => ({
    goals: [
      cpuGoal(1.2),
      rateGoal('floor', 0.9, 'requests/s against the floor'),
      rateGoal('stock', 5, 'requests/s against stock'),
      rateGoal('mercurius', 2, 'requests/s against Mercurius'),
    ],
  })),
  get50: getting10('', () => ({ goals: [cpuGoal(1.15)] }), 50),
  get500: getting10(
    '',
    () => ({ goals: [cpuGoal(1.2), goal('p99', 'floor', 'p99 against the floor', { atMost: 1.2 })] }),
    500,
    50,
  ),
  /** No goals: with fewer and with more clients, whose requests wait for the pool's eight connections. */
  connections: getting10(', connections', (env, ids) => ({
    variants: [1, 32, 128].flatMap((connections) => [
      { ...reading(`service, c=${connections}`, service(env), ids), connections },
      { ...reading(`floor, c=${connections}`, floorOf(env), ids, '/get'), connections },
    ]),
  })),
  /** At half of what the floor can do. */
  latency: getting10(', open loop', (env, ids) => ({
    variants: [reading('service', service(env), ids), reading('floor', floorOf(env), ids, '/get')],
    openLoop: { base: 'floor' },
    goals: [goal('p99', 'floor', 'p99 against the floor', { atMost: 1.5 })],
  })),
  /** So many carts that one seldom comes again while it is being changed. */
  add: onStored('add item, PostgreSQL, 10 items', 10_000, (env, ids) => ({
    variants: [
      ready('service', service(env), adding(ids)),
      ready('floor', floorOf(env), adding(ids, '/add')),
      ready('transaction', floorOf(env), adding(ids, '/add-transaction')),
    ],
    goals: [
      rateGoal('floor', 0.85, 'requests/s against adding in one statement'),
      rateGoal('transaction', 1.1, 'requests/s against a transaction'),
    ],
  })),
  /** No goals: everybody adds to the same cart, a new one in each trial, and how many transactions that takes. */
  hot({ env, stores }) {
    let requests: () => PreparedRequest;
    return {
      name: 'add item to one cart, PostgreSQL, 10 items',
      connections: 64,
      async prepare() {
        const [id = ''] = await storeCarts(stores.carts, 1, 10);
        requests = inTurn(adding(new Array<string>(10).fill(id)));
      },
      counted: { label: 'commits/change', read: () => countTransactions(env) },
      variants: [{ name: 'service', program: service(env), next: () => requests() }],
      goals: [],
    };
  },
  /** One process, two on the same core, and what a request costs in each: only that can be compared where cores are few. */
  workers: getting10(', workers', (env, ids) => ({
    variants: [
      reading('one', service(env, 'one'), ids),
      reading('two', service({ ...env, WORKERS: '2' }, 'two'), ids),
    ],
    goals: [{ ...cpuGoal(1.15, 'one', 'one worker'), variant: 'two' }],
  })),
};

/** Beside an SDK client as its documentation shows it. */
const onDynamoDB = (kind: 'get cart' | 'add item', carts: number): OpenWork =>
  onStored(`${kind}, DynamoDB, 10 items`, carts, (env, ids) => {
    const variant = (name: string, from: MeasuredProgram) =>
      kind === 'get cart' ? reading(name, from, ids) : ready(name, from, adding(ids));
    const variants = [variant('service', service(env)), variant('stock', program('stock', 'stock', env))];
    return { variants, goals: [cpuGoal(0.25, 'stock', 'an untuned SDK')] };
  });

export const dynamodbWorks: Record<string, OpenWork> = {
  dynamodb: onDynamoDB('get cart', 500),
  'dynamodb-add': onDynamoDB('add item', 5_000),
};
