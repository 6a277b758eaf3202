/** Whether the products are in the currency that the deployment keeps its carts in. */
import type { CurrencyCode } from '../cart/money.ts';
import { MAX_PAGE } from '../cart/page.ts';
import type { StoreOptions } from './cart-store.ts';
import type { Catalog } from './catalog.ts';

/** No time mends it: carts could hold none of the products. */
export class OtherCurrency extends Error {
  override readonly name = 'OtherCurrency';

  constructor(products: CurrencyCode, carts: CurrencyCode) {
    super(
      `The catalogue has products in ${products}, but CART_CURRENCY is ${carts}. Set it to ${products}, or load the catalogue in ` +
        `${carts} with "npm run catalogue -- import FILE --replace" (the demo catalogue: npm run seed)`,
    );
  }
}

/**
 * Looks at the first page of the catalogue: a deployment with another's CART_CURRENCY has no product in its own.
 * @returns whether there is any product
 * @throws OtherCurrency
 */
export async function checkCurrency(
  catalog: Catalog,
  currency: CurrencyCode,
  { signal }: StoreOptions = {},
): Promise<boolean> {
  const { entries } = await catalog.list({ first: MAX_PAGE }, { ...(signal && { signal }) });
  const other = entries.find(({ price }) => price.currency !== currency);
  if (other) throw new OtherCurrency(other.price.currency, currency);
  return entries.length > 0;
}
