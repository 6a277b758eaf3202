/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** So many of a product, to be added. */
export type AddCartItemInput = {
  /** Options, engraving, gift wrap, in any order: with others it is another item. At most 20. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** The product; with the same attributes once in a list. */
  productId: string | number;
  /** How many; 1 to 9999. */
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

/** What is to be said of an item or a cart. */
export type AttributeInput = {
  /** 1 to 64 characters; once in a list. */
  key: string;
  /** At most 255 characters; may be empty. */
  value: string;
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
  /** Whatever the shop keeps with the cart. At most 50. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Whose cart it will be; leave it out for a guest cart. */
  customerId?: string | number | null | undefined;
  /** Makes the creation happen once; 1 to 255 characters. For a guest cart it must be a UUID, because whoever knows it knows the cart. */
  idempotencyKey?: string | null | undefined;
  /** What it holds from the start. */
  items?: Array<AddCartItemInput> | null | undefined;
  /** What the shopper wants to say; at most 1000 characters. */
  note?: string | null | undefined;
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
  /** What to do with items that both carts have. */
  strategy?: MergeStrategy;
  /** The cart that takes them. */
  targetCartId: string | number;
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
  customerId?: string | number | null | undefined;
  /** The cart that the shopper had as a guest: claimed, or merged into the active one. */
  guestCartId?: string | number | null | undefined;
  /** Makes it happen once; 1 to 255 characters. For a guest’s cart it must be a UUID, because whoever knows it knows the cart. */
  idempotencyKey?: string | null | undefined;
  /** What a merge does with items that both carts have. */
  strategy?: MergeStrategy;
};

/** A product as it is to be sold: what is left out it does not have. */
export type ProductInput = {
  /** Who makes it; at most 255 characters. */
  brand?: string | null | undefined;
  /** What kind of product it is; at most 255 characters. */
  category?: string | null | undefined;
  /** A few sentences about it; at most 5000 characters. */
  description?: string | null | undefined;
  /** 1 to 128 visible ASCII characters without ~, such as "42" or "SKU-1". Once in a list. */
  id: string | number;
  /** The address of a picture. At most 2048 characters, absolute with http or https, or a path. */
  imageUrl?: string | null | undefined;
  /** At most 255 characters, and 400 bytes in UTF-8. */
  name: string;
  /** The price of one, in the currency of the service: 0 to 100,000,000 of its smallest units. */
  price: string;
  /** The address of its page in the shop. At most 2048 characters, absolute with http or https, or a path. */
  url?: string | null | undefined;
};

/** A cart whose prices are to be the catalogue’s. */
export type RefreshCartPricesInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
};

/** Items to remove from a cart. At least one id in one of the two lists. */
export type RemoveCartItemsInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** Items by their ids; all are removed or none. */
  itemIds?: Array<string | number> | null | undefined;
  /** Items by their products, of each of which the cart has one item. */
  productIds?: Array<string | number> | null | undefined;
};

/** What a cart is to hold. */
export type ReplaceCartItemsInput = {
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** All there will be; none to empty the cart. */
  items: Array<AddCartItemInput>;
};

/** What is said of a cart as a whole: what is left out stays, null or an empty list removes. */
export type UpdateCartInput = {
  /** Whatever the shop keeps with the cart. At most 50. All there will be. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** The id of the cart. */
  cartId: string | number;
  /** Refuse the change with VERSION_CONFLICT unless the cart is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart. */
  idempotencyKey?: string | null | undefined;
  /** What the shopper wants to say; at most 1000 characters. An empty one removes it, too. */
  note?: string | null | undefined;
};

/** The new quantity of an item that is in the cart. Exactly one of itemId and productId; productId where the cart has one item of it. */
export type UpdateCartItemInput = {
  /** The item; once in a list. */
  itemId?: string | number | null | undefined;
  /** The product of the item; once in a list. */
  productId?: string | number | null | undefined;
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

/** Products to add, or to replace by their ids. */
export type UpsertProductsInput = {
  /** 1 to 100, each once; all are taken or none. */
  products: Array<ProductInput>;
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

/** Products to take off sale. */
export type WithdrawProductsInput = {
  /** 1 to 100, each once; all are withdrawn or none. */
  productIds: Array<string | number>;
};

export type CartPartsFragment = { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> };

export type AttributePartsFragment = { key: string, value: string };

export type PriceChangePartsFragment = { itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null };

type ErrorParts_CartStateError_Fragment = { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null };

type ErrorParts_ItemError_Fragment = { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null };

type ErrorParts_LimitError_Fragment = { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null };

type ErrorParts_PriceChangedError_Fragment = { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> };

type ErrorParts_ProductError_Fragment = { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null };

type ErrorParts_TotalMismatchError_Fragment = { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } };

type ErrorParts_VersionConflictError_Fragment = { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null };

export type ErrorPartsFragment =
  | ErrorParts_CartStateError_Fragment
  | ErrorParts_ItemError_Fragment
  | ErrorParts_LimitError_Fragment
  | ErrorParts_PriceChangedError_Fragment
  | ErrorParts_ProductError_Fragment
  | ErrorParts_TotalMismatchError_Fragment
  | ErrorParts_VersionConflictError_Fragment
;

export type GetCartQueryVariables = Exact<{
  id: string | number;
}>;


export type GetCartQuery = { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null };

export type GetCartsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type GetCartsQuery = { carts: Array<{ id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> | null, items: Array<{ id: string, productId: string, productName: string, quantity: number, product: { id: string, name: string, price: { amount: string, currency: string } } | null, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }>, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string } } | null> };

export type GetItemQueryVariables = Exact<{
  id: string | number;
  itemId?: string | number | null | undefined;
  productId?: string | number | null | undefined;
}>;


export type GetItemQuery = { cart: { item: { id: string, productId: string, quantity: number } | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> | null } | null };

export type CustomerCartsQueryVariables = Exact<{
  customerId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  status?: CartStatus | null | undefined;
}>;


export type CustomerCartsQuery = { customerCarts: { nodes: Array<{ id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ProductPartsFragment = { id: string, name: string, category: string | null, brand: string | null, description: string | null, imageUrl: string | null, url: string | null, price: { amount: string, currency: string } };

export type GetProductQueryVariables = Exact<{
  id: string | number;
}>;


export type GetProductQuery = { product: { id: string, name: string, category: string | null, brand: string | null, description: string | null, imageUrl: string | null, url: string | null, price: { amount: string, currency: string } } | null };

export type ProductsByIdQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type ProductsByIdQuery = { productsById: Array<{ id: string, name: string, category: string | null, brand: string | null, description: string | null, imageUrl: string | null, url: string | null, price: { amount: string, currency: string } } | null> };

export type ProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProductsQuery = { products: { nodes: Array<{ id: string, name: string }>, edges: Array<{ cursor: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CreateCartMutationVariables = Exact<{
  input: CreateCartInput;
}>;


export type CreateCartMutation = { createCart: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type AddCartItemsMutationVariables = Exact<{
  input: AddCartItemsInput;
}>;


export type AddCartItemsMutation = { addCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type UpdateCartItemsMutationVariables = Exact<{
  input: UpdateCartItemsInput;
}>;


export type UpdateCartItemsMutation = { updateCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type RemoveCartItemsMutationVariables = Exact<{
  input: RemoveCartItemsInput;
}>;


export type RemoveCartItemsMutation = { removeCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type ReplaceCartItemsMutationVariables = Exact<{
  input: ReplaceCartItemsInput;
}>;


export type ReplaceCartItemsMutation = { replaceCartItems: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type UpdateCartMutationVariables = Exact<{
  input: UpdateCartInput;
}>;


export type UpdateCartMutation = { updateCart: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type OpenCartMutationVariables = Exact<{
  input: OpenCartInput;
}>;


export type OpenCartMutation = { openCart: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { kind: ViewerKind, customerId: string | null, cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null } };

export type ClearCartMutationVariables = Exact<{
  input: ClearCartInput;
}>;


export type ClearCartMutation = { clearCart: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type DeleteCartMutationVariables = Exact<{
  input: DeleteCartInput;
}>;


export type DeleteCartMutation = { deleteCart: { deletedCartId: string | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type ClaimCartMutationVariables = Exact<{
  input: ClaimCartInput;
}>;


export type ClaimCartMutation = { claimCart: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type MergeCartsMutationVariables = Exact<{
  input: MergeCartsInput;
}>;


export type MergeCartsMutation = { mergeCarts: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, sourceCart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type RefreshCartPricesMutationVariables = Exact<{
  input: RefreshCartPricesInput;
}>;


export type RefreshCartPricesMutation = { refreshCartPrices: { cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }>, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type CheckoutCartMutationVariables = Exact<{
  input: CheckoutCartInput;
}>;


export type CheckoutCartMutation = { checkoutCart: { orderId: string | null, cart: { id: string, customerId: string | null, status: CartStatus, note: string | null, itemCount: number, version: number, createdAt: string, updatedAt: string, expiresAt: string | null, orderId: string | null, mergedIntoCartId: string | null, attributes: Array<{ key: string, value: string }>, totalAmount: { amount: string, currency: string }, items: Array<{ id: string, productId: string, productName: string, quantity: number, attributes: Array<{ key: string, value: string }>, unitPrice: { amount: string, currency: string }, lineTotal: { amount: string, currency: string } }> } | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type UpsertProductsMutationVariables = Exact<{
  input: UpsertProductsInput;
}>;


export type UpsertProductsMutation = { upsertProducts: { products: Array<{ id: string, name: string, category: string | null, brand: string | null, description: string | null, imageUrl: string | null, url: string | null, price: { amount: string, currency: string } }> | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
      | { __typename: 'ProductError', productId: string, code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'TotalMismatchError', code: UserErrorCode, message: string, field: Array<string> | null, currentTotal: { amount: string, currency: string } }
      | { __typename: 'VersionConflictError', currentVersion: number, code: UserErrorCode, message: string, field: Array<string> | null }
    > } | null };

export type WithdrawProductsMutationVariables = Exact<{
  input: WithdrawProductsInput;
}>;


export type WithdrawProductsMutation = { withdrawProducts: { withdrawnProductIds: Array<string> | null, userErrors: Array<
      | { __typename: 'CartStateError', code: UserErrorCode, message: string, field: Array<string> | null }
      | { __typename: 'ItemError', itemId: string | null, code: UserErrorCode, message: string, field: Array<string> | null, namedProductId: string | null }
      | { __typename: 'LimitError', limit: number, code: UserErrorCode, message: string, field: Array<string> | null, limitedProductId: string | null }
      | { __typename: 'PriceChangedError', code: UserErrorCode, message: string, field: Array<string> | null, priceChanges: Array<{ itemId: string, productId: string, cartPrice: { amount: string, currency: string }, currentPrice: { amount: string, currency: string } | null }> }
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
export const AttributePartsFragmentDoc = new TypedDocumentString(`
    fragment AttributeParts on Attribute {
  key
  value
}
    `, {"fragmentName":"AttributeParts"}) as unknown as TypedDocumentString<AttributePartsFragment, unknown>;
export const CartPartsFragmentDoc = new TypedDocumentString(`
    fragment CartParts on Cart {
  id
  customerId
  status
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
    fragment AttributeParts on Attribute {
  key
  value
}`, {"fragmentName":"CartParts"}) as unknown as TypedDocumentString<CartPartsFragment, unknown>;
export const PriceChangePartsFragmentDoc = new TypedDocumentString(`
    fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
  itemId
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
export const ProductPartsFragmentDoc = new TypedDocumentString(`
    fragment ProductParts on Product {
  id
  name
  category
  brand
  description
  imageUrl
  url
  price {
    amount
    currency
  }
}
    `, {"fragmentName":"ProductParts"}) as unknown as TypedDocumentString<ProductPartsFragment, unknown>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}`, {"hash":"sha256:d831d6e60ce41aaac35a8c50036dd6a1bc60af63d0eceb3116ed347f14a3b102"}) as unknown as TypedDocumentString<GetCartQuery, GetCartQueryVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}`, {"hash":"sha256:4c5a8d6916601bf02f83d61b773e3ed049b2f5f954b9217a32aa38be6157ec45"}) as unknown as TypedDocumentString<GetCartsQuery, GetCartsQueryVariables>;
export const GetItemDocument = new TypedDocumentString(`
    query GetItem($id: ID!, $itemId: ID, $productId: ID) {
  cart(id: $id) {
    item(id: $itemId, productId: $productId) {
      id
      productId
      quantity
    }
    priceChanges {
      ...PriceChangeParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  itemId
  productId
  cartPrice {
    amount
    currency
  }
  currentPrice {
    amount
    currency
  }
}`, {"hash":"sha256:a901e3480d2fd235fbd8c1015e3f1d0beb77ff95a0dfdba437880f4cc57bc365"}) as unknown as TypedDocumentString<GetItemQuery, GetItemQueryVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}`, {"hash":"sha256:82d82d3755cfe411b22d2dead93404a7e5cebd3f5dcceea84d80e7c5cf5f196a"}) as unknown as TypedDocumentString<CustomerCartsQuery, CustomerCartsQueryVariables>;
export const GetProductDocument = new TypedDocumentString(`
    query GetProduct($id: ID!) {
  product(id: $id) {
    ...ProductParts
  }
}
    fragment ProductParts on Product {
  id
  name
  category
  brand
  description
  imageUrl
  url
  price {
    amount
    currency
  }
}`, {"hash":"sha256:40d078291ec5c50717d6972d8db199f53492045c2b25605e9d424d53275bfd6b"}) as unknown as TypedDocumentString<GetProductQuery, GetProductQueryVariables>;
export const ProductsByIdDocument = new TypedDocumentString(`
    query ProductsById($ids: [ID!]!) {
  productsById(ids: $ids) {
    ...ProductParts
  }
}
    fragment ProductParts on Product {
  id
  name
  category
  brand
  description
  imageUrl
  url
  price {
    amount
    currency
  }
}`, {"hash":"sha256:b9a5a27ab5a52d5df171ecf48a1fbf34e1963aafa67cced810d0a2bc93293287"}) as unknown as TypedDocumentString<ProductsByIdQuery, ProductsByIdQueryVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:f6d5ee93db27847a7b27b4fd7c094fc3a6c8cfc47768c101363942409e6e6707"}) as unknown as TypedDocumentString<CreateCartMutation, CreateCartMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:53504e0b3d9b7a58f7ee9c792bf4e3859d0e7ac1898f8bf454bef92d6cc842d6"}) as unknown as TypedDocumentString<AddCartItemsMutation, AddCartItemsMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:a4722bbc11c4a0ed623ec37c5a4a5e822b919e39f4dabe7b7161d126bb23955a"}) as unknown as TypedDocumentString<UpdateCartItemsMutation, UpdateCartItemsMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:635dffdaa9451e989b804347b12e6aa6492d31978e2423602c79e54fc36d9f65"}) as unknown as TypedDocumentString<RemoveCartItemsMutation, RemoveCartItemsMutationVariables>;
export const ReplaceCartItemsDocument = new TypedDocumentString(`
    mutation ReplaceCartItems($input: ReplaceCartItemsInput!) {
  replaceCartItems(input: $input) {
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:cf0a867190a0295a05bf00b832fd182646e8a94e553113a07fdd6952ce167244"}) as unknown as TypedDocumentString<ReplaceCartItemsMutation, ReplaceCartItemsMutationVariables>;
export const UpdateCartDocument = new TypedDocumentString(`
    mutation UpdateCart($input: UpdateCartInput!) {
  updateCart(input: $input) {
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:594adf87232cec91dfb6c1d57ddf0fcdcac03b311f55d0581e3710e56ec4f786"}) as unknown as TypedDocumentString<UpdateCartMutation, UpdateCartMutationVariables>;
export const OpenCartDocument = new TypedDocumentString(`
    mutation OpenCart($input: OpenCartInput!) {
  openCart(input: $input) {
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:3f2a509569266345473364de48d90e167ec55957028834bd2a861ae999e0c827"}) as unknown as TypedDocumentString<OpenCartMutation, OpenCartMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    kind
    customerId
    cart {
      ...CartParts
    }
  }
}
    fragment CartParts on Cart {
  id
  customerId
  status
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}`, {"hash":"sha256:e846b4ce47b44ab3232a27959331647febfee56ac2d2191fed8048779c2dac71"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:bcb6eef26cd65dc51664c99e8e009c45ee58fb6fdb8c4982a52e626260602200"}) as unknown as TypedDocumentString<ClearCartMutation, ClearCartMutationVariables>;
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
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:7abe055e0db7161d55226de47fb4dbea775d929ea7a95ff27d72761930c9b979"}) as unknown as TypedDocumentString<DeleteCartMutation, DeleteCartMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:2edea0043e32c8719e870a3a49cb8b86c59966d12ed114b2e985dd70faca5466"}) as unknown as TypedDocumentString<ClaimCartMutation, ClaimCartMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:959ef771537a32fef4395ac9593171c7f65ce382c67070230833b7796d7980eb"}) as unknown as TypedDocumentString<MergeCartsMutation, MergeCartsMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:6fb5a6cd342c0bb8cb572956082e3cc935bd00f5cab5f1601749c533bf63dfa1"}) as unknown as TypedDocumentString<RefreshCartPricesMutation, RefreshCartPricesMutationVariables>;
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
  note
  attributes {
    ...AttributeParts
  }
  itemCount
  totalAmount {
    amount
    currency
  }
  items {
    id
    productId
    attributes {
      ...AttributeParts
    }
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
fragment AttributeParts on Attribute {
  key
  value
}
fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:636085aec17912578dfbc68de23d285f27f52d8f18e5378a65fc0691ce46eff8"}) as unknown as TypedDocumentString<CheckoutCartMutation, CheckoutCartMutationVariables>;
export const UpsertProductsDocument = new TypedDocumentString(`
    mutation UpsertProducts($input: UpsertProductsInput!) {
  upsertProducts(input: $input) {
    products {
      ...ProductParts
    }
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
fragment ProductParts on Product {
  id
  name
  category
  brand
  description
  imageUrl
  url
  price {
    amount
    currency
  }
}`, {"hash":"sha256:7d76a416c98312ab664986b99272638a7cf772cd3175038f989ea25c8b837022"}) as unknown as TypedDocumentString<UpsertProductsMutation, UpsertProductsMutationVariables>;
export const WithdrawProductsDocument = new TypedDocumentString(`
    mutation WithdrawProducts($input: WithdrawProductsInput!) {
  withdrawProducts(input: $input) {
    withdrawnProductIds
    userErrors {
      ...ErrorParts
    }
  }
}
    fragment PriceChangeParts on PriceChange {
  itemId
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
  ... on ItemError {
    itemId
    namedProductId: productId
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
}`, {"hash":"sha256:8fe2f65e49d889ae4b5365f58a28d804826d5f5700e7b29da94f09c4e53e78f9"}) as unknown as TypedDocumentString<WithdrawProductsMutation, WithdrawProductsMutationVariables>;