/**
 * The SQL of the cart store. Carts are written by one statement whose first part, on the rows in `carts`, decides: the
 * others take the carts' ids from it and do nothing for a cart whose row it did not return. All parts see the tables as they
 * were before the statement and no row may be changed twice in it, hence carts are different, and removed and written items
 * never overlap.
 */
import { sql, type RawBuilder } from 'kysely';
import type { CartStatus } from '../../cart/cart.ts';
import type { CartRow, ItemColumns } from './cart-row.ts';
import { defineStatement, type Parameter } from './statement.ts';

/** A time given in milliseconds since the epoch; Infinity and -Infinity are PostgreSQL's. Exact to the millisecond. */
const instant = (milliseconds: string | RawBuilder<unknown>): RawBuilder<Date> =>
  sql`to_timestamp(${milliseconds}::float8 / 1000)`;

/** Milliseconds since the epoch, in a type that the driver reads as a number. */
const milliseconds = (column: string): RawBuilder<number> =>
  sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;

/** The columns of a CartRow, from `carts as c`. */
const cartColumns = sql`
  c.cart_id, c.customer_id, c.status, c.currency, c.version,
  ${milliseconds('c.created_at')} as created_at,
  ${milliseconds('c.updated_at')} as updated_at,
  ${milliseconds('c.expires_at')} as expires_at,
  c.order_id, c.merged_into_cart_id, c.changes,
  (
    select json_agg(json_build_array(i.product_id, i.product_name, i.unit_price, i.quantity) order by i.position)
    from cart_items as i
    where i.cart_id = c.cart_id
  ) as items`;

export const loadCarts = defineStatement<{ cartIds: readonly string[]; now: number }, CartRow>(
  'load_carts',
  (arg) => sql`
    select ${cartColumns}
    from carts as c
    where c.cart_id = any(${arg('cartIds')}::uuid[])
      and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})`,
);

export interface CustomerPage {
  readonly customerId: number;
  readonly statuses: readonly CartStatus[];
  /** The last cart of the page before; Infinity and any id for the first page. */
  readonly createdAt: number;
  readonly cartId: string;
  readonly now: number;
  readonly limit: number;
}

export const listCarts = defineStatement<{ [Key in keyof CustomerPage]: CustomerPage[Key] }, CartRow>(
  'list_carts',
  (arg) => sql`
    select ${cartColumns}
    from carts as c
    where c.customer_id = ${arg('customerId')}
      and (c.created_at, c.cart_id) < (${instant(arg('createdAt'))}, ${arg('cartId')}::uuid)
      and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
      and c.status = any(${arg('statuses')}::text[])
    order by c.created_at desc, c.cart_id desc
    limit ${arg('limit')}`,
);

/** A row of `carts` as it is written. */
export interface CartValues {
  readonly cartId: string;
  readonly customerId: number | null;
  readonly status: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number | null;
  readonly orderId: string | null;
  readonly mergedIntoCartId: string | null;
  readonly changes: Uint8Array;
}

type Columns<Row> = { readonly [Key in keyof Row]: readonly Row[Key][] };

/** Different carts, column by column; and of which cart each item is. */
export type CartUpdates = Columns<CartValues & { readonly versionBefore: number }> &
  ItemColumns & {
    readonly now: number;
    readonly itemCartIds: readonly string[];
    readonly removedCartIds: readonly string[];
    readonly removedProductIds: readonly number[];
  };

export type CartInsert = CartValues & ItemColumns & { readonly now: number; readonly currency: string };

/** The id of a cart that was written; no row for one whose condition did not hold. */
export interface WrittenRow {
  cart_id: string;
}

const items = (arg: (key: keyof ItemColumns) => string): RawBuilder<unknown> => sql`
  unnest(
    ${arg('productIds')}::integer[], ${arg('positions')}::bigint[], ${arg('productNames')}::text[],
    ${arg('unitPrices')}::integer[], ${arg('quantities')}::integer[]
  ) as item (product_id, position, product_name, unit_price, quantity)`;

type Arguments<Values> = { readonly [Key in keyof Values]: Values[Key] & Parameter };

export const updateCarts = defineStatement<Arguments<CartUpdates>, WrittenRow>(
  'update_carts',
  (arg) => sql`
    with cart as (
      update carts as c
      set customer_id = new.customer_id, status = new.status, version = new.version,
        updated_at = ${instant(sql.ref('new.updated_at'))}, expires_at = ${instant(sql.ref('new.expires_at'))},
        order_id = new.order_id, merged_into_cart_id = new.merged_into_cart_id, changes = new.changes
      from unnest(
        ${arg('cartId')}::uuid[], ${arg('versionBefore')}::integer[], ${arg('createdAt')}::float8[],
        ${arg('customerId')}::integer[], ${arg('status')}::text[], ${arg('version')}::integer[],
        ${arg('updatedAt')}::float8[], ${arg('expiresAt')}::float8[], ${arg('orderId')}::uuid[],
        ${arg('mergedIntoCartId')}::uuid[], ${arg('changes')}::bytea[]
      ) as new (
        cart_id, version_before, created_at, customer_id, status, version, updated_at, expires_at, order_id,
        merged_into_cart_id, changes
      )
      where c.cart_id = new.cart_id
        and c.version = new.version_before
        and c.created_at = ${instant(sql.ref('new.created_at'))}
        and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
      returning c.cart_id
    ), removed as (
      delete from cart_items as i
      using cart, unnest(${arg('removedCartIds')}::uuid[], ${arg('removedProductIds')}::integer[]) as old (cart_id, product_id)
      where i.cart_id = old.cart_id and i.product_id = old.product_id and cart.cart_id = old.cart_id
    ), written as (
      insert into cart_items (cart_id, product_id, position, product_name, unit_price, quantity)
      select item.*
      from unnest(
        ${arg('itemCartIds')}::uuid[], ${arg('productIds')}::integer[], ${arg('positions')}::bigint[],
        ${arg('productNames')}::text[], ${arg('unitPrices')}::integer[], ${arg('quantities')}::integer[]
      ) as item (cart_id, product_id, position, product_name, unit_price, quantity)
      join cart on cart.cart_id = item.cart_id
      on conflict (cart_id, product_id) do update
      set position = greatest(cart_items.position, excluded.position), product_name = excluded.product_name,
        unit_price = excluded.unit_price, quantity = excluded.quantity
    )
    select cart_id from cart`,
);

/** Takes the place of an expired cart with the same id, whose items go or are overwritten. */
export const insertCart = defineStatement<Arguments<CartInsert>, WrittenRow>(
  'insert_cart',
  (arg) => sql`
    with cart as (
      insert into carts as c (
        cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, order_id,
        merged_into_cart_id, changes
      )
      values (
        ${arg('cartId')}, ${arg('customerId')}, ${arg('status')}, ${arg('currency')}, ${arg('version')},
        ${instant(arg('createdAt'))}, ${instant(arg('updatedAt'))}, ${instant(arg('expiresAt'))}, ${arg('orderId')},
        ${arg('mergedIntoCartId')}, ${arg('changes')}
      )
      on conflict (cart_id) do update
      set customer_id = excluded.customer_id, status = excluded.status, currency = excluded.currency,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        expires_at = excluded.expires_at, order_id = excluded.order_id,
        merged_into_cart_id = excluded.merged_into_cart_id, changes = excluded.changes
      where c.expires_at <= ${instant(arg('now'))}
      returning cart_id
    ), removed as (
      delete from cart_items using cart
      where cart_items.cart_id = cart.cart_id and product_id <> all(${arg('productIds')}::integer[])
    ), written as (
      insert into cart_items (cart_id, product_id, position, product_name, unit_price, quantity)
      select cart.cart_id, item.* from cart, ${items(arg)}
      on conflict (cart_id, product_id) do update
      set position = excluded.position, product_name = excluded.product_name, unit_price = excluded.unit_price,
        quantity = excluded.quantity
    )
    select cart_id from cart`,
);
