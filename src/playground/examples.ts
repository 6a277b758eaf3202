/** The ready-made operations of the playground. */
import * as catalogue from './catalogue-examples.ts';
import * as mutations from './mutation-examples.ts';
import * as owners from './owner-examples.ts';
import type { ExampleGroup, PlaygroundExample } from './playground-example.ts';
import * as queries from './query-examples.ts';

/**
 * One example at least for every query and mutation, in an order in which each can be run after the one before it. To add one: a
 * constant in one of the files above, and its place here; tests say when it needs a cart that none before it has made.
 */
export const exampleGroups: readonly ExampleGroup[] = [
  {
    title: 'A cart and its items',
    examples: [
      mutations.createCart,
      mutations.addItems,
      queries.getCart,
      mutations.updateItems,
      mutations.removeItems,
      mutations.updateCart,
      queries.customerCarts,
    ],
  },
  { title: 'The catalogue', examples: [queries.products, queries.product, queries.productsById] },
  {
    title: 'A guest who logs in',
    examples: [mutations.createGuestCart, queries.getCarts, mutations.mergeCarts],
  },
  {
    title: 'Prices, refusals, check-out',
    examples: [mutations.refreshPrices, mutations.userErrors, mutations.checkOut],
  },
  {
    title: 'Claiming, replacing, emptying, deleting',
    examples: [
      owners.createOtherCart,
      owners.claimCart,
      owners.replaceItems,
      owners.clearCart,
      owners.deleteCart,
    ],
  },
  { title: 'The one active cart', examples: [owners.openCart, queries.viewer] },
  { title: 'For staff', examples: [catalogue.upsertProducts, catalogue.withdrawProducts] },
];

/** All of them, in their order. */
export const examples: readonly PlaygroundExample[] = exampleGroups.flatMap((group) => group.examples);
