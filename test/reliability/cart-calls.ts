/** What clients ask of the carts of one history, and what they are told. */
import type { CartId, CustomerId, ProductId } from '../../src/cart/ids.ts';
import type { MergeStrategy } from '../../src/cart/merge.ts';

export interface Line {
  readonly productId: ProductId;
  readonly quantity: number;
}

interface Terms {
  readonly cart: CartId;
  readonly version?: number;
  readonly key?: string;
}

/** A creation has its key in any case: it makes the cart's id. */
export type CartCall =
  | ({ readonly do: 'create'; readonly lines: readonly Line[]; readonly key: string } & Terms)
  | ({ readonly do: 'add' | 'set' | 'replace'; readonly lines: readonly Line[] } & Terms)
  | ({ readonly do: 'remove'; readonly productIds: readonly ProductId[] } & Terms)
  | ({ readonly do: 'note'; readonly note: string } & Terms)
  | ({ readonly do: 'clear' | 'delete' | 'checkOut' } & Terms)
  | ({ readonly do: 'claim'; readonly customer: CustomerId } & Terms)
  | ({ readonly do: 'merge'; readonly source: CartId; readonly strategy: MergeStrategy } & Terms)
  | { readonly do: 'read'; readonly cart: CartId };

/** A cart as its clients see it. */
export interface CartView {
  readonly version: number;
  readonly status: string;
  readonly note: string | null;
  readonly orderId: string | null;
  readonly mergedInto: CartId | null;
  readonly lines: readonly Line[];
}

export interface CartAnswer {
  /** Of the refusal; empty when the change was made; absent where that was told earlier. */
  readonly codes?: readonly string[];
  /** Null where there is no cart to be seen; absent where nothing is said of it. */
  readonly cart?: CartView | null;
  readonly source?: CartView | null;
}

/** What came of sending a call. */
export type Sent =
  | { readonly kind: 'answered'; readonly answer: CartAnswer }
  /** May take effect or not, now or later. */
  | { readonly kind: 'open' }
  /** Had no effect, and will have none. */
  | { readonly kind: 'failed'; readonly code: string };
