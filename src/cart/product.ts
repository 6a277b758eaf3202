/** A product, as a catalogue has it, and its limits. */
import { MAX_ID, type ProductId } from './ids.ts';
import { InputError } from './input-error.ts';
import { MAX_PRICE, type Money } from './money.ts';

export interface Product {
  readonly id: ProductId;
  /** At most 255 characters and 400 bytes of UTF-8. */
  readonly name: string;
  /** 0 to {@link MAX_PRICE} minor units. */
  readonly price: Money;
  /** At most {@link MAX_LABEL} characters, like the brand. */
  readonly category?: string;
  readonly brand?: string;
  /** At most {@link MAX_DESCRIPTION} characters. */
  readonly description?: string;
}

/** Most characters of a product name, and most bytes of it in UTF-8: 500 items then fit in DynamoDB's 400 KB. */
export const MAX_NAME = { characters: 255, bytes: 400 } as const;

/** Most characters of a category or a brand. */
export const MAX_LABEL = 255;

/** Most characters of a description: 100 products of a page then stay below 2 MB. */
export const MAX_DESCRIPTION = 5000;

/**
 * Holds a product against its limits, before it is loaded into a database and after it was read from one: with a price beyond
 * them sums would no longer be exact, and with a longer name a full cart would not fit into an item of DynamoDB.
 * @param what the name that errors report: `products[3]`
 * @throws InputError
 */
export function checkProduct({ id, name, price, category, brand, description }: Product, what: string): void {
  if (!(Number.isInteger(id) && id >= 1 && id <= MAX_ID)) {
    throw new InputError(`${what}.id`, `must be a whole number from 1 to ${MAX_ID}`, id);
  }
  checkText(name, MAX_NAME.characters, `${what}.name`);
  // No character takes more than four bytes: counting them is seldom needed.
  if (name.length * 4 > MAX_NAME.bytes && Buffer.byteLength(name) > MAX_NAME.bytes) {
    throw new InputError(`${what}.name`, `must have at most ${MAX_NAME.bytes} bytes in UTF-8`, name);
  }
  if (!(Number.isInteger(price.amount) && price.amount >= 0 && price.amount <= MAX_PRICE)) {
    throw new InputError(`${what}.price`, `must be from 0 to ${MAX_PRICE} minor units`, price.amount);
  }
  if (category !== undefined) checkText(category, MAX_LABEL, `${what}.category`);
  if (brand !== undefined) checkText(brand, MAX_LABEL, `${what}.brand`);
  if (description !== undefined) checkText(description, MAX_DESCRIPTION, `${what}.description`);
}

/** Characters as PostgreSQL counts them, of which a pair of surrogates is one; and it keeps no U+0000. */
function checkText(text: string, most: number, argument: string): void {
  if (text.length > most && Array.from(text).length > most) {
    throw new InputError(argument, `must have at most ${most} characters`, text);
  }
  if (!text.isWellFormed() || text.includes('\0')) {
    throw new InputError(argument, 'must be well-formed Unicode without U+0000', text);
  }
}
