/** The tables, as Kysely knows them. What the columns may hold is said by the migrations. */
import type { ColumnType } from 'kysely';

/** Read as a Date; written as a Date or in any notation of PostgreSQL. */
type Instant = ColumnType<Date, Date | string>;

export interface CartsTable {
  cart_id: string;
  customer_id: number | null;
  status: string;
  currency: string;
  version: number;
  created_at: Instant;
  updated_at: Instant;
  expires_at: Instant | null;
  order_id: string | null;
  merged_into_cart_id: string | null;
  changes: Buffer;
}

export interface CartItemsTable {
  cart_id: string;
  product_id: number;
  /** A bigint, which the driver reads as text. */
  position: ColumnType<string, number>;
  product_name: string;
  unit_price: number;
  quantity: number;
}

export interface ProductsTable {
  product_id: number;
  name: string;
  price: number;
  category: string | null;
  brand: string | null;
  description: string | null;
}

export interface Database {
  carts: CartsTable;
  cart_items: CartItemsTable;
  products: ProductsTable;
}
