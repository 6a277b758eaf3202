/** The stores, by what CART_STORE_TYPE calls them. A further one is a folder, and a line here. */
import { dynamodb } from './dynamodb/store.ts';
import type { Phase } from './moving/phase.ts';
import { postgres } from './postgres/store.ts';
import type { Store } from './store.ts';

export const stores = { postgres, dynamodb };

export type StoreType = keyof typeof stores;
export type StoreConfig = ReturnType<(typeof stores)[StoreType]['configure']>;

/** A move of carts out of the store that is configured beside it. */
export interface MoveConfig {
  readonly to: StoreConfig;
  readonly phase: Phase;
}

export const storeTypes = Object.keys(stores) as [StoreType, ...StoreType[]];

/** The store of a configuration: each takes its own, which the compiler cannot follow. */
export function storeOf({ type }: StoreConfig): Store<StoreConfig> {
  return stores[type];
}
