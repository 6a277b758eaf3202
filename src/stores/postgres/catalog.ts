/** The products in PostgreSQL. */
import { sql } from 'kysely';
import type { Catalog } from '../catalog.ts';
import { catalogueKey } from '../catalogue-key.ts';
import type { Product } from '../../cart/product.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { upsertProducts, withdrawProducts } from './change-products.ts';
import { namesOf } from './column-sql.ts';
import { columnsOf, productColumns, type PlainProduct, type RowOf } from './columns.ts';
import type { Database } from './database.ts';
import { defineStatement, run } from './statement.ts';

type ProductRow = RowOf<typeof productColumns, Required<PlainProduct>>;

const ofProduct = columnsOf(productColumns);
const columns = namesOf(ofProduct);
/** Price and currency are one field of a product. */
const described = ofProduct.filter(({ field }) => field !== 'price' && field !== 'currency');

const findProducts = defineStatement<{ ids: readonly string[] }, ProductRow>(
  'find_products',
  (arg) => sql`select ${columns} from products where product_id = any(${arg('ids')}::text[])`,
);

/** `product_key` is what catalogueKey says, made by the table itself. */
const listProducts = defineStatement<{ after: string; limit: number }, ProductRow>(
  'list_products',
  (arg) => sql`
    select ${columns} from products where product_key > ${arg('after')}
    order by product_key limit ${arg('limit')}`,
);

/** @param currency the deployment's: that of products which have none of their own, and of all that are put in */
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

    async list({ first, after }, { signal } = {}) {
      const key = after === undefined ? '' : catalogueKey(after);
      const rows = await run(db, listProducts, { after: key, limit: first + 1 }, signal);
      const shown = rows.slice(0, first);
      const entries = shown.flatMap((row) => read(row) ?? []);
      const hasNextPage = rows.length > first;
      const last = hasNextPage && entries.length < shown.length ? shown.at(-1) : undefined;
      return { entries, hasNextPage, ...(last && { resumeAfter: last.product_id }) };
    },

    upsert: (products, { signal } = {}) => upsertProducts(db, products, currency, signal),

    withdraw: (ids, { signal } = {}) => withdrawProducts(db, ids, signal),
  };
}

function toProduct(row: ProductRow, deployments: CurrencyCode): Product {
  const values: Readonly<Record<string, unknown>> = row;
  const product: Record<string, unknown> = {};
  for (const { field, name } of described) {
    if (values[name] !== null) product[field] = values[name];
  }
  product['price'] = { amount: row.price, currency: row.currency ?? deployments };
  return product as unknown as Product;
}
