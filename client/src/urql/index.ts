/** For `cacheExchange({ keys, resolvers })` of @urql/exchange-graphcache, and the `additionalTypenames` of urql's simple cache. */
import { withoutIdentity } from '../cache-keys.ts';

/** Not cached by themselves; edges and pages are found through their lists. */
const parts = [
  ...withoutIdentity,
  'CartConnection',
  'CartEdge',
  'ProductConnection',
  'ProductEdge',
  'PageInfo',
];

export const keys: Record<string, () => null> = Object.fromEntries(parts.map((name) => [name, () => null]));

interface Entity {
  readonly __typename: string;
  readonly id: unknown;
}
interface Cache {
  resolve(entity: string, field: string, args: Args): unknown;
}
type Args = Readonly<Record<string, unknown>>;
type Resolver = (parent: unknown, args: Args, cache: Cache) => Entity | null;

/** What is cached already is found by its id; what the service has answered that it is not there, is not. */
const byId =
  (__typename: string, field: string): Resolver =>
  (_, args, cache) =>
    cache.resolve('Query', field, args) === null ? null : { __typename, id: args['id'] };

export const resolvers: { readonly Query: Readonly<Record<string, Resolver>> } = {
  Query: { cart: byId('Cart', 'cart'), product: byId('Product', 'product') },
};

/** For operations whose answer may name no cart yet, and that must be asked again when one changes. */
export const cartContext = { additionalTypenames: ['Cart', 'CartItem'] };
