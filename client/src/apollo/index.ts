/**
 * For `new InMemoryCache({ possibleTypes, typePolicies })` of Apollo Client 3 and 4. Its default cache shows the right carts too; with
 * these lists replace one another without a warning, pages come one behind the other, and a cart that is cached is found by its id.
 */
import { possibleTypes, withoutIdentity } from '../cache-keys.ts';

export { possibleTypes };

interface Reference {
  readonly __ref: string;
}
interface Page {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly unknown[];
}
interface ReadOptions {
  readonly args: Readonly<Record<string, unknown>> | null;
  readonly toReference: (object: { __typename: string; id: unknown }) => Reference | undefined;
}

/** The next page behind those that are there; without `after`, from the beginning. */
function append(existing: Page | undefined, incoming: Page, { args }: Pick<ReadOptions, 'args'>): Page {
  if (!existing || args?.['after'] === undefined || args['after'] === null) return incoming;
  return {
    ...incoming,
    ...(incoming.nodes && { nodes: [...(existing.nodes ?? []), ...incoming.nodes] }),
    ...(incoming.edges && { edges: [...(existing.edges ?? []), ...incoming.edges] }),
  };
}

const byId = (__typename: string) => ({
  read: (existing: unknown, { args, toReference }: ReadOptions) =>
    existing === undefined ? toReference({ __typename, id: args?.['id'] }) : existing,
});

const replace = { merge: (_: unknown, incoming: readonly unknown[]) => incoming };

export const typePolicies = {
  ...(Object.fromEntries(withoutIdentity.map((name) => [name, { keyFields: false, merge: false }])) as {
    [Name in (typeof withoutIdentity)[number]]: { keyFields: false; merge: false };
  }),
  Cart: { fields: { items: replace, attributes: replace, priceChanges: replace } },
  Query: {
    fields: {
      cart: byId('Cart'),
      product: byId('Product'),
      products: { keyArgs: false as const, merge: append },
      customerCarts: { keyArgs: ['customerId', 'status'], merge: append },
    },
  },
};
