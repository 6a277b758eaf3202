/** `@cartwright/client`: one cart per shopper, whatever the network does. */
export { createCartClient, type CartClient } from './client.ts';
export type { CartSnapshot } from './cart-state.ts';
export type { ChangeOptions } from './sending.ts';
export { CustomerCartsDocument, ProductsByIdDocument, ProductsDocument } from './generated/operations.ts';
export { itemId, itemKey, type ItemIdentity } from './item-key.ts';
export type { CartChannel, CartStorage } from './kept.ts';
export { formatMoney } from './money.ts';
export type { CartClientOptions } from './options.ts';
export type { CheckOutOptions } from './operations.ts';
export type { AddedItem, CartDetails, NewQuantity } from './predictions.ts';
export { englishTexts, textOf, type Texts } from './texts.ts';
export type { TypedDocument } from './typed-document.ts';
export { match } from './types.ts';
export type * from './types.ts';
