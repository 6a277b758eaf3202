/** Opens what the configuration names. */
import { DEMO_PRODUCTS } from './demo-catalog.ts';
import { storeOf, type StoreConfig } from './registry.ts';
import type { Stores, StoreSurroundings } from './store.ts';

export type { Stores, StoreSurroundings } from './store.ts';

/** An embedded engine gets the demo catalogue. */
export async function openStores(config: StoreConfig, surroundings: StoreSurroundings): Promise<Stores> {
  const stores = await storeOf(config).open(config, surroundings);
  if (!stores.embedded) return stores;
  try {
    const [last] = await stores.catalog.findMany([String(DEMO_PRODUCTS)]);
    if (!last) await stores.seed();
    return stores;
  } catch (error) {
    await stores.close();
    throw error;
  }
}
