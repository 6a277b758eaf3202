/** From the arguments of a client to those of the operations. Everything here throws InputError. */
import type { ChangeTerms } from '../changes/cart-operations.ts';
import { checkIdempotencyKey, parseNumericId, type ProductId } from '../cart/ids.ts';
import { checkDistinct, checkNotEmpty } from '../cart/input-checks.ts';
import type { ItemQuantity } from '../cart/items.ts';
import type { Context } from './context.ts';

/** A change's conditions, from the part that all inputs share. */
export function toTerms(
  input: { expectedVersion?: number | null; idempotencyKey?: string | null },
  { viewer, signal }: Context,
): ChangeTerms {
  const idempotencyKey = input.idempotencyKey ?? undefined;
  if (idempotencyKey !== undefined) checkIdempotencyKey(idempotencyKey, 'input.idempotencyKey');
  return { viewer, signal, expectedVersion: input.expectedVersion ?? undefined, idempotencyKey };
}

/** Items with different products; at least one. */
export function toItems(items: readonly { productId: string; quantity: number }[]): ItemQuantity[] {
  const ids = toProductIds(
    items.map((item) => item.productId),
    'input.items',
    '.productId',
  );
  return items.map(({ quantity }, index) => ({ productId: ids[index] as ProductId, quantity }));
}

/** Different products; at least one. @param suffix where an id stands inside an entry of the list */
export function toProductIds(ids: readonly string[], argument: string, suffix = ''): ProductId[] {
  checkNotEmpty(ids, argument);
  const parsed = ids.map((id, index) => parseNumericId(id, `${argument}[${index}]${suffix}`));
  checkDistinct(parsed, argument);
  return parsed;
}
