/** Works without goals: what happens with other numbers of clients, and where all of them want the same cart. */
import { storeCarts } from './data.ts';
import { countTransactions, type Engine } from './engines.ts';
import { addItemRequest, checkAddition, checkCart, inTurn } from './operations.ts';
import type { Work } from './work.ts';
import { CONNECTIONS, program, reading, service } from './works.ts';

/** get cart with fewer and with more clients, whose requests wait for the pool's eight connections. */
export async function connectionsWork({ env, stores }: Engine): Promise<Work> {
  const ids = await storeCarts(stores.carts, 1000, 10);
  const floor = program('floor', 'floor-postgres', env);
  return {
    name: 'get cart, PostgreSQL, 10 items, connections',
    connections: CONNECTIONS,
    check: checkCart,
    variants: [1, 32, 128].flatMap((connections) => [
      { ...reading(`service, c=${connections}`, service(env), ids), connections },
      { ...reading(`floor, c=${connections}`, floor, ids, '/get'), connections },
    ]),
    goals: [],
  };
}

/** Everybody adds to the same cart, a new one in each trial, and how many transactions that takes. */
export function hotWork({ env, stores }: Engine): Work {
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
}
