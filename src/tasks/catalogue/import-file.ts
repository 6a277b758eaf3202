/** Products of a file into the catalogue. */
import type { Product } from '../../cart/product.ts';
import { MAX_TOGETHER, type Catalog } from '../../stores/catalog.ts';
import { listProducts } from './export-file.ts';

/** Products that are sent together: enough that a round trip costs little, few enough to be held in memory. */
const BATCH = 1000;

/** @param imported hears of how many products are in so far @returns the ids of all */
export async function importProducts(
  catalog: Catalog,
  products: AsyncIterable<Product>,
  imported: (count: number) => void,
): Promise<Set<Product['id']>> {
  const ids = new Set<Product['id']>();
  let batch: Product[] = [];
  async function send(): Promise<void> {
    await catalog.upsert(batch);
    batch = [];
    imported(ids.size);
  }
  for await (const product of products) {
    ids.add(product.id);
    batch.push(product);
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
  return ids;
}

/** Takes off sale what is not among these. @returns how many that were */
export async function withdrawOthers(catalog: Catalog, kept: ReadonlySet<Product['id']>): Promise<number> {
  let withdrawn = 0;
  let batch: Product['id'][] = [];
  async function send(): Promise<void> {
    withdrawn += (await catalog.withdraw(batch)).length;
    batch = [];
  }
  for await (const { id } of listProducts(catalog)) {
    if (kept.has(id)) continue;
    batch.push(id);
    if (batch.length === MAX_TOGETHER) await send();
  }
  if (batch.length > 0) await send();
  return withdrawn;
}
