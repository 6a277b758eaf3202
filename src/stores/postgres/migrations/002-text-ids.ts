/**
 * Ids are text, carts have a note and attributes, items attributes, products addresses and a currency. A new type is a new table:
 * the tables are built anew beside the old ones and take their place at the end. Meanwhile everybody reads the old ones, which
 * nobody can change; nothing else of a deployment's own is dropped: what depends on a table, as a view does, makes the migration fail.
 * The version before cannot use the new tables, so this migration is made without it: docs/deploy.md.
 */
import { sql, type Kysely } from 'kysely';
import { lockExclusively } from './lock-exclusively.ts';

/** In the order in which statements lock them. */
const TABLES = ['carts', 'cart_items', 'products'] as const;

/** Before the name of a table, of a constraint or of an index that is to take the place of an old one. */
const NEW = 'new_';

export async function up(db: Kysely<never>): Promise<void> {
  await sql`lock table ${sql.raw(TABLES.join(', '))} in share row exclusive mode`.execute(db);
  for (const statement of [newCarts, newCartItems, newProducts, ...copies, ...keys, ownersAndRights]) {
    await statement.execute(db);
  }
  await sql`analyze ${sql.raw(TABLES.map((name) => NEW + name).join(', '))}`.execute(db);
  await lockExclusively(db, TABLES);
  await exchange.execute(db);
}

/** 1 to 128 visible characters, and no whole number below 1. */
const id = (column: string, characters: string) =>
  sql.raw(
    `check (octet_length(${column}) <= 128 and ${column} ~ '^[${characters}]+$' and ${column} !~ '^(0|-[0-9]+)$')`,
  );

const newCarts = sql`
  create table new_carts (
    cart_id uuid not null,
    customer_id text collate "C" ${id('customer_id', '!-~')},
    status text not null check (status in ('ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED', 'POINTER')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    version integer not null check (version >= 1),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null check (updated_at >= created_at),
    expires_at timestamptz(0),
    order_id uuid,
    merged_into_cart_id uuid,
    active_cart_id uuid,
    note text check (char_length(note) between 1 and 1000),
    attributes json check (json_array_length(attributes) between 1 and 50),
    changes bytea not null check (octet_length(changes) <= 896 and octet_length(changes) % 28 = 0),
    constraint new_carts_order_check check ((order_id is not null) = (status = 'CHECKED_OUT')),
    constraint new_carts_expiry_check check ((expires_at is null) = (status in ('CHECKED_OUT', 'POINTER'))),
    constraint new_carts_merge_check check ((merged_into_cart_id is not null) = (status = 'MERGED')),
    constraint new_carts_pointer_check check ((active_cart_id is not null) = (status = 'POINTER')),
    constraint new_carts_tombstone_check
      check (status not in ('DELETED', 'POINTER') or (customer_id is null and note is null and attributes is null))
  )`;

/** `item_key` is the product's id, and where there are attributes a digest of them behind it. */
const newCartItems = sql`
  create table new_cart_items (
    cart_id uuid not null,
    item_key text collate "C" not null,
    product_id text collate "C" not null ${id('product_id', '!-}')},
    position bigint not null,
    product_name text not null check (char_length(product_name) <= 255 and octet_length(product_name) <= 400),
    unit_price integer not null check (unit_price between 0 and 100000000),
    quantity integer not null check (quantity between 1 and 9999),
    attributes json check (json_array_length(attributes) between 1 and 20),
    constraint new_cart_items_key_check check (case
      when attributes is null then item_key = product_id
      else starts_with(item_key, product_id || '~') and octet_length(item_key) = octet_length(product_id) + 44
    end)
  )`;

/** `product_key` orders the catalogue as catalogueKey does: whole numbers by their value, then text by its bytes. */
const newProducts = sql`
  create table new_products (
    product_id text collate "C" not null ${id('product_id', '!-}')},
    product_key text collate "C" not null generated always as (case
      when product_id ~ '^[1-9][0-9]{0,15}$' and lpad(product_id, 16, '0') <= '9007199254740991'
      then 'n' || lpad(product_id, 16, '0')
      else 't' || product_id
    end) stored,
    name text not null check (char_length(name) <= 255 and octet_length(name) <= 400),
    price integer not null check (price between 0 and 100000000),
    currency text check (currency ~ '^[A-Z]{3}$'),
    category text,
    brand text,
    description text,
    image_url text,
    url text
  )`;

const copies = [
  sql`
    insert into new_carts (cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, order_id,
      merged_into_cart_id, changes)
    select cart_id, customer_id::text, status, currency, version, created_at, updated_at, expires_at, order_id,
      merged_into_cart_id, changes
    from carts`,
  sql`
    insert into new_cart_items (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
    select cart_id, product_id::text, product_id::text, position, product_name, unit_price, quantity from cart_items`,
  sql`
    insert into new_products (product_id, name, price, category, brand, description)
    select product_id::text, name, price, category, brand, description from products`,
];

/** After the rows, which is faster. */
const keys = [
  sql`alter table new_carts add primary key (cart_id)`,
  sql`
    create index new_carts_customer_page on new_carts (customer_id, created_at desc, cart_id desc)
    where customer_id is not null`,
  sql`create index new_carts_expiry on new_carts (expires_at)`,
  sql`alter table new_cart_items add primary key (cart_id, item_key)`,
  sql`alter table new_cart_items add foreign key (cart_id) references new_carts on delete cascade`,
  sql`alter table new_products add primary key (product_id)`,
  sql`create unique index new_products_order on new_products (product_key)`,
];

const each = sql.raw(TABLES.map((name) => `('${name}', '${NEW}${name}')`).join(', '));

/** Owners, and all rights that others were given: to tables, and to columns that are still there. */
const ownersAndRights = sql`
  do $$
  declare todo text;
  begin
    for todo in
      select format('alter table %I owner to %I', new_name, pg_get_userbyid(relowner))
      from (values ${each}) as tables (name, new_name) join pg_class on pg_class.oid = name::regclass
      where pg_get_userbyid(relowner) <> current_user
    loop
      execute todo;
    end loop;
    for todo in
      select format('grant %s %s on %I to %s %s', privilege, columns, new_name,
        case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
        case when grantable then 'with grant option' end)
      from (values ${each}) as tables (name, new_name)
      join pg_class on pg_class.oid = name::regclass
      cross join lateral (
        select '' as columns, * from aclexplode(relacl)
        union all
        select format('(%I)', attname), acl.* from pg_attribute, aclexplode(attacl) as acl where attrelid = pg_class.oid
      ) as given (columns, grantor, grantee, privilege, grantable)
      where grantee <> relowner
    loop
      execute todo;
    end loop;
  end $$`;

const ofNewTables = sql.raw(`any(array[${TABLES.map((name) => `'${NEW}${name}'`).join(', ')}]::regclass[])`);
const withoutNew = (column: string) => sql.raw(`substr(${column}, ${NEW.length + 1})`);
const isNew = (column: string) => sql.raw(`starts_with(${column}, '${NEW}')`);

/** The old tables go, and every new name loses what stands before it. */
const exchange = sql`
  do $$
  declare todo text;
  begin
    drop table ${sql.raw(TABLES.join(', '))};
    for todo in
      select format('alter table %s rename constraint %I to %I', conrelid::regclass, conname, ${withoutNew('conname')})
      from pg_constraint where conrelid = ${ofNewTables} and ${isNew('conname')}
    loop
      execute todo;
    end loop;
    for todo in
      select format('alter index %s rename to %I', indexrelid::regclass, ${withoutNew('relname')})
      from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = ${ofNewTables} and ${isNew('relname')}
    loop
      execute todo;
    end loop;
    ${sql.raw(TABLES.map((name) => `alter table ${NEW}${name} rename to ${name};`).join(' '))}
  end $$`;
