/**
 * What the libraries give out of the box: startStandaloneServer and the same type-graphql classes, on Kysely's query
 * builder (PostgreSQL) or an SDK client without any settings (DynamoDB).
 */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import pg from 'pg';
import type { Cart } from '../../../src/cart/cart.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createDynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { toCart, type CartRow } from '../../../src/stores/postgres/cart-row.ts';
import { createPostgresCatalog } from '../../../src/stores/postgres/catalog.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import type { Database } from '../../../src/stores/postgres/database.ts';
import { contextOn, openStore, type OpenedStore } from './open-store.ts';

/** The tables as Kysely's builder is told of them. */
type CartColumns = Omit<CartRow, 'items' | 'created_at' | 'updated_at' | 'expires_at'> & {
  created_at: Date;
  updated_at: Date;
  expires_at: Date | null;
};
interface ItemColumns {
  product_id: string;
  product_name: string;
  unit_price: number;
  quantity: number;
}
interface Tables {
  carts: CartColumns;
  cart_items: ItemColumns & { cart_id: string; position: string };
}

function openQueryBuilder(): OpenedStore {
  const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 8 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const carts: CartStore = {
    ...createPostgresCartStore({ db: db as unknown as Database, clock: Date.now }),
    load: (ids) => Promise.all(ids.map((id) => loadCart(db, id))),
  };
  return { carts, catalog: createPostgresCatalog({ db: db as unknown as Database, currency: 'USD' }) };
}

async function loadCart(db: Kysely<Tables>, id: string): Promise<Cart | undefined> {
  const row = await db
    .selectFrom('carts')
    .selectAll()
    .select((cart) =>
      jsonArrayFrom(
        cart
          .selectFrom('cart_items')
          .select(['product_id', 'product_name', 'unit_price', 'quantity'])
          .whereRef('cart_items.cart_id', '=', 'carts.cart_id')
          .orderBy('position'),
      ).as('items'),
    )
    .where('cart_id', '=', id)
    .where((cart) => cart.or([cart('expires_at', 'is', null), cart('expires_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst();
  return row && toCart(asCartRow(row));
}

const asCartRow = (row: CartColumns & { items: ItemColumns[] }): CartRow => ({
  ...row,
  created_at: row.created_at.getTime(),
  updated_at: row.updated_at.getTime(),
  expires_at: row.expires_at?.getTime() ?? null,
  items: row.items.map((item) => [item.product_id, item.product_name, item.unit_price, item.quantity]),
});

/** An SDK client as its documentation shows it; its 50 sockets are more than the connections of the load. */
function openUntunedDynamoDB(): OpenedStore {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'local',
      endpoint: process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    { unmarshallOptions: { wrapNumbers: true } },
  );
  const carts = createDynamoDBCartStore({
    client,
    tableName: 'shopping-carts',
    clock: Date.now,
    readConsistency: 'eventual',
  });
  return {
    carts,
    catalog: createDynamoDBCatalog({ client, tableName: 'shopping-catalogue', currency: 'USD' }),
  };
}

const type = process.env['CART_STORE_TYPE'];
const store =
  type === 'memory' ? await openStore() : type === 'dynamodb' ? openUntunedDynamoDB() : openQueryBuilder();
const context = contextOn(store);
const server = new ApolloServer({ schema: createSchema(), introspection: false });
await startStandaloneServer(server, {
  listen: { port: Number(process.env['PORT']), host: '127.0.0.1' },
  context: () => Promise.resolve(context()),
});
