/**
 * The SQL of the cart store. Carts are written by one statement whose first part, on the rows in `carts`, decides: the
 * others take the carts' ids from it and do nothing for a cart whose row it did not return. All parts see the tables as they
 * were before the statement and no row may be changed twice in it, hence carts are different, and removed and written items
 * never overlap. Which columns there are is said by columns.ts alone.
 */
import { sql, type RawBuilder } from 'kysely';
import type { CartStatus } from '../../cart/cart.ts';
import type { CustomerId } from '../../cart/ids.ts';
import type { CartRow } from './cart-row.ts';
import { arraysOf, namesOf, setToExcluded } from './column-sql.ts';
import { cartColumns, columnsOf, itemColumns, type Column } from './columns.ts';
import { defineStatement, type Parameter } from './statement.ts';

type Sql = RawBuilder<unknown>;

const ofCart = columnsOf(cartColumns);
const ofItem = columnsOf(itemColumns);
const optionalOfItem = ofItem.filter(({ optional }) => optional);
const requiredOfItem = ofItem.filter(({ optional }) => !optional);

/** A time given in milliseconds since the epoch; Infinity and -Infinity are PostgreSQL's. Exact to the millisecond. */
const instant = (milliseconds: unknown): Sql => sql`to_timestamp(${milliseconds}::float8 / 1000)`;

/** Milliseconds since the epoch, in a type that the driver reads as a number. */
const milliseconds = (column: string): Sql => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

/** What is sent for a column, as the column keeps it. */
const kept = ({ kind }: Column, sent: unknown): Sql => (kind === 'time' ? instant(sent) : sql`${sent}`);

/**
 * An ItemEntry, from `cart_items as i`. Most items have nothing that they need not have: nulls for it would cost a third more of the
 * time that reading the rows takes.
 */
const itemEntry = sql`
  case when row(${namesOf(optionalOfItem, 'i.')}) is null then json_build_array(${namesOf(requiredOfItem, 'i.')})
  else json_build_array(${namesOf(ofItem, 'i.')}) end`;

/** The columns of a CartRow, from `carts as c`. */
const cartRow = sql`
  ${sql.join(
    ofCart.map(({ kind, name }) =>
      kind === 'time' ? sql`${milliseconds(`c.${name}`)} as ${sql.raw(name)}` : sql.raw(`c.${name}`),
    ),
  )},
  (
    select json_agg(${itemEntry} order by i.position)
    from cart_items as i
    where i.cart_id = c.cart_id
  ) as items`;

export const loadCarts = defineStatement<{ cartIds: readonly string[]; now: number }, CartRow>(
  'load_carts',
  (arg) => sql`
    select ${cartRow}
    from carts as c
    where c.cart_id = any(${arg('cartIds')}::uuid[])
      and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})`,
);

/** One part of all ids: those behind one, up to another. */
export const walkCarts = defineStatement<
  { after: string; last: string; now: number; limit: number },
  CartRow
>(
  'walk_carts',
  (arg) => sql`
    select ${cartRow}
    from carts as c
    where c.cart_id > ${arg('after')}::uuid and c.cart_id <= ${arg('last')}::uuid
      and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
    order by c.cart_id
    limit ${arg('limit')}`,
  { patient: true },
);

export interface CustomerPage {
  readonly customerId: CustomerId;
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
    select ${cartRow}
    from carts as c
    where c.customer_id = ${arg('customerId')}
      and (c.created_at, c.cart_id) < (${instant(arg('createdAt'))}, ${arg('cartId')}::uuid)
      and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
      and c.status = any(${arg('statuses')}::text[])
    order by c.created_at desc, c.cart_id desc
    limit ${arg('limit')}`,
);

/** The id of a cart that was written; no row for one whose condition did not hold. */
export interface WrittenRow {
  cart_id: string;
}

/** By the names below: of columns, those of items behind `item.`. */
export type WriteArguments = Readonly<Record<string, Parameter>>;

/** The argument that has a column of all items. */
export const itemArgument = ({ name }: Pick<Column, 'name'>) => `item.${name}`;

type Arg = (name: string) => string;

/** One array for each column, unnested. */
const unnestItems = (arg: Arg): Sql => sql`
  unnest(
    ${arg('item.cart_id')}::uuid[], ${arg('item.item_key')}::text[], ${arg('item.position')}::bigint[],
    ${arraysOf(ofItem, (column) => arg(itemArgument(column)))}
  ) as item (cart_id, item_key, position, ${namesOf(ofItem)})`;

const changing = ofCart.filter(({ fixed }) => !fixed);
const changingItem = ofItem.filter(({ fixed }) => !fixed);

export const updateCarts = defineStatement<WriteArguments, WrittenRow>(
  'update_carts',
  (arg) => sql`
    with cart as (
      update carts as c
      set ${sql.join(
        changing.map((column) => {
          const { name } = column;
          return sql`${sql.raw(name)} = ${kept(column, sql.raw(`new.${name}`))}`;
        }),
      )}
      from unnest(
        ${arg('cart_id')}::uuid[], ${arg('version_before')}::integer[], ${arg('created_at')}::float8[],
        ${arraysOf(changing, ({ name }) => arg(name))}
      ) as new (cart_id, version_before, created_at, ${namesOf(changing)})
      where c.cart_id = new.cart_id
        and c.version = new.version_before
        and c.created_at = ${instant(sql.raw('new.created_at'))}
        and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
      returning c.cart_id
    ), removed as (
      delete from cart_items as i
      using cart, unnest(${arg('removed.cart_id')}::uuid[], ${arg('removed.item_key')}::text[]) as old (cart_id, item_key)
      where i.cart_id = old.cart_id and i.item_key = old.item_key and cart.cart_id = old.cart_id
    ), written as (
      insert into cart_items (cart_id, item_key, position, ${namesOf(ofItem)})
      select item.* from ${unnestItems(arg)} join cart on cart.cart_id = item.cart_id
      on conflict (cart_id, item_key) do update
      set position = greatest(cart_items.position, excluded.position), ${setToExcluded(changingItem)}
    )
    select cart_id from cart`,
);

const allButId = ofCart.filter(({ field }) => field !== 'id');

/** The items of a cart that takes another's place in the part `cart`: those of the other go or are overwritten. */
const itemsOfItsOwn = (arg: Arg): Sql => sql`
    removed as (
      delete from cart_items using cart
      where cart_items.cart_id = cart.cart_id and item_key <> all(${arg('item.item_key')}::text[])
    ), written as (
      insert into cart_items (cart_id, item_key, position, ${namesOf(ofItem)})
      select item.* from ${unnestItems(arg)} join cart on cart.cart_id = item.cart_id
      on conflict (cart_id, item_key) do update
      set position = excluded.position, ${setToExcluded(changingItem)}
    )`;

/** Takes the place of an expired cart with the same id. */
export const insertCart = defineStatement<WriteArguments, WrittenRow>(
  'insert_cart',
  (arg) => sql`
    with cart as (
      insert into carts as c (${namesOf(ofCart)})
      values (${sql.join(ofCart.map((column) => kept(column, arg(column.name))))})
      on conflict (cart_id) do update
      set ${setToExcluded(allButId)}
      where c.expires_at <= ${instant(arg('now'))}
      returning cart_id
    ), ${itemsOfItsOwn(arg)}
    select cart_id from cart`,
);

/** Takes the place of a marker, which may be that of an earlier cart with the same id: nothing of it stays. */
export const replaceMarker = defineStatement<WriteArguments, WrittenRow>(
  'replace_marker',
  (arg) => sql`
    with cart as (
      update carts as c
      set ${sql.join(allButId.map((column) => sql`${sql.raw(column.name)} = ${kept(column, arg(column.name))}`))}
      where c.cart_id = ${arg('cart_id')}::uuid
        and c.version = ${arg('version_before')}::integer
        and c.created_at = ${instant(arg('created_at_before'))}
        and (c.expires_at is null or c.expires_at > ${instant(arg('now'))})
      returning c.cart_id
    ), ${itemsOfItsOwn(arg)}
    select cart_id from cart`,
);
