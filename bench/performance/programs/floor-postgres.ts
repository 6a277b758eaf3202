/**
 * The floor with PostgreSQL: plain node:http, JSON.parse, one named prepared statement through pg's Pool, JSON.stringify.
 * `/get` runs the service's own SQL; `/add` adds in one statement; `/add-transaction` locks, reads, writes and commits.
 */
import pg from 'pg';
import type { CartRow } from '../../../src/stores/postgres/cart-row.ts';
import { loadCarts } from '../../../src/stores/postgres/cart-statements.ts';
import { cartJson } from './cart-json.ts';
import { serveJson } from './json-server.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 8, keepAlive: true });

const cartSql = loadCarts.bind({ cartIds: [], now: 0 }).sql;
const load = { name: 'load_carts', text: cartSql };

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
    insert into cart_items as i (cart_id, product_id, position, product_name, unit_price, quantity)
    select cart.cart_id, product.product_id, cart.version::bigint * 512, product.name, product.price, $3
    from cart, product
    on conflict (cart_id, product_id) do update set quantity = i.quantity + excluded.quantity
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

interface Addition {
  readonly variables: {
    readonly input: {
      readonly cartId: string;
      readonly items: readonly [{ productId: string; quantity: number }];
    };
  };
}

const added = (row: CartRow) => ({ data: { addCartItems: { userErrors: [], cart: cartJson(row) } } });

async function addInTransaction(cartId: string, productId: number, quantity: number): Promise<CartRow> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const lock = { name: 'lock_cart', text: 'select version from carts where cart_id = $1 for update' };
    await client.query({ ...lock, values: [cartId] });
    const find = { name: 'find_product', text: 'select name, price from products where product_id = $1' };
    const { rows } = await client.query<{ name: string; price: number }>({ ...find, values: [productId] });
    const product = rows[0] as { name: string; price: number };
    await client.query({
      name: 'write_item',
      text: `insert into cart_items as i (cart_id, product_id, position, product_name, unit_price, quantity)
        select cart_id, $2, (version + 1)::bigint * 512, $3, $4, $5 from carts where cart_id = $1
        on conflict (cart_id, product_id) do update set quantity = i.quantity + excluded.quantity`,
      values: [cartId, productId, product.name, product.price, quantity],
    });
    await client.query({
      name: 'write_cart',
      text: `update carts set version = version + 1, updated_at = to_timestamp($2::float8 / 1000),
        expires_at = to_timestamp(floor($2::float8 / 1000) + 604800) where cart_id = $1`,
      values: [cartId, Date.now()],
    });
    const row = await loadCart(client, cartId);
    await client.query('commit');
    return row;
  } finally {
    client.release();
  }
}

serveJson({
  '/get': async ({ variables }: { variables: { id: string } }) => ({
    data: { cart: cartJson(await loadCart(pool, variables.id)) },
  }),
  '/add': async ({ variables: { input } }: Addition) => {
    const [{ productId, quantity }] = input.items;
    const values = [input.cartId, Number(productId), quantity, Date.now()];
    const { rows } = await pool.query<CartRow>({ name: 'add', text: addSql, values });
    return added(rows[0] as CartRow);
  },
  '/add-transaction': async ({ variables: { input } }: Addition) => {
    const [{ productId, quantity }] = input.items;
    return added(await addInTransaction(input.cartId, Number(productId), quantity));
  },
});
