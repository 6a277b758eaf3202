/** The stores, by what CART_STORE_TYPE calls them. A further one is a folder, and a line here. */
import { dynamodb } from './dynamodb/store.ts';
import { postgres } from './postgres/store.ts';
import type { Store } from './store.ts';

export const stores = { postgres, dynamodb };

export type StoreType = keyof typeof stores;
export type StoreConfig = ReturnType<(typeof stores)[StoreType]['configure']>;

export const storeTypes = Object.keys(stores) as [StoreType, ...StoreType[]];

/** The store of a configuration: each takes its own, which the compiler cannot follow. */
export function storeOf({ type }: StoreConfig): Store<StoreConfig> {
  return stores[type];
}
