/** Moves between real engines, for tests. */
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createDynamoDBCartWalk } from '../../../src/stores/dynamodb/cart-walk.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { createPostgresCartWalk } from '../../../src/stores/postgres/cart-walk.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import type { CartWalk } from '../../../src/stores/cart-walk.ts';
import { createTestTables } from '../../support/dynamodb.ts';
import { openTestPostgres } from '../../support/postgres.ts';
import type { MoveUnderTest } from '../../support/restless-store.ts';
import type { OpenStore } from '../../support/store-test.ts';

export interface WalkedStore {
  readonly carts: CartStore;
  readonly walk: CartWalk;
  close(): Promise<void>;
}

type Clock = () => number;

export const engines = {
  PostgreSQL: async (clock: Clock): Promise<WalkedStore> => {
    const { db, close } = await openTestPostgres();
    return { carts: createPostgresCartStore({ db, clock }), walk: createPostgresCartWalk(db, clock), close };
  },
  DynamoDB: async (clock: Clock): Promise<WalkedStore> => {
    const { client, names, drop } = await createTestTables();
    const options = { client, tableName: names.carts, clock };
    const carts = createDynamoDBCartStore({ ...options, readConsistency: 'eventual' });
    const close = async () => {
      await carts.close();
      await drop();
    };
    return { carts, walk: createDynamoDBCartWalk(options), close };
  },
};

export type Engine = keyof typeof engines;

export const directions = [
  ['PostgreSQL', 'DynamoDB'],
  ['DynamoDB', 'PostgreSQL'],
] as const satisfies readonly [Engine, Engine][];

/** A move from one to the other, as one store. */
export function openMoveBetween(
  [from, to]: readonly [Engine, Engine],
  make: (move: MoveUnderTest) => CartStore,
  more: Pick<MoveUnderTest, 'random' | 'idsAgain'> = {},
): OpenStore {
  return async (clock) => {
    const [source, target] = await Promise.all([engines[from](clock), engines[to](clock)]);
    const carts = make({ source: source.carts, target: target.carts, walk: source.walk, clock, ...more });
    const close = async () => {
      await Promise.all([source.close(), target.close()]);
    };
    return { carts, close };
  };
}
