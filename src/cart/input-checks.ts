/** Checks of an input that need no cart. All throw InputError. */
import { InputError } from './input-error.ts';

/**
 * For text that is kept or hashed as UTF-8, where half a surrogate pair would become U+FFFD and two texts one.
 * @throws InputError for text that is not well-formed
 */
export function checkWellFormed(text: string, argument: string): void {
  if (!text.isWellFormed()) throw new InputError(argument, 'must be well-formed Unicode', text);
}

/**
 * For text that is kept. Characters as PostgreSQL counts them, of which a pair of surrogates is one; and it keeps no U+0000.
 * @throws InputError for text of more than `most` characters, and for one that no database can keep
 */
export function checkText(text: string, most: number, argument: string): void {
  if (text.length > most && Array.from(text).length > most) {
    throw new InputError(argument, `must have at most ${most} characters`, text);
  }
  if (!text.isWellFormed() || text.includes('\0')) {
    throw new InputError(argument, 'must be well-formed Unicode without U+0000', text);
  }
}

/** @throws InputError for an empty list */
export function checkNotEmpty(list: readonly unknown[], argument: string): void {
  if (list.length === 0) throw new InputError(argument, 'must have at least one entry', 'an empty list');
}

/** @throws InputError for a list of more than `most` entries */
export function checkAtMost(list: readonly unknown[], most: number, argument: string): void {
  if (list.length > most) throw new InputError(argument, `must have at most ${most} entries`, list.length);
}

/**
 * @param names what may stand in the list once: ids, or identities of items
 * @param noun `product`
 * @throws InputError when one stands in it twice
 */
export function checkDistinct(names: readonly string[], noun: string, argument: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new InputError(argument, `must name each ${noun} once`, `${noun} ${name} twice`);
    seen.add(name);
  }
}
