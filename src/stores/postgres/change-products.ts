/** What staff and tasks do with the products in PostgreSQL. */
import { sql } from 'kysely';
import { InputError } from '../../cart/input-error.ts';
import type { ProductId } from '../../cart/ids.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { checkProduct, type Product } from '../../cart/product.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { MAX_TOGETHER } from '../catalog.ts';
import { arraysOf, namesOf, setToExcluded } from './column-sql.ts';
import { columnsOf, parameterOf, productColumns, type PlainProduct } from './columns.ts';
import type { Database } from './database.ts';
import { isCollision } from './driver-errors.ts';
import { defineStatement, run, type Parameter } from './statement.ts';
import { withoutTimeouts } from './without-timeouts.ts';

const ofProduct = columnsOf(productColumns);
const changing = ofProduct.filter(({ fixed }) => !fixed);

/** Products in one statement of a load: 30 MB of parameters where each is as long as it may be, some 200 KB otherwise. */
const BATCH = 1000;

/** What is there already stays untouched. Patient for the sake of loads; how long a request waits is said by its signal. */
const putProducts = defineStatement<Readonly<Record<string, Parameter>>, never>(
  'put_products',
  (arg) => sql`
    insert into products as old (${namesOf(ofProduct)})
    select * from unnest(${arraysOf(ofProduct, ({ name }) => arg(name))})
    on conflict (product_id) do update
    set ${setToExcluded(changing)}
    where (${namesOf(changing, 'old.')}) is distinct from (${namesOf(changing, 'excluded.')})`,
  { patient: true },
);

/** Locked in the order of the ids, as rows are put in: a deletion locks them as it comes upon them, and two would wait in a circle. */
const deleteProducts = defineStatement<{ ids: readonly string[] }, { product_id: ProductId }>(
  'delete_products',
  (arg) => sql`
    with locked as materialized (
      select product_id from products where product_id = any(${arg('ids')}::text[]) order by product_id for update
    )
    delete from products using locked where products.product_id = locked.product_id returning products.product_id`,
);

/** See Catalog.upsert. @param currency the deployment's, in which all prices must be */
export async function upsertProducts(
  db: Database,
  products: readonly Product[],
  currency: CurrencyCode,
  signal?: Signal,
): Promise<void> {
  const rows = toRows(products, currency);
  signal?.throwIfAborted();
  if (rows.length === 0) return;
  if (rows.length <= MAX_TOGETHER) {
    await again(() => run(db, putProducts, parametersOf(rows), signal));
    return;
  }
  for (let start = 0; start < rows.length; start += BATCH) {
    signal?.throwIfAborted();
    const batch = parametersOf(rows.slice(start, start + BATCH));
    await again(() => withoutTimeouts(db, (transaction) => run(transaction, putProducts, batch)));
  }
}

const MOST_ATTEMPTS = 5;

/**
 * Where another statement changes a row at the same moment, PostgreSQL may not see that the row is there, and put in another: it then
 * finds the two by `products_order`, which `on conflict` does not name, and refuses; or the two wait for each other. Of 20 statements at once for the
 * same 100 products, 3 in 1,000 were refused so on two busy cores, and none of 13,820 after a further attempt.
 */
async function again<Result>(put: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isCollision(error)) throw error;
    }
  }
}

/** See Catalog.withdraw. */
export async function withdrawProducts(
  db: Database,
  ids: readonly ProductId[],
  signal?: Signal,
): Promise<ProductId[]> {
  signal?.throwIfAborted();
  if (ids.length === 0) return [];
  const rows = await run(db, deleteProducts, { ids }, signal);
  const withdrawn = new Set(rows.map((row) => row.product_id));
  return ids.filter((id) => withdrawn.delete(id));
}

/** In the order of their ids, so that two statements do not wait for each other in a circle. @throws InputError */
function toRows(products: readonly Product[], currency: CurrencyCode): PlainProduct[] {
  const rows = products.map((product, index): PlainProduct => {
    checkProduct(product, `products[${index}]`);
    const { price } = product;
    if (price.currency !== currency) {
      throw new InputError(`products[${index}].price.currency`, `must be ${currency}`, price.currency);
    }
    return { ...product, price: price.amount, currency };
  });
  // Of two with one id the later one counts; a statement changes no row twice.
  const different = [...new Map(rows.map((row) => [row.id, row])).values()];
  return different.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function parametersOf(rows: readonly PlainProduct[]): Record<string, Parameter> {
  return Object.fromEntries(
    ofProduct.map((column) => [column.name, rows.map((row) => parameterOf(column, row[column.field]))]),
  );
}
