/**
 * The floor: plain node:http, JSON.parse, JSON.stringify, and a Map, or, with PostgreSQL, one named prepared statement through
 * pg's Pool. `/get` runs the service's own SQL; `/add` adds in one statement; `/add-transaction` locks, reads, writes and commits.
 */
import { createServer } from 'node:http';
import pg from 'pg';
import type { CartRow } from '../../../src/stores/postgres/cart-row.ts';
import { loadCarts } from '../../../src/stores/postgres/cart-statements.ts';
import { memoryCarts } from './carts.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 8, keepAlive: true });

const load = { name: 'load_carts', text: loadCarts.bind({ cartIds: [], now: 0 }).sql };

async function loadCart(client: pg.Pool | pg.PoolClient, id: string): Promise<CartRow> {
  const { rows } = await client.query<CartRow>({ ...load, values: [[id], Date.now()] });
  return rows[0] as CartRow;
}

/** The rows that were written and those that were not: both parts see the tables as they were before. */
const addSql = `
  with product as (
    select product_id, name, price from products where product_id = $2
  ), cart as (
    update carts set version = version + 1, updated_at = to_timestamp($4::float8 / 1000),
      expires_at = to_timestamp(floor($4::float8 / 1000) + 604800)
    where cart_id = $1 and status = 'ACTIVE' and expires_at > to_timestamp($4::float8 / 1000)
      and exists (select from product)
    returning *
  ), written as (
    insert into cart_items as i (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
    select cart.cart_id, product.product_id, product.product_id, cart.version::bigint * 512, product.name, product.price, $3
    from cart, product
    on conflict (cart_id, item_key) do update set quantity = i.quantity + excluded.quantity
    returning product_id, position, product_name, unit_price, quantity
  ), items as (
    select * from written
    union all
    select i.product_id, i.position, i.product_name, i.unit_price, i.quantity
    from cart_items as i where i.cart_id = $1 and i.product_id <> $2
  )
  select c.cart_id, c.customer_id, c.status, c.currency, c.version,
    (extract(epoch from c.created_at) * 1000)::float8 as created_at,
    (extract(epoch from c.updated_at) * 1000)::float8 as updated_at,
    (extract(epoch from c.expires_at) * 1000)::float8 as expires_at,
    (select json_agg(json_build_array(product_id, product_name, unit_price, quantity) order by position) from items)
      as items
  from cart as c`;

async function addInTransaction(cartId: string, productId: number, quantity: number): Promise<CartRow> {
  const client = await pool.connect();
  const run = <T extends object>(name: string, text: string, ...values: unknown[]) =>
    client.query<T>({ name, text, values });
  try {
    await client.query('begin');
    await run('lock_cart', 'select version from carts where cart_id = $1 for update', cartId);
    const find = 'select name, price from products where product_id = $1';
    const { rows } = await run<{ name: string; price: number }>('find_product', find, productId);
    const { name, price } = rows[0] as (typeof rows)[number];
    const writeItem = `insert into cart_items as i (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
      select cart_id, $2, $2, (version + 1)::bigint * 512, $3, $4, $5 from carts where cart_id = $1
      on conflict (cart_id, item_key) do update set quantity = i.quantity + excluded.quantity`;
    await run('write_item', writeItem, cartId, productId, name, price, quantity);
    const writeCart = `update carts set version = version + 1, updated_at = to_timestamp($2::float8 / 1000),
      expires_at = to_timestamp(floor($2::float8 / 1000) + 604800) where cart_id = $1`;
    await run('write_cart', writeCart, cartId, Date.now());
    const row = await loadCart(client, cartId);
    await client.query('commit');
    return row;
  } finally {
    client.release();
  }
}

const decimal = (cents: number) => (cents / 100).toFixed(2);
const time = (milliseconds: number | null) =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

type Columns = 'cart_id' | 'customer_id' | 'status' | 'currency' | 'version' | 'items';
type AskedFor = Pick<CartRow, Columns | 'created_at' | 'updated_at' | 'expires_at'>;

/** The fields that are asked for, in their order: what the floor does in place of GraphQL. */
function cartJson(row: AskedFor): object {
  const { currency } = row;
  let itemCount = 0;
  let total = 0;
  const items = (row.items ?? []).map(([id, productName, price, quantity]) => {
    itemCount += quantity;
    total += price * quantity;
    return {
      id: `${row.cart_id}:${id}`,
      productId: id,
      productName,
      quantity,
      unitPrice: { amount: decimal(price), currency },
      lineTotal: { amount: decimal(price * quantity), currency },
    };
  });
  return {
    id: row.cart_id,
    customerId: row.customer_id,
    status: row.status,
    version: row.version,
    itemCount,
    createdAt: time(row.created_at),
    updatedAt: time(row.updated_at),
    expiresAt: time(row.expires_at),
    totalAmount: { amount: decimal(total), currency },
    items,
  };
}

/** The rows of the carts in memory; empty with a database. */
const inMemory = new Map(
  (process.env['CART_STORE_TYPE'] === 'memory' ? memoryCarts() : []).map((cart): [string, AskedFor] => [
    cart.id,
    {
      cart_id: cart.id,
      customer_id: cart.customerId ?? null,
      ...{ status: cart.status, currency: cart.currency, version: cart.version },
      ...{ created_at: cart.createdAt, updated_at: cart.updatedAt, expires_at: cart.expiresAt ?? null },
      items: cart.items.map((item) => [item.productId, item.productName, item.unitPrice, item.quantity]),
    },
  ]),
);

interface Variables {
  readonly id: string;
  readonly input: {
    readonly cartId: string;
    readonly items: readonly [{ productId: string; quantity: number }];
  };
}
const added = (row: CartRow) => ({ data: { addCartItems: { userErrors: [], cart: cartJson(row) } } });

const handlers: Readonly<Record<string, (variables: Variables) => Promise<unknown>>> = {
  async '/get'({ id }) {
    return { data: { cart: cartJson(inMemory.get(id) ?? (await loadCart(pool, id))) } };
  },
  async '/add'({ input: { cartId, items } }) {
    const [{ productId, quantity }] = items;
    const values = [cartId, Number(productId), quantity, Date.now()];
    const { rows } = await pool.query<CartRow>({ name: 'add', text: addSql, values });
    return added(rows[0] as CartRow);
  },
  async '/add-transaction'({ input: { cartId, items } }) {
    const [{ productId, quantity }] = items;
    return added(await addInTransaction(cartId, Number(productId), quantity));
  },
};

const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const handler = handlers[req.url ?? ''];
    if (!handler) {
      res.writeHead(404).end();
      return;
    }
    const text = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString();
    handler((JSON.parse(text) as { variables: Variables }).variables).then(
      (answer) => {
        const json = JSON.stringify(answer);
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
        res.writeHead(200, headers).end(json);
      },
      (error: unknown) => {
        console.error(error);
        res.writeHead(500, { 'content-length': 0 }).end();
      },
    );
  });
});
server.keepAliveTimeout = 65_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
