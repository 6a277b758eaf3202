/** For `cacheExchange({ possibleTypes, keys, resolvers })` of @urql/exchange-graphcache, and the `additionalTypenames` of urql's simple cache. */
import { possibleTypes, withoutIdentity } from '../cache-keys.ts';

/** Without them Graphcache leaves out what refusals say beyond their code. */
export { possibleTypes };

/** Not cached by themselves; edges and pages are found through their lists. */
const parts = [
  ...withoutIdentity,
  ...Object.values(possibleTypes).flat(),
  'CartConnection',
  'CartEdge',
  'ProductConnection',
  'ProductEdge',
  'PageInfo',
];

export const keys: Record<string, () => null> = Object.fromEntries(parts.map((name) => [name, () => null]));

// Types, not interfaces: Graphcache's own have an index, which only types are let into.
type Entity = { readonly __typename: string; readonly id: string | null };
type Args = { readonly id?: string };
interface Cache {
  resolve(entity: string, field: string, args: Args): unknown;
}
type Resolver = (parent: unknown, args: Args, cache: Cache) => Entity | null;

/** What is cached already is found by its id; what the service has answered that it is not there, is not. */
const byId =
  (__typename: string, field: string): Resolver =>
  (_, args, cache) =>
    cache.resolve('Query', field, args) === null ? null : { __typename, id: args.id ?? null };

export const resolvers: { Query: Record<string, Resolver> } = {
  Query: { cart: byId('Cart', 'cart'), product: byId('Product', 'product') },
};

/** For operations whose answer may name no cart yet, and that must be asked again when one changes. */
export const cartContext = { additionalTypenames: ['Cart', 'CartItem'] };
