/** The products in PostgreSQL. */
import { sql } from 'kysely';
import type { Catalog } from '../catalog.ts';
import type { Product } from '../../cart/product.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { namesOf } from './column-sql.ts';
import { columnsOf, productColumns, type PlainProduct, type RowOf } from './columns.ts';
import type { Database } from './database.ts';
import { defineStatement, run } from './statement.ts';

type ProductRow = RowOf<typeof productColumns, Required<PlainProduct>>;

const ofProduct = columnsOf(productColumns);
const columns = namesOf(ofProduct);

const findProducts = defineStatement<{ ids: readonly number[] }, ProductRow>(
  'find_products',
  (arg) => sql`select ${columns} from products where product_id = any(${arg('ids')}::integer[])`,
);

const listProducts = defineStatement<{ after: number; limit: number }, ProductRow>(
  'list_products',
  (arg) => sql`
    select ${columns} from products where product_id > ${arg('after')} order by product_id limit ${arg('limit')}`,
);

function toProduct(row: ProductRow, currency: CurrencyCode): Product {
  const values: Readonly<Record<string, unknown>> = row;
  const product: Record<string, unknown> = {};
  for (const { field, name } of ofProduct) {
    if (values[name] !== null) product[field] = values[name];
  }
  product['price'] = { amount: row.price, currency };
  return product as unknown as Product;
}

/** @param currency that of all prices in the table */
export function createPostgresCatalog({
  db,
  currency,
  report = () => undefined,
}: {
  readonly db: Database;
  readonly currency: CurrencyCode;
  readonly report?: ReportUnreadable;
}): Catalog {
  const read = (row: ProductRow) => soldProduct(row.product_id, () => toProduct(row, currency), report);

  return {
    async findMany(ids, { signal } = {}) {
      signal?.throwIfAborted();
      if (ids.length === 0) return [];
      const rows = await run(db, findProducts, { ids }, signal);
      const found = new Map(rows.map((row) => [row.product_id, read(row)]));
      return ids.map((id) => found.get(id));
    },

    async list({ first, after = 0 }, { signal } = {}) {
      const rows = await run(db, listProducts, { after, limit: first + 1 }, signal);
      const shown = rows.slice(0, first);
      const entries = shown.flatMap((row) => read(row) ?? []);
      const hasNextPage = rows.length > first;
      const last = hasNextPage && entries.length < shown.length ? shown.at(-1) : undefined;
      return { entries, hasNextPage, ...(last && { resumeAfter: last.product_id }) };
    },
  };
}
