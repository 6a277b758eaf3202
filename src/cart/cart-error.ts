/** What a client can do something about: the closed list of reasons for which a change is refused. */
import type { ProductId } from './ids.ts';
import type { ItemId } from './item-key.ts';
import type { Money } from './money.ts';

/** An item whose price in the catalogue is no longer its price in the cart. */
export interface PriceChange {
  readonly itemId: ItemId;
  readonly productId: ProductId;
  readonly cartPrice: Money;
  /** Absent when the product is no longer sold. */
  readonly currentPrice?: Money;
}

/** A reason, with the data a client needs to recover from it. */
type Reason =
  | {
      readonly code:
        | 'CART_NOT_FOUND'
        | 'CART_NOT_ACTIVE'
        | 'CART_EMPTY'
        | 'CART_ALREADY_CLAIMED'
        | 'IDEMPOTENCY_KEY_REUSED';
    }
  | {
      readonly code: 'PRODUCT_NOT_FOUND' | 'QUANTITY_INVALID';
      readonly productId: ProductId;
    }
  | {
      readonly code: 'ITEM_NOT_FOUND' | 'ITEM_AMBIGUOUS';
      readonly itemId?: ItemId | undefined;
      readonly productId?: ProductId | undefined;
    }
  | { readonly code: 'QUANTITY_LIMIT_EXCEEDED'; readonly productId: ProductId; readonly limit: number }
  | { readonly code: 'ITEM_LIMIT_EXCEEDED' | 'CART_SIZE_EXCEEDED'; readonly limit: number }
  | { readonly code: 'VERSION_CONFLICT'; readonly currentVersion: number }
  | { readonly code: 'TOTAL_MISMATCH'; readonly currentTotal: Money }
  | { readonly code: 'PRICE_CHANGED'; readonly priceChanges: readonly PriceChange[] };

export type CartProblem = Reason & {
  readonly message: string;
  /** The path to the argument at fault, below the operation's input: `['items', '2', 'productId']`. */
  readonly field?: readonly string[];
};

export type CartProblemCode = CartProblem['code'];

/** Thrown by the rules of the cart; carries every problem found, not only the first. */
export class CartError extends Error {
  override readonly name = 'CartError';

  constructor(readonly problems: readonly [CartProblem, ...CartProblem[]]) {
    super(problems.map((problem) => problem.message).join('; '));
  }
}

/** Throws a {@link CartError} when there is any problem. */
export function refuseIfAny(problems: readonly CartProblem[]): void {
  const [first, ...rest] = problems;
  if (first) throw new CartError([first, ...rest]);
}
