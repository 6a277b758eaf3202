/**
 * Carts, their items, and the products. The checks repeat the limits of `src/cart/` as a second line: what they refuse
 * is a fault in the program, never a client's mistake.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [carts, customerPages, expiry, cartItems, products]) await statement.execute(db);
}

const carts = sql`
  create table carts (
    cart_id uuid primary key,
    customer_id integer check (customer_id >= 1),
    status text not null check (status in ('ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    version integer not null check (version >= 1),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null check (updated_at >= created_at),
    expires_at timestamptz(0),
    order_id uuid,
    merged_into_cart_id uuid,
    changes bytea not null check (octet_length(changes) <= 896 and octet_length(changes) % 28 = 0),
    constraint carts_order_check check ((order_id is not null) = (status = 'CHECKED_OUT')),
    constraint carts_expiry_check check ((expires_at is null) = (status = 'CHECKED_OUT')),
    constraint carts_merge_check check ((merged_into_cart_id is not null) = (status = 'MERGED')),
    constraint carts_tombstone_check check (status <> 'DELETED' or customer_id is null)
  )`;

/** The order of a customer's list of carts, so that a page is a range of the index. */
const customerPages = sql`
  create index carts_customer_page on carts (customer_id, created_at desc, cart_id desc)
  where customer_id is not null`;

const expiry = sql`create index carts_expiry on carts (expires_at)`;

/** `position` orders the items of a cart and has gaps. No reference to products: one may be withdrawn. */
const cartItems = sql`
  create table cart_items (
    cart_id uuid not null references carts on delete cascade,
    product_id integer not null check (product_id >= 1),
    position bigint not null,
    product_name text not null check (char_length(product_name) <= 255 and octet_length(product_name) <= 400),
    unit_price integer not null check (unit_price between 0 and 100000000),
    quantity integer not null check (quantity between 1 and 9999),
    primary key (cart_id, product_id)
  )`;

const products = sql`
  create table products (
    product_id integer primary key check (product_id >= 1),
    name text not null check (char_length(name) <= 255 and octet_length(name) <= 400),
    price integer not null check (price between 0 and 100000000),
    category text,
    brand text,
    description text
  )`;
