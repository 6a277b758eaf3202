/** Whether the tables are what the service's statements need. */
import { sql } from 'kysely';
import pg from 'pg';
import type { Signal } from '../../waiting/abortable.ts';
import { namesOf } from './column-sql.ts';
import { cartColumns, columnsOf, itemColumns, productColumns } from './columns.ts';
import type { Database } from './database.ts';
import { latestMigration } from './migrations/migrations.ts';
import { defineStatement, run } from './statement.ts';

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';

interface Tables {
  /** Rights that the service lacks, as `insert on carts`; null for none. */
  lacking: string | null;
  /** Columns that the driver would read as something else, as `products.price is bigint`; null for none. */
  unfit: string | null;
}

/** What pg_typeof says of columns that the driver reads as the program needs them. */
const TEXT = sql`array['text', 'character varying']`;
const WHOLE = sql`array['integer', 'smallint']`;
const JSON_TEXT = sql`array['json', 'jsonb']`;

/**
 * One row when the last migration was made; fails when a table or a column is missing or may not be read, and, for the lock that
 * it would take of a cart, where nothing can be written. As a failure of the statement that ends the connection too. No row of a
 * cart or product is read: a join on false has one row of nulls, which have types. Of an item's numbers only the names matter, since
 * they are read as JSON.
 */
const checkTables = defineStatement<{ name: string }, Tables>(
  'check_tables',
  (arg) => sql`
    select
      (
        select string_agg(a_right || ' on ' || a_table, ', ')
        from unnest(array['carts', 'cart_items', 'products']) as a_table, unnest(array['insert', 'update', 'delete']) as a_right
        where not has_table_privilege(a_table, a_right)
      ) as lacking,
      (
        select string_agg(a_column || ' is ' || found, ', ')
        from (values (1)) as one
        left join carts as c on false
        left join cart_items as i on false
        left join products as p on false
        cross join lateral (
          values
            ('carts.customer_id', pg_typeof(c.customer_id)::text, ${TEXT}),
            ('carts.version', pg_typeof(c.version)::text, ${WHOLE}),
            ('carts.attributes', pg_typeof(c.attributes)::text, ${JSON_TEXT}),
            ('carts.changes', pg_typeof(c.changes)::text, array['bytea']),
            ('cart_items.product_id', pg_typeof(i.product_id)::text, ${TEXT}),
            ('cart_items.attributes', pg_typeof(i.attributes)::text, ${JSON_TEXT}),
            ('products.product_id', pg_typeof(p.product_id)::text, ${TEXT}),
            ('products.price', pg_typeof(p.price)::text, ${WHOLE})
        ) as types (a_column, found, taken)
        where found <> all(taken)
      ) as unfit
    from kysely_migration
    where name = ${arg('name')}
      and not exists (select from carts limit 0 for update)
      and not exists (select ${namesOf(columnsOf(cartColumns))} from carts limit 0)
      and not exists (select cart_id, item_key, position, ${namesOf(columnsOf(itemColumns))} from cart_items limit 0)
      and not exists (select product_key, ${namesOf(columnsOf(productColumns))} from products limit 0)`,
);

/** @throws an Error that says what the tables lack, or that they are missing or older than this program */
export async function checkMigrated(db: Database, signal?: Signal): Promise<void> {
  const tables = await readTables(db, signal);
  if (!tables) throw new Error(`The database lacks the migration ${latestMigration}; run "npm run migrate"`);
  if (tables.lacking !== null) throw new Error(`The database user has no right to ${tables.lacking}`);
  if (tables.unfit !== null) throw new Error(`The tables are not what the migrations made: ${tables.unfit}`);
}

/** Whether the last migration was made; true too where somebody has changed the tables since. */
export async function isMigrated(db: Database): Promise<boolean> {
  try {
    return (await readTables(db)) !== undefined;
  } catch (error) {
    // That no migration brings back: the migrator finds nothing to do.
    if (hasCode(error, UNDEFINED_COLUMN)) return true;
    throw error;
  }
}

/** Undefined where the last migration was not made. */
async function readTables(db: Database, signal?: Signal): Promise<Tables | undefined> {
  try {
    return (await run(db, checkTables, { name: latestMigration }, signal))[0];
  } catch (error) {
    if (hasCode(error, UNDEFINED_TABLE)) return undefined;
    // Of an older version's tables it is not said which column they lack, but that they are older.
    if (hasCode(error, UNDEFINED_COLUMN) && !(await isRecorded(db, signal))) return undefined;
    throw error;
  }
}

const findMigration = defineStatement<{ name: string }, { name: string }>(
  'find_migration',
  (arg) => sql`select name from kysely_migration where name = ${arg('name')}`,
);

async function isRecorded(db: Database, signal?: Signal): Promise<boolean> {
  return (await run(db, findMigration, { name: latestMigration }, signal)).length > 0;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code;
}
