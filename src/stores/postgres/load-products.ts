/** Filling the catalogue. */
import { sql } from 'kysely';
import { checkProduct, type Product } from '../../cart/product.ts';
import { arraysOf, namesOf, setToExcluded } from './column-sql.ts';
import { columnsOf, productColumns, type PlainProduct } from './columns.ts';
import type { Database } from './database.ts';
import { withoutTimeouts } from './without-timeouts.ts';

/** Products in one statement: some 500 KB of parameters. */
const BATCH = 5000;

/**
 * Adds the products, or replaces those with the same ids, all or none; what is there already stays untouched. The
 * currency of the prices is not kept: it is the deployment's.
 * @throws InputError for a product that breaks the limits
 */
export async function loadProducts(db: Database, products: readonly Product[]): Promise<void> {
  products.forEach((product, index) => {
    checkProduct(product, `products[${index}]`);
  });
  await withoutTimeouts(db, async (transaction) => {
    for (let start = 0; start < products.length; start += BATCH) {
      await upsert(transaction, products.slice(start, start + BATCH));
    }
  });
}

async function upsert(db: Database, products: readonly Product[]): Promise<void> {
  const plain = products.map((product): PlainProduct => ({ ...product, price: product.price.amount }));
  await sql`
    insert into products as old (${namesOf(ofProduct)})
    select * from unnest(${arraysOf(ofProduct, ({ field }) => plain.map((product) => product[field] ?? null))})
    on conflict (product_id) do update
    set ${setToExcluded(loaded)}
    where (${namesOf(loaded, 'old.')}) is distinct from (${namesOf(loaded, 'excluded.')})
  `.execute(db);
}

const ofProduct = columnsOf(productColumns);
const loaded = ofProduct.filter(({ fixed }) => !fixed);
