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
  /** In the order of their ids; a page's position is the id of a product. A record that cannot be read is left out. */
  list(
    page: PageRequest<ProductId>,
    options?: { readonly signal?: Signal },
  ): Promise<Page<Product, ProductId>>;
}
