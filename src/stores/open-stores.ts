/** Opens what the configuration names. */
import type { Product } from '../cart/product.ts';
import { checkCurrency, OtherCurrency } from './check-currency.ts';
import { demoCatalog, type Pictures } from './demo-catalog.ts';
import { storeOf, type StoreConfig } from './registry.ts';
import type { Stores, StoreSurroundings } from './store.ts';

export type { Stores, StoreSurroundings } from './store.ts';

export interface OpenOptions {
  /** Whether an embedded engine without products gets the demo catalogue; true by default. */
  readonly demo?: boolean;
  readonly pictures?: Pictures;
  /** Told once when the products are found to be in another currency. */
  readonly otherCurrency?: (error: OtherCurrency) => void;
}

/** They are ready when the products are in the deployment's currency, too. */
export async function openStores(
  config: StoreConfig,
  surroundings: StoreSurroundings,
  { demo = true, pictures = '', otherCurrency }: OpenOptions = {},
): Promise<Stores> {
  const { currency } = surroundings;
  const stores = await storeOf(config).open(config, surroundings);
  try {
    if (stores.embedded && demo) await loadDemo(stores, demoCatalog(currency, pictures));
  } catch (error) {
    await stores.close();
    throw error;
  }
  let [checked, told] = [false, false];
  const tell = (error: unknown): never => {
    if (error instanceof OtherCurrency && !told) {
      told = true;
      otherCurrency?.(error);
    }
    throw error;
  };
  return {
    ...stores,
    async ready(options) {
      await stores.ready(options);
      // A catalogue that is still empty will be looked at again.
      checked ||= await checkCurrency(stores.catalog, currency, options).catch(tell);
    },
  };
}

/** One's own catalogue stays. Of a demo catalogue whose load was interrupted the sign is left, and it is loaded again. */
async function loadDemo({ catalog }: Stores, products: readonly Product[]): Promise<void> {
  const sign = { ...(products[0] as Product), id: 'demo-catalogue-is-being-loaded' };
  const { entries } = await catalog.list({ first: 1 });
  const [interrupted] = await catalog.findMany([sign.id]);
  if (entries.length > 0 && !interrupted) return;
  await catalog.upsert([sign]);
  await catalog.upsert(products);
  await catalog.withdraw([sign.id]);
}
