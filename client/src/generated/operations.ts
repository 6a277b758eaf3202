/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** So many of a product, to be added. */
export type AddCartItemInput = {
  /** Options, engraving, gift wrap, in any order: with others it is another item. At most 20. */
  readonly attributes?: ReadonlyArray<AttributeInput> | null | undefined;
  /** The product; with the same attributes once in a list. */
  readonly productId: string;
  /** How many; 1 to 9999. */
  readonly quantity: number;
};

/** Products to add to a cart. */
export type AddCartItemsInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** At least one; all are added or none. */
  readonly items: ReadonlyArray<AddCartItemInput>;
};

/** What is to be said of an item or a cart. */
export type AttributeInput = {
  /** 1 to 64 characters; once in a list. */
  readonly key: string;
  /** At most 255 characters; may be empty. */
  readonly value: string;
};

/** Where a cart is in its life. Only an ACTIVE cart can be changed. */
export type CartStatus =
  /** Open for changes. */
  | 'ACTIVE'
  /** Frozen by a check-out; it has an order id and never expires. */
  | 'CHECKED_OUT'
  /** Its items were moved into another cart. */
  | 'MERGED';

/** A cart to check out. */
export type CheckoutCartInput = {
  /** Check out at the cart’s prices, also where they are no longer the catalogue’s. */
  readonly acceptCartPrices?: boolean;
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse with TOTAL_MISMATCH unless this is the total. */
  readonly expectedTotal?: string | null | undefined;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A cart to empty. */
export type ClearCartInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
};

/** What to do with items that both carts have. */
export type MergeStrategy =
  /** The target’s items stay as they are; those that only the source has are added. */
  | 'KEEP_TARGET'
  /** The larger quantity wins. */
  | 'MAX'
  /** The source’s items replace the target’s. */
  | 'REPLACE'
  /** Quantities are added up. */
  | 'SUM';

/** The one active cart, wanted. */
export type OpenCartInput = {
  /** Staff only, to act for a customer. */
  readonly customerId?: string | null | undefined;
  /** The cart that the shopper had as a guest: claimed, or merged into the active one. */
  readonly guestCartId?: string | null | undefined;
  /** Makes it happen once; 1 to 255 characters. For a guest’s cart it must be a UUID, because whoever knows it knows the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** What a merge does with items that both carts have. */
  readonly strategy?: MergeStrategy;
};

/** A cart whose prices are to be the catalogue’s. */
export type RefreshCartPricesInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Items to remove from a cart. At least one id in one of the two lists. */
export type RemoveCartItemsInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** Items by their ids; all are removed or none. */
  readonly itemIds?: ReadonlyArray<string> | null | undefined;
  /** Items by their products, of each of which the cart has one item. */
  readonly productIds?: ReadonlyArray<string> | null | undefined;
};

/** What a cart is to hold. */
export type ReplaceCartItemsInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** All there will be; none to empty the cart. */
  readonly items: ReadonlyArray<AddCartItemInput>;
};

/** What is said of a cart as a whole: what is left out stays, null or an empty list removes. */
export type UpdateCartInput = {
  /** Whatever the shop keeps with the cart. At most 50. All there will be. */
  readonly attributes?: ReadonlyArray<AttributeInput> | null | undefined;
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** What the shopper wants to say; at most 1000 characters. An empty one removes it, too. */
  readonly note?: string | null | undefined;
};

/** The new quantity of an item that is in the cart. Exactly one of itemId and productId; productId where the cart has one item of it. */
export type UpdateCartItemInput = {
  /** The item; once in a list. */
  readonly itemId?: string | null | undefined;
  /** The product of the item; once in a list. */
  readonly productId?: string | null | undefined;
  /** The new quantity; 0 removes the item. */
  readonly quantity: number;
};

/** New quantities of items of a cart. */
export type UpdateCartItemsInput = {
  /** The id of the cart. */
  readonly cartId: string;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  readonly idempotencyKey?: string | null | undefined;
  /** At least one; all are set or none. */
  readonly items: ReadonlyArray<UpdateCartItemInput>;
};

/** Why a change was refused. */
export type UserErrorCode =
  /** The cart has another customer already; told only to those who may see that cart, to others it is CART_NOT_FOUND. */
  | 'CART_ALREADY_CLAIMED'
  /** An empty cart cannot be checked out. */
  | 'CART_EMPTY'
  /** The cart is checked out or merged. */
  | 'CART_NOT_ACTIVE'
  /** There is no such cart, it has expired, or it is not yours to see. */
  | 'CART_NOT_FOUND'
  /** The cart would be larger than a database can hold (limit 307,200 bytes, 300 KB, by DynamoDB’s rules). */
  | 'CART_SIZE_EXCEEDED'
  /** The key was used for another change of this cart. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The cart has several items of the product: name the item by its id. */
  | 'ITEM_AMBIGUOUS'
  /** More items than a cart may hold (limit 500). */
  | 'ITEM_LIMIT_EXCEEDED'
  /** The cart does not have the item. */
  | 'ITEM_NOT_FOUND'
  /** Prices in the cart are no longer the catalogue’s; refresh them, or check out with acceptCartPrices. */
  | 'PRICE_CHANGED'
  /** The catalogue does not have the product. */
  | 'PRODUCT_NOT_FOUND'
  /** Below 1 (in an update: below 0). */
  | 'QUANTITY_INVALID'
  /** More of one item than a cart may hold (limit 9999). */
  | 'QUANTITY_LIMIT_EXCEEDED'
  /** The total is not the expected one. */
  | 'TOTAL_MISMATCH'
  /** The cart is not at the expected version; read it again and decide anew. */
  | 'VERSION_CONFLICT';

/** As whom a request is answered. */
export type ViewerKind =
  /** The customer whom the token names. */
  | 'CUSTOMER'
  /** Somebody without a token, who may use the guest carts whose ids they know. */
  | 'GUEST'
  /** Somebody who may act for every customer. */
  | 'STAFF';

export type MoneyPartsFragment = { readonly amount: string, readonly currency: string };

export type PriceChangePartsFragment = { readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null };

export type CartPartsFragment = { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> };

type ErrorParts_CartStateError_Fragment = { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null };

type ErrorParts_ItemError_Fragment = { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null };

type ErrorParts_LimitError_Fragment = { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null };

type ErrorParts_PriceChangedError_Fragment = { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> };

type ErrorParts_ProductError_Fragment = { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null };

type ErrorParts_TotalMismatchError_Fragment = { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } };

type ErrorParts_VersionConflictError_Fragment = { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null };

export type ErrorPartsFragment =
  | ErrorParts_CartStateError_Fragment
  | ErrorParts_ItemError_Fragment
  | ErrorParts_LimitError_Fragment
  | ErrorParts_PriceChangedError_Fragment
  | ErrorParts_ProductError_Fragment
  | ErrorParts_TotalMismatchError_Fragment
  | ErrorParts_VersionConflictError_Fragment
;

export type CurrentCartQueryVariables = Exact<{
  id: string;
  kept: boolean;
}>;


export type CurrentCartQuery = { readonly viewer: { readonly kind: ViewerKind, readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null }, readonly cart?: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null };

export type OpenCartMutationVariables = Exact<{
  input: OpenCartInput;
}>;


export type OpenCartMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type AddCartItemsMutationVariables = Exact<{
  input: AddCartItemsInput;
}>;


export type AddCartItemsMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type UpdateCartItemsMutationVariables = Exact<{
  input: UpdateCartItemsInput;
}>;


export type UpdateCartItemsMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type RemoveCartItemsMutationVariables = Exact<{
  input: RemoveCartItemsInput;
}>;


export type RemoveCartItemsMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type ReplaceCartItemsMutationVariables = Exact<{
  input: ReplaceCartItemsInput;
}>;


export type ReplaceCartItemsMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type UpdateCartMutationVariables = Exact<{
  input: UpdateCartInput;
}>;


export type UpdateCartMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type ClearCartMutationVariables = Exact<{
  input: ClearCartInput;
}>;


export type ClearCartMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type RefreshCartPricesMutationVariables = Exact<{
  input: RefreshCartPricesInput;
}>;


export type RefreshCartPricesMutation = { readonly change: { readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }>, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type CheckoutCartMutationVariables = Exact<{
  input: CheckoutCartInput;
}>;


export type CheckoutCartMutation = { readonly change: { readonly orderId: string | null, readonly cart: { readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly itemId: string | null, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly namedProductId: string | null }
      | { readonly limit: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly limitedProductId: string | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> }
      | { readonly productId: string, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly currentTotal: { readonly amount: string, readonly currency: string } }
      | { readonly currentVersion: number, readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }
    > } | null };

export type PriceChangesQueryVariables = Exact<{
  id: string;
}>;


export type PriceChangesQuery = { readonly cart: { readonly id: string, readonly priceChanges: ReadonlyArray<{ readonly itemId: string, readonly productId: string, readonly cartPrice: { readonly amount: string, readonly currency: string }, readonly currentPrice: { readonly amount: string, readonly currency: string } | null }> | null } | null };

export type ProductPartsFragment = { readonly id: string, readonly name: string, readonly brand: string | null, readonly category: string | null, readonly description: string | null, readonly imageUrl: string | null, readonly url: string | null, readonly price: { readonly amount: string, readonly currency: string } };

export type ProductsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ProductsQuery = { readonly products: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly brand: string | null, readonly category: string | null, readonly description: string | null, readonly imageUrl: string | null, readonly url: string | null, readonly price: { readonly amount: string, readonly currency: string } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type ProductsByIdQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type ProductsByIdQuery = { readonly productsById: ReadonlyArray<{ readonly id: string, readonly name: string, readonly brand: string | null, readonly category: string | null, readonly description: string | null, readonly imageUrl: string | null, readonly url: string | null, readonly price: { readonly amount: string, readonly currency: string } } | null> };

export type CustomerCartsQueryVariables = Exact<{
  customerId: string;
  first?: number;
  after?: string | null | undefined;
  status?: CartStatus | null | undefined;
}>;


export type CustomerCartsQuery = { readonly customerCarts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly customerId: string | null, readonly status: CartStatus, readonly version: number, readonly note: string | null, readonly itemCount: number, readonly createdAt: string, readonly updatedAt: string, readonly expiresAt: string | null, readonly orderId: string | null, readonly mergedIntoCartId: string | null, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly productName: string, readonly quantity: number, readonly attributes: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }> }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

import type { TypedDocument } from '../typed-document.ts';
const MoneyParts = `fragment MoneyParts on Money{amount currency}`;
const PriceChangeParts = `fragment PriceChangeParts on PriceChange{itemId productId cartPrice{...MoneyParts}currentPrice{...MoneyParts}}`;
const CartParts = `fragment CartParts on Cart{id customerId status version note attributes{key value}itemCount totalAmount{...MoneyParts}items{id productId productName attributes{key value}quantity unitPrice{...MoneyParts}lineTotal{...MoneyParts}}createdAt updatedAt expiresAt orderId mergedIntoCartId}`;
const ErrorParts = `fragment ErrorParts on UserError{code message field ...on ProductError{productId}...on ItemError{itemId namedProductId:productId}...on LimitError{limit limitedProductId:productId}...on VersionConflictError{currentVersion}...on TotalMismatchError{currentTotal{...MoneyParts}}...on PriceChangedError{priceChanges{...PriceChangeParts}}}`;
const ProductParts = `fragment ProductParts on Product{id name brand category description imageUrl url price{...MoneyParts}}`;
export const CurrentCartDocument = `query CurrentCart($id:ID!$kept:Boolean!){viewer{kind cart{...CartParts}}cart(id:$id)@include(if:$kept){...CartParts}}${CartParts}${MoneyParts}` as TypedDocument<CurrentCartQuery, CurrentCartQueryVariables>;
export const OpenCartDocument = `mutation OpenCart($input:OpenCartInput!){change:openCart(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<OpenCartMutation, OpenCartMutationVariables>;
export const AddCartItemsDocument = `mutation AddCartItems($input:AddCartItemsInput!){change:addCartItems(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<AddCartItemsMutation, AddCartItemsMutationVariables>;
export const UpdateCartItemsDocument = `mutation UpdateCartItems($input:UpdateCartItemsInput!){change:updateCartItems(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<UpdateCartItemsMutation, UpdateCartItemsMutationVariables>;
export const RemoveCartItemsDocument = `mutation RemoveCartItems($input:RemoveCartItemsInput!){change:removeCartItems(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<RemoveCartItemsMutation, RemoveCartItemsMutationVariables>;
export const ReplaceCartItemsDocument = `mutation ReplaceCartItems($input:ReplaceCartItemsInput!){change:replaceCartItems(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<ReplaceCartItemsMutation, ReplaceCartItemsMutationVariables>;
export const UpdateCartDocument = `mutation UpdateCart($input:UpdateCartInput!){change:updateCart(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<UpdateCartMutation, UpdateCartMutationVariables>;
export const ClearCartDocument = `mutation ClearCart($input:ClearCartInput!){change:clearCart(input:$input){cart{...CartParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<ClearCartMutation, ClearCartMutationVariables>;
export const RefreshCartPricesDocument = `mutation RefreshCartPrices($input:RefreshCartPricesInput!){change:refreshCartPrices(input:$input){cart{...CartParts}priceChanges{...PriceChangeParts}userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${PriceChangeParts}${ErrorParts}` as TypedDocument<RefreshCartPricesMutation, RefreshCartPricesMutationVariables>;
export const CheckoutCartDocument = `mutation CheckoutCart($input:CheckoutCartInput!){change:checkoutCart(input:$input){cart{...CartParts}orderId userErrors{...ErrorParts}}}${CartParts}${MoneyParts}${ErrorParts}${PriceChangeParts}` as TypedDocument<CheckoutCartMutation, CheckoutCartMutationVariables>;
export const PriceChangesDocument = `query PriceChanges($id:ID!){cart(id:$id){id priceChanges{...PriceChangeParts}}}${PriceChangeParts}${MoneyParts}` as TypedDocument<PriceChangesQuery, PriceChangesQueryVariables>;
export const ProductsDocument = `query Products($first:Int!=20$after:String){products(first:$first after:$after){nodes{...ProductParts}pageInfo{endCursor hasNextPage}}}${ProductParts}${MoneyParts}` as TypedDocument<ProductsQuery, ProductsQueryVariables>;
export const ProductsByIdDocument = `query ProductsById($ids:[ID!]!){productsById(ids:$ids){...ProductParts}}${ProductParts}${MoneyParts}` as TypedDocument<ProductsByIdQuery, ProductsByIdQueryVariables>;
export const CustomerCartsDocument = `query CustomerCarts($customerId:ID!$first:Int!=20$after:String$status:CartStatus){customerCarts(customerId:$customerId first:$first after:$after status:$status){nodes{...CartParts}pageInfo{endCursor hasNextPage}}}${CartParts}${MoneyParts}` as TypedDocument<CustomerCartsQuery, CustomerCartsQueryVariables>;