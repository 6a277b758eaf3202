/** The products a cart can hold, as the rest of the service sees them: what a database must do for them. */
import type { ProductId } from '../cart/ids.ts';
import type { Page, PageRequest } from '../cart/page.ts';
import type { Product } from '../cart/product.ts';
import type { Signal } from '../waiting/abortable.ts';

export interface Catalog {
  /**
   * Positional, like a DataLoader batch: undefined where a product is not sold, as one whose record cannot be read or breaks
   * the limits. Such a record is reported to the log, and is no other product's fault.
   */
  findMany(
    ids: readonly ProductId[],
    options?: { readonly signal?: Signal },
  ): Promise<(Product | undefined)[]>;
  /**
   * In the order of catalogueKey: whole numbers by value, then text by its bytes. A page's position is the id of a product, which
   * need not be sold any more. A record that cannot be read is left out.
   */
  list(
    page: PageRequest<ProductId>,
    options?: { readonly signal?: Signal },
  ): Promise<Page<Product, ProductId>>;
  /**
   * Adds products, or replaces those with the same ids. Up to {@link MAX_TOGETHER} all or none; of more, which only tasks send,
   * some may be there when it fails, and sending them again is safe.
   * @throws InputError for a product that breaks the limits, or is in another currency than the deployment
   */
  upsert(products: readonly Product[], options?: { readonly signal?: Signal }): Promise<void>;
  /**
   * Takes products off sale. At most {@link MAX_TOGETHER}, all or none.
   * @returns the ids of those that were sold until now, in the order asked for
   */
  withdraw(ids: readonly ProductId[], options?: { readonly signal?: Signal }): Promise<ProductId[]>;
}

/** Most products that are changed all or none: what one transaction of DynamoDB takes. */
export const MAX_TOGETHER = 100;
