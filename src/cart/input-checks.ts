/** Checks of an input that need no cart. All throw InputError. */
import { InputError } from './input-error.ts';

/**
 * For text that is kept or hashed as UTF-8, where half a surrogate pair would become U+FFFD and two texts one.
 * @throws InputError for text that is not well-formed
 */
export function checkWellFormed(text: string, argument: string): void {
  if (!text.isWellFormed()) throw new InputError(argument, 'must be well-formed Unicode', text);
}

/** @throws InputError for an empty list */
export function checkNotEmpty(list: readonly unknown[], argument: string): void {
  if (list.length === 0) throw new InputError(argument, 'must have at least one entry', 'an empty list');
}

/** @throws InputError for a list of more than `most` entries */
export function checkAtMost(list: readonly unknown[], most: number, argument: string): void {
  if (list.length > most) throw new InputError(argument, `must have at most ${most} entries`, list.length);
}

/** @throws InputError when one product stands in the list twice */
export function checkDistinct(productIds: readonly number[], argument: string): void {
  const seen = new Set<number>();
  for (const id of productIds) {
    if (seen.has(id)) throw new InputError(argument, 'must name each product once', `product ${id} twice`);
    seen.add(id);
  }
}
