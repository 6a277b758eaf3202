/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** So many of a product, to be added. */
export type AddCartItemInput = {
  /** The product; once in a list. */
  productId: string | number;
  /** How many to add; 1 to 9999. */
  quantity: number;
};

/** Products to add to a cart. */
export type AddCartItemsInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** At least one; all are added or none. */
  items: Array<AddCartItemInput>;
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
  acceptCartPrices?: boolean;
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse with TOTAL_MISMATCH unless this is the total. */
  expectedTotal?: string | null | undefined;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** A guest cart and the customer it goes to. */
export type ClaimCartInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** The new owner. */
  customerId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** A cart to empty. */
export type ClearCartInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** A new cart. */
export type CreateCartInput = {
  /** Whose cart it will be; leave it out for a guest cart. */
  customerId?: string | number | null | undefined;
  /** Makes the creation happen once; 1 to 255 characters. For a guest cart it must be a UUID, because whoever knows it knows the cart. */
  idempotencyKey?: string | null | undefined;
  /** What it holds from the start. */
  items?: Array<AddCartItemInput> | null | undefined;
};

/** A cart to delete. */
export type DeleteCartInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** A cart to move into another. */
export type MergeCartsInput = {
  /** As expectedVersion, of the source. */
  expectedSourceVersion?: number | null | undefined;
  /** As expectedVersion, of the target. */
  expectedTargetVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. The target remembers it. */
  idempotencyKey?: string | null | undefined;
  /** The cart whose items are moved; it ends MERGED and empty. */
  sourceCartId: string | number;
  /** What to do with products that both carts have. */
  strategy?: MergeStrategy;
  /** The cart that takes them. */
  targetCartId: string | number;
};

/** What to do with products that both carts have. */
export type MergeStrategy =
  /** The target’s items stay as they are; products that only the source has are added. */
  | 'KEEP_TARGET'
  /** The larger quantity wins. */
  | 'MAX'
  /** The source’s items replace the target’s. */
  | 'REPLACE'
  /** Quantities are added up. */
  | 'SUM';

/** A cart whose prices are to be the catalogue’s. */
export type RefreshCartPricesInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** Items to remove from a cart. */
export type RemoveCartItemsInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** At least one product; all are removed or none. */
  productIds: Array<string | number>;
};

/** The new quantity of a product that is in the cart. */
export type UpdateCartItemInput = {
  /** The product; once in a list. */
  productId: string | number;
  /** The new quantity; 0 removes the item. */
  quantity: number;
};

/** New quantities of items of a cart. */
export type UpdateCartItemsInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** At least one; all are set or none. */
  items: Array<UpdateCartItemInput>;
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
  /** The key was used for another change of this cart. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** More different products than a cart may hold (limit 500). */
  | 'ITEM_LIMIT_EXCEEDED'
  /** The cart does not have the product. */
  | 'ITEM_NOT_FOUND'
  /** Prices in the cart are no longer the catalogue’s; refresh them, or check out with acceptCartPrices. */
  | 'PRICE_CHANGED'
  /** The catalogue does not have the product. */
  | 'PRODUCT_NOT_FOUND'
  /** Below 1 (in an update: below 0). */
  | 'QUANTITY_INVALID'
  /** More of one product than a cart may hold (limit 9999). */
  | 'QUANTITY_LIMIT_EXCEEDED'
  /** The total is not the expected one. */
  | 'TOTAL_MISMATCH'
  /** The cart is not at the expected version; read it again and decide anew. */
  | 'VERSION_CONFLICT';

export type CartPartsFragment = { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> };

export type PriceChangePartsFragment = { productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null };

type ErrorParts_CartStateError_Fragment = { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null };

type ErrorParts_LimitError_Fragment = { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null };

type ErrorParts_PriceChangedError_Fragment = { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> };

type ErrorParts_ProductError_Fragment = { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null };

type ErrorParts_TotalMismatchError_Fragment = { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } };

type ErrorParts_VersionConflictError_Fragment = { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null };

export type ErrorPartsFragment =
  | ErrorParts_CartStateError_Fragment
  | ErrorParts_LimitError_Fragment
  | ErrorParts_PriceChangedError_Fragment
  | ErrorParts_ProductError_Fragment
  | ErrorParts_TotalMismatchError_Fragment
  | ErrorParts_VersionConflictError_Fragment
;

export type GetCartQueryVariables = Exact<{
  id: string | number;
}>;


export type GetCartQuery = { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null };

export type GetCartsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type GetCartsQuery = { carts: Array<{ id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> | null, items: Array<{ id: string, productId: string, productName: string, quantity: number, product: { id: string, name: string, price: { amount: string, currency: string } } | null, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }>, totalAmount: { amount: string, currency: string } } | null> };

export type GetItemQueryVariables = Exact<{
  id: string | number;
  productId: string | number;
}>;


export type GetItemQuery = { cart: { item: { productId: string, quantity: number } | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> | null } | null };

export type CustomerCartsQueryVariables = Exact<{
  customerId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  status?: CartStatus | null | undefined;
}>;


export type CustomerCartsQuery = { customerCarts: { nodes: Array<{ id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type GetProductQueryVariables = Exact<{
  id: string | number;
}>;


export type GetProductQuery = { product: { id: string, name: string, category: string | null, brand: string | null, description: string | null, price: { amount: string, currency: string } } | null };

export type ProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProductsQuery = { products: { nodes: Array<{ id: string, name: string }>, edges: Array<{ cursor: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CreateCartMutationVariables = Exact<{
  input: CreateCartInput;
}>;


export type CreateCartMutation = { createCart: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type AddCartItemsMutationVariables = Exact<{
  input: AddCartItemsInput;
}>;


export type AddCartItemsMutation = { addCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type UpdateCartItemsMutationVariables = Exact<{
  input: UpdateCartItemsInput;
}>;


export type UpdateCartItemsMutation = { updateCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type RemoveCartItemsMutationVariables = Exact<{
  input: RemoveCartItemsInput;
}>;


export type RemoveCartItemsMutation = { removeCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type ClearCartMutationVariables = Exact<{
  input: ClearCartInput;
}>;


export type ClearCartMutation = { clearCart: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type DeleteCartMutationVariables = Exact<{
  input: DeleteCartInput;
}>;


export type DeleteCartMutation = { deleteCart: { deletedCartId: string | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type ClaimCartMutationVariables = Exact<{
  input: ClaimCartInput;
}>;


export type ClaimCartMutation = { claimCart: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type MergeCartsMutationVariables = Exact<{
  input: MergeCartsInput;
}>;


export type MergeCartsMutation = { mergeCarts: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, sourceCart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type RefreshCartPricesMutationVariables = Exact<{
  input: RefreshCartPricesInput;
}>;


export type RefreshCartPricesMutation = { refreshCartPrices: { cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }>, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type CheckoutCartMutationVariables = Exact<{
  input: CheckoutCartInput;
}>;


export type CheckoutCartMutation = { checkoutCart: { orderId: string | null, cart: { id: string, customerId: string | null, status: CartStatus, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CartPartsFragmentDoc = new TypedDocumentString(`
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
    `, {"fragmentName":"CartParts"}) as unknown as TypedDocumentString<CartPartsFragment, unknown>;
export const PriceChangePartsFragmentDoc = new TypedDocumentString(`
    fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
    `, {"fragmentName":"PriceChangeParts"}) as unknown as TypedDocumentString<PriceChangePartsFragment, unknown>;
export const ErrorPartsFragmentDoc = new TypedDocumentString(`
    fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}`, {"fragmentName":"ErrorParts"}) as unknown as TypedDocumentString<ErrorPartsFragment, unknown>;
export const GetCartDocument = new TypedDocumentString(`
    query GetCart($id: ID!) {
  cart(id: $id) {
    ...CartParts
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}`, {"hash":"sha256:e6984f91c005b8982698aa0f73d99edde2415e1c50521d91433a5b8165441f2c"}) as unknown as TypedDocumentString<GetCartQuery, GetCartQueryVariables>;
export const GetCartsDocument = new TypedDocumentString(`
    query GetCarts($ids: [ID!]!) {
  carts(ids: $ids) {
    ...CartParts
    priceChanges {
      ...PriceChangeParts
    }
    items {
      product {
        id
        name
        price {
          amount
          currency
        }
      }
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}`, {"hash":"sha256:2eede0f3cdd51202e1eb95642a8b004caaee8a7e04e855dd45c7e884cd1676e6"}) as unknown as TypedDocumentString<GetCartsQuery, GetCartsQueryVariables>;
export const GetItemDocument = new TypedDocumentString(`
    query GetItem($id: ID!, $productId: ID!) {
  cart(id: $id) {
    item(productId: $productId) {
      productId
      quantity
    }
    priceChanges {
      ...PriceChangeParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}`, {"hash":"sha256:11fb8d860e3415bc366dfafdebea1a752e3e0b9162cee8fe8fa958785f750213"}) as unknown as TypedDocumentString<GetItemQuery, GetItemQueryVariables>;
export const CustomerCartsDocument = new TypedDocumentString(`
    query CustomerCarts($customerId: ID!, $first: Int, $after: String, $status: CartStatus) {
  customerCarts(
    customerId: $customerId
    first: $first
    after: $after
    status: $status
  ) {
    nodes {
      ...CartParts
    }
    edges {
      cursor
      node {
        id
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}`, {"hash":"sha256:abebb8a2a3b702420a4757c2200b2b8e0a2570c7fd3b48baa93df36ae419c10e"}) as unknown as TypedDocumentString<CustomerCartsQuery, CustomerCartsQueryVariables>;
export const GetProductDocument = new TypedDocumentString(`
    query GetProduct($id: ID!) {
  product(id: $id) {
    id
    name
    category
    brand
    description
    price {
      amount
      currency
    }
  }
}
    `, {"hash":"sha256:7d62e01ebc9e2f0dcb58abde9f1da7ca6657d484607ebb67efd0b51dcd74c25e"}) as unknown as TypedDocumentString<GetProductQuery, GetProductQueryVariables>;
export const ProductsDocument = new TypedDocumentString(`
    query Products($first: Int, $after: String) {
  products(first: $first, after: $after) {
    nodes {
      id
      name
    }
    edges {
      cursor
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `, {"hash":"sha256:dc49fa79b41d345f9effff185633d1ed674600914fbde255ba050b519ab4f9df"}) as unknown as TypedDocumentString<ProductsQuery, ProductsQueryVariables>;
export const CreateCartDocument = new TypedDocumentString(`
    mutation CreateCart($input: CreateCartInput!) {
  createCart(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:20562b3cc3d555da41dea7cee8dee343b6e773c6524a5057dea6ccf94e3433d6"}) as unknown as TypedDocumentString<CreateCartMutation, CreateCartMutationVariables>;
export const AddCartItemsDocument = new TypedDocumentString(`
    mutation AddCartItems($input: AddCartItemsInput!) {
  addCartItems(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:0a0e7bd8a777c1fbeb0b1c4857acb85e3767c11a8fb08da509525fbaa4d0de3b"}) as unknown as TypedDocumentString<AddCartItemsMutation, AddCartItemsMutationVariables>;
export const UpdateCartItemsDocument = new TypedDocumentString(`
    mutation UpdateCartItems($input: UpdateCartItemsInput!) {
  updateCartItems(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:908bd255d48fefc3c58e87a29e7512904fd478f17f2ac96c84d2259c0ba1fe5b"}) as unknown as TypedDocumentString<UpdateCartItemsMutation, UpdateCartItemsMutationVariables>;
export const RemoveCartItemsDocument = new TypedDocumentString(`
    mutation RemoveCartItems($input: RemoveCartItemsInput!) {
  removeCartItems(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:20abce93187a3791a0768ecfa7ae10957f150281cd65259d73417481742a4642"}) as unknown as TypedDocumentString<RemoveCartItemsMutation, RemoveCartItemsMutationVariables>;
export const ClearCartDocument = new TypedDocumentString(`
    mutation ClearCart($input: ClearCartInput!) {
  clearCart(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:8303449b9be406665c18cf701aaa00386d132b0acbc34e711442ed3123713b5d"}) as unknown as TypedDocumentString<ClearCartMutation, ClearCartMutationVariables>;
export const DeleteCartDocument = new TypedDocumentString(`
    mutation DeleteCart($input: DeleteCartInput!) {
  deleteCart(input: $input) {
    deletedCartId
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:e5e83a8c00553e8091533ca5a3fcf5baf7c8bbf115290f3c111b6b36c1c57ffa"}) as unknown as TypedDocumentString<DeleteCartMutation, DeleteCartMutationVariables>;
export const ClaimCartDocument = new TypedDocumentString(`
    mutation ClaimCart($input: ClaimCartInput!) {
  claimCart(input: $input) {
    cart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:b7d6e7ae290b8e77593dbc481aaaead4a9ef0f0415e198af90f43d2ae917d427"}) as unknown as TypedDocumentString<ClaimCartMutation, ClaimCartMutationVariables>;
export const MergeCartsDocument = new TypedDocumentString(`
    mutation MergeCarts($input: MergeCartsInput!) {
  mergeCarts(input: $input) {
    cart {
      ...CartParts
    }
    sourceCart {
      ...CartParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:813e0207bf2d3f383cf429fabee38361b98504e72dbfcb4630cd9cac86d15bff"}) as unknown as TypedDocumentString<MergeCartsMutation, MergeCartsMutationVariables>;
export const RefreshCartPricesDocument = new TypedDocumentString(`
    mutation RefreshCartPrices($input: RefreshCartPricesInput!) {
  refreshCartPrices(input: $input) {
    cart {
      ...CartParts
    }
    priceChanges {
      ...PriceChangeParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:0e7e3ce902113b3331cb454cbeb88b2741cdc25e8bda2b6f078fd5c4c5730028"}) as unknown as TypedDocumentString<RefreshCartPricesMutation, RefreshCartPricesMutationVariables>;
export const CheckoutCartDocument = new TypedDocumentString(`
    mutation CheckoutCart($input: CheckoutCartInput!) {
  checkoutCart(input: $input) {
    cart {
      ...CartParts
    }
    orderId
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    productName
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  version
  createdAt
  updatedAt
  expiresAt
  orderId
  mergedIntoCartId
}
fragment PriceChangeParts on PriceChange {
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}
fragment ErrorParts on UserError {
  __typename
  code
  message
  field
  ... on ProductError {
    productId
  }
  ... on LimitError {
    limitedProductId: productId
    limit
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on TotalMismatchError {
    currentTotal {
      amount
      currency
    }
  }
  ... on PriceChangedError {
    priceChanges {
      ...PriceChangeParts
    }
  }
}`, {"hash":"sha256:64eee05e2914f512242e86f89afd82e1144ac66dc6ea5b3ee64d7d0d77ad231e"}) as unknown as TypedDocumentString<CheckoutCartMutation, CheckoutCartMutationVariables>;