/** A product, as a catalogue has it, and its limits. */
import { parseProductId, type ProductId } from './ids.ts';
import { checkText } from './input-checks.ts';
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
  /** Addresses of a picture and of the shop's page: at most {@link MAX_URL} characters, absolute with http or https, or a path. */
  readonly imageUrl?: string;
  readonly url?: string;
}

/** Most characters of a product name, and most bytes of it in UTF-8: 500 items then fit in DynamoDB's 400 KB. */
export const MAX_NAME = { characters: 255, bytes: 400 } as const;

/** Most characters of a category or a brand. */
export const MAX_LABEL = 255;

/** Most characters of an address. Browsers and proxies have taken 2,000 and some for long. */
export const MAX_URL = 2048;

/** Most characters of a description: 100 products of a page then stay below 2 MB. */
export const MAX_DESCRIPTION = 5000;

/**
 * Holds a product against its limits, before it is loaded into a database and after it was read from one: with a price beyond
 * them sums would no longer be exact, and with a longer name a full cart would not fit into an item of DynamoDB.
 * @param what the name that errors report: `products[3]`
 * @throws InputError
 */
export function checkProduct(product: Product, what: string): void {
  const { id, name, price, category, brand, description, imageUrl, url } = product;
  parseProductId(id, `${what}.id`);
  checkName(name, `${what}.name`);
  if (!(Number.isInteger(price.amount) && price.amount >= 0 && price.amount <= MAX_PRICE)) {
    throw new InputError(`${what}.price`, `must be from 0 to ${MAX_PRICE} minor units`, price.amount);
  }
  if (category !== undefined) checkText(category, MAX_LABEL, `${what}.category`);
  if (brand !== undefined) checkText(brand, MAX_LABEL, `${what}.brand`);
  if (description !== undefined) checkText(description, MAX_DESCRIPTION, `${what}.description`);
  if (imageUrl !== undefined) checkUrl(imageUrl, `${what}.imageUrl`);
  if (url !== undefined) checkUrl(url, `${what}.url`);
}

/** @throws InputError */
export function checkName(name: string, argument: string): void {
  checkText(name, MAX_NAME.characters, argument);
  // No character takes more than four bytes: counting them is seldom needed.
  if (name.length * 4 > MAX_NAME.bytes && Buffer.byteLength(name) > MAX_NAME.bytes) {
    throw new InputError(argument, `must have at most ${MAX_NAME.bytes} bytes in UTF-8`, name);
  }
}

function checkUrl(url: string, argument: string): void {
  checkText(url, MAX_URL, argument);
  if (!isSafeUrl(url)) {
    throw new InputError(
      argument,
      'must begin with https://, http:// or a single /, and have no blanks',
      url,
    );
  }
}

/** Whether a page may link to it: neither a script in place of an address, nor anything that leaves it half way. */
function isSafeUrl(url: string): boolean {
  return /^(?:https?:\/\/|\/(?!\/))[^\s\\]*$/i.test(url);
}
