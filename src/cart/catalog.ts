/** The products a cart can hold, as the rest of the service sees them. */
import type { Signal } from './abortable.ts';
import type { ProductId } from './ids.ts';
import type { Money } from './money.ts';
import type { Page, PageRequest } from './page.ts';

export interface Product {
  readonly id: ProductId;
  /** At most 255 characters and 400 bytes of UTF-8. */
  readonly name: string;
  /** 0 to {@link MAX_PRICE} minor units. */
  readonly price: Money;
  readonly category?: string;
  readonly brand?: string;
  readonly description?: string;
}

/** Most characters of a product name, and most bytes of it in UTF-8: 500 items then fit in DynamoDB's 400 KB. */
export const MAX_NAME = { characters: 255, bytes: 400 } as const;

export interface Catalog {
  /** Positional, like a DataLoader batch: undefined where a product is not sold. */
  findMany(
    ids: readonly ProductId[],
    options?: { readonly signal?: Signal },
  ): Promise<(Product | undefined)[]>;
  /** In the order of their ids; a page's position is the id of a product. */
  list(page: PageRequest<ProductId>, options?: { readonly signal?: Signal }): Promise<Page<Product>>;
}
