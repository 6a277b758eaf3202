/** What every resolver of one request shares. */
import type { CartOperations, Caller } from '../cart/cart-operations.ts';
import type { Catalog } from '../cart/catalog.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the schema stands on, for as long as the process runs. */
export interface GraphQLDependencies {
  readonly operations: CartOperations;
  readonly catalog: Catalog;
}

export interface Context extends Caller, GraphQLDependencies {
  readonly requestId: string;
  readonly loaders: Loaders;
}

export function createContext(deps: GraphQLDependencies, caller: Caller, requestId: string): Context {
  const { operations, catalog } = deps;
  const { viewer, signal } = caller;
  return { operations, catalog, viewer, signal, requestId, loaders: createLoaders(deps, caller) };
}
