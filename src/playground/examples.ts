/** The ready-made operations: the tabs that a first visit to the playground opens. */
import * as catalogue from './catalogue-examples.ts';
import * as mutations from './mutation-examples.ts';
import * as owners from './owner-examples.ts';
import type { PlaygroundExample } from './playground-example.ts';
import * as queries from './query-examples.ts';

/** One at least for every query and mutation, in an order in which each can be run after the one before it. */
export const examples: readonly PlaygroundExample[] = [
  mutations.createCart,
  mutations.addItems,
  queries.getCart,
  mutations.updateItems,
  mutations.removeItems,
  mutations.updateCart,
  queries.customerCarts,
  queries.products,
  queries.product,
  queries.productsById,
  mutations.createGuestCart,
  queries.getCarts,
  mutations.mergeCarts,
  mutations.refreshPrices,
  mutations.userErrors,
  mutations.checkOut,
  owners.createOtherCart,
  owners.claimCart,
  owners.replaceItems,
  owners.clearCart,
  owners.deleteCart,
  catalogue.upsertProducts,
  catalogue.withdrawProducts,
];
