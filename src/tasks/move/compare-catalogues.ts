/** Whether both stores sell the same products. */
import { isDeepStrictEqual } from 'node:util';
import type { ProductId } from '../../cart/ids.ts';
import type { Product } from '../../cart/product.ts';
import { MAX_TOGETHER, type Catalog } from '../../stores/catalog.ts';
import { catalogueKey } from '../../stores/catalogue-key.ts';
import { listProducts } from '../catalogue/export-file.ts';

/** `missing` and `additional` in the target. */
export interface ProductDifference {
  readonly id: ProductId;
  readonly kind: 'missing' | 'additional' | 'differs';
  readonly fields: readonly string[];
}

/** What is read of a catalogue. */
export type ReadCatalog = Pick<Catalog, 'list' | 'findMany'>;

/**
 * Both in the order that they have in common. What differs is looked at a second time, by itself: a list may lag behind.
 * @param compared hears of how many products were compared so far
 */
export async function* compareCatalogues(
  source: ReadCatalog,
  target: ReadCatalog,
  compared: (count: number) => void,
): AsyncGenerator<ProductDifference> {
  const sides = [listProducts(source), listProducts(target)] as const;
  let suspects: ProductId[] = [];
  let [a, b] = [await nextOf(sides[0]), await nextOf(sides[1])];
  for (let count = 1; a ?? b; count += 1) {
    const order = orderOf(a, b);
    const product = order <= 0 ? a : b;
    if (product && (order !== 0 || !isDeepStrictEqual(a, b))) suspects.push(product.id);
    if (suspects.length === MAX_TOGETHER) {
      yield* lookAgain(source, target, suspects);
      suspects = [];
    }
    compared(count);
    if (order <= 0) a = await nextOf(sides[0]);
    if (order >= 0) b = await nextOf(sides[1]);
  }
  if (suspects.length > 0) yield* lookAgain(source, target, suspects);
}

async function nextOf(products: AsyncGenerator<Product, void>): Promise<Product | undefined> {
  const next = await products.next();
  return next.done === true ? undefined : next.value;
}

/** Negative where the first comes before the second. */
function orderOf(a: Product | undefined, b: Product | undefined): number {
  if (!a || !b) return a ? -1 : 1;
  const [first, second] = [catalogueKey(a.id), catalogueKey(b.id)];
  return first < second ? -1 : first > second ? 1 : 0;
}

async function* lookAgain(
  source: ReadCatalog,
  target: ReadCatalog,
  ids: readonly ProductId[],
): AsyncGenerator<ProductDifference> {
  const [ours, theirs] = await Promise.all([source.findMany(ids), target.findMany(ids)]);
  for (const [at, id] of ids.entries()) {
    const [first, second] = [ours[at], theirs[at]];
    if (first && second) {
      const names = [...new Set([...Object.keys(first), ...Object.keys(second)])] as (keyof Product)[];
      const fields = names.filter((name) => !isDeepStrictEqual(first[name], second[name]));
      if (fields.length > 0) yield { id, kind: 'differs', fields };
    } else if (first ?? second) {
      yield { id, kind: first ? 'missing' : 'additional', fields: [] };
    }
  }
}
