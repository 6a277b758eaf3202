/** The order of the catalogue, the same in every database: whole numbers by their value, then text by its bytes. */
import { numberOf, type ProductId } from '../cart/ids.ts';

/** Digits of the largest number that is an id. */
const DIGITS = 16;

/** A text whose bytes sort as the catalogue is ordered: `n` and the number in 16 digits, or `t` and the text. */
export function catalogueKey(id: ProductId): string {
  return numberOf(id) === undefined ? `t${id}` : `n${id.padStart(DIGITS, '0')}`;
}
