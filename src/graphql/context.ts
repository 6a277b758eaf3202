/** What every resolver of one request shares. */
import type { CartOperations, Caller } from '../cart/cart-operations.ts';
import type { Catalog } from '../cart/catalog.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the schema stands on, for as long as the process runs. */
export interface GraphQLDependencies {
  readonly operations: CartOperations;
  readonly catalog: Catalog;
}

/** What changes while a request is answered. */
export interface RequestState {
  /** Items of carts that the answer may still hold. */
  itemsLeft: number;
  /** The request turned out to be no valid GraphQL. */
  invalid: boolean;
}

export interface Context extends Caller, GraphQLDependencies {
  readonly requestId: string;
  readonly loaders: Loaders;
  readonly state: RequestState;
}

/** @param maxItems items of carts that the answer may hold */
export function createContext(
  deps: GraphQLDependencies,
  caller: Caller,
  requestId: string,
  maxItems: number,
): Context {
  const { operations, catalog } = deps;
  const { viewer, signal } = caller;
  const state = { itemsLeft: maxItems, invalid: false };
  return { operations, catalog, viewer, signal, requestId, state, loaders: createLoaders(deps, caller) };
}
