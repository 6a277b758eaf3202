/** The products in PostgreSQL. */
import { sql, type Kysely } from 'kysely';
import type { Catalog } from '../catalog.ts';
import type { Product } from '../../cart/product.ts';
import { soldProduct, type ReportUnreadable } from '../unreadable-record.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import type { Database, ProductsTable } from './database.ts';
import { defineStatement, run } from './statement.ts';

const columns = sql`product_id, name, price, category, brand, description`;

const findProducts = defineStatement<{ ids: readonly number[] }, ProductsTable>(
  'find_products',
  (arg) => sql`select ${columns} from products where product_id = any(${arg('ids')}::integer[])`,
);

const listProducts = defineStatement<{ after: number; limit: number }, ProductsTable>(
  'list_products',
  (arg) => sql`
    select ${columns} from products where product_id > ${arg('after')} order by product_id limit ${arg('limit')}`,
);

/** @param currency that of all prices in the table */
export function createPostgresCatalog({
  db,
  currency,
  report = () => undefined,
}: {
  readonly db: Kysely<Database>;
  readonly currency: CurrencyCode;
  readonly report?: ReportUnreadable;
}): Catalog {
  const toProduct = ({ product_id, name, price, category, brand, description }: ProductsTable): Product => ({
    id: product_id,
    name,
    price: { amount: price, currency },
    ...(category !== null && { category }),
    ...(brand !== null && { brand }),
    ...(description !== null && { description }),
  });

  const read = (row: ProductsTable) => soldProduct(row.product_id, () => toProduct(row), report);

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
