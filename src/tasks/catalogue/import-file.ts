/** Products of a file into the catalogue. */
import type { ProductId } from '../../cart/ids.ts';
import type { Product } from '../../cart/product.ts';
import { MAX_TOGETHER, type Catalog } from '../../stores/catalog.ts';
import { listProducts } from './export-file.ts';

/** Products that are sent together: enough that a round trip costs little, few enough to be held in memory. */
const BATCH = 1000;

/**
 * @param imported hears of how many products are in so far
 * @throws Error that says how many were in when the database failed, with its error as cause
 */
export async function importProducts(
  catalog: Catalog,
  products: AsyncIterable<Product>,
  imported: (count: number) => void,
): Promise<void> {
  let count = 0;
  let batch: Product[] = [];
  async function send(): Promise<void> {
    await orSay(catalog.upsert(batch), () => `${number(count)} products were in by then`);
    count += batch.length;
    batch = [];
    imported(count);
  }
  for await (const product of products) {
    batch.push(product);
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
}

/**
 * Takes off sale what is not among these.
 * @param told hears of how many were withdrawn so far
 * @returns how many that were @throws as importProducts does
 */
export async function withdrawOthers(
  catalog: Catalog,
  kept: ReadonlyMap<ProductId, unknown>,
  told: (count: number) => void = () => undefined,
): Promise<number> {
  let withdrawn = 0;
  let batch: ProductId[] = [];
  const soFar = () => `all products of the file are in, ${number(withdrawn)} others were withdrawn by then`;
  async function send(): Promise<void> {
    withdrawn += (await orSay(catalog.withdraw(batch), soFar)).length;
    batch = [];
    told(withdrawn);
  }
  for await (const { id } of listProducts(catalog)) {
    if (kept.has(id)) continue;
    batch.push(id);
    if (batch.length === MAX_TOGETHER) await send();
  }
  if (batch.length > 0) await send();
  return withdrawn;
}

async function orSay<Result>(work: Promise<Result>, soFar: () => string): Promise<Result> {
  return work.catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}; ${soFar()}: running it again is safe`, { cause: error });
  });
}

function number(count: number): string {
  return count.toLocaleString('en');
}
