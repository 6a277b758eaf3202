/**
 * For `new InMemoryCache({ possibleTypes, typePolicies })` of Apollo Client 4. Its default cache shows the right carts too; with
 * these an answer that is older than what is cached overwrites nothing, lists replace one another without a warning, pages come one
 * behind the other, and a cart that is cached is found by its id.
 */
import { possibleTypes, withoutIdentity } from '../cache-keys.ts';
import { keepNewest } from './newest.ts';

export { possibleTypes };

interface Reference {
  readonly __ref: string;
}
interface Page {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly unknown[];
}
type Args = Readonly<Record<string, unknown>> | null;

/** The next page behind those that are there; without `after`, from the beginning. */
function append(existing: Page | undefined, incoming: Page, { args }: { readonly args: Args }): Page {
  if (!existing || args?.['after'] === undefined || args['after'] === null) return incoming;
  return {
    ...incoming,
    ...(incoming.nodes && { nodes: [...(existing.nodes ?? []), ...incoming.nodes] }),
    ...(incoming.edges && { edges: [...(existing.edges ?? []), ...incoming.edges] }),
  };
}

interface ReadOptions {
  readonly args: Args;
  readonly toReference: (object: { __typename: string; id: string }) => Reference | undefined;
}

const byId = (__typename: string) => ({
  read: (existing: unknown, { args, toReference }: ReadOptions) =>
    existing === undefined ? toReference({ __typename, id: args?.['id'] as string }) : existing,
});

const replace = { merge: (_: unknown, incoming: readonly unknown[]) => incoming };

interface ItemOptions {
  readonly args: Args;
  readonly readField: (name: string, from?: Reference) => unknown;
}

/** `Cart.item` follows the items of its cart, as far as these are known. */
const item = {
  read(existing: object | null | undefined, { args, readField }: ItemOptions): object | null | undefined {
    // Objects, which `readField` takes too; references where somebody's own policy keeps items apart.
    const items = readField('items') as readonly Reference[] | undefined;
    const name = args?.['id'] == null ? 'productId' : 'id';
    if (!items || items.some((one) => readField(name, one) === undefined)) return existing;
    const found = items.filter((one) => readField(name, one) === args?.[name]);
    return found.length === 1 ? { ...existing, ...found[0] } : null;
  },
};

type Values = { [Name in (typeof withoutIdentity)[number]]: { keyFields: false; merge: false } };

export const typePolicies = {
  ...(Object.fromEntries(
    withoutIdentity.map((name) => [name, { keyFields: false, merge: false }]),
  ) as Values),
  Cart: {
    keyFields: keepNewest,
    fields: { items: replace, attributes: replace, priceChanges: replace, item },
  },
  /** Parts of their cart: what is older than the cart must not change one of its items either. */
  CartItem: { keyFields: false as const, merge: false as const },
  Query: {
    fields: {
      cart: byId('Cart'),
      product: byId('Product'),
      products: { keyArgs: false as const, merge: append },
      customerCarts: { keyArgs: ['customerId', 'status'], merge: append },
    },
  },
};
