/** Filling the catalogue. */
import { sql, type Kysely } from 'kysely';
import { checkProduct, type Product } from '../../cart/product.ts';
import type { Database } from './database.ts';
import { unhurried } from './unhurried.ts';

/** Products in one statement: some 500 KB of parameters. */
const BATCH = 5000;

/**
 * Adds the products, or replaces those with the same ids, all or none; what is there already stays untouched. The
 * currency of the prices is not kept: it is the deployment's.
 * @throws InputError for a product that breaks the limits
 */
export async function loadProducts(db: Kysely<Database>, products: readonly Product[]): Promise<void> {
  products.forEach((product, index) => {
    checkProduct(product, `products[${index}]`);
  });
  await unhurried(db, async (transaction) => {
    for (let start = 0; start < products.length; start += BATCH) {
      await upsert(transaction, products.slice(start, start + BATCH));
    }
  });
}

async function upsert(db: Kysely<Database>, products: readonly Product[]): Promise<void> {
  await sql`
    insert into products as old (product_id, name, price, category, brand, description)
    select * from unnest(
      ${products.map(({ id }) => id)}::integer[], ${products.map(({ name }) => name)}::text[],
      ${products.map(({ price }) => price.amount)}::integer[],
      ${products.map(({ category }) => category ?? null)}::text[],
      ${products.map(({ brand }) => brand ?? null)}::text[],
      ${products.map(({ description }) => description ?? null)}::text[]
    )
    on conflict (product_id) do update
    set name = excluded.name, price = excluded.price, category = excluded.category, brand = excluded.brand,
      description = excluded.description
    where (old.name, old.price, old.category, old.brand, old.description) is distinct from
      (excluded.name, excluded.price, excluded.category, excluded.brand, excluded.description)
  `.execute(db);
}
