/** Opens what the configuration names. */
import type { Product } from '../cart/product.ts';
import { checkCurrency, OtherCurrency } from './check-currency.ts';
import { DEMO_PRODUCTS, demoCatalog, type Pictures } from './demo-catalog.ts';
import { storeOf, type MoveConfig, type StoreConfig } from './registry.ts';
import type { Stores, StoreSurroundings } from './store.ts';
import { createMarkerWarning } from './warn-of-markers.ts';

export type { Stores, StoreSurroundings } from './store.ts';

export interface OpenOptions {
  /** How many products of the demo catalogue, from its first on, an embedded engine without products gets; all by default. */
  readonly demo?: number;
  readonly pictures?: Pictures;
  /** Where carts move while they are used. */
  readonly move?: MoveConfig | undefined;
  /** Whether to look for carts that are marked as moved where none moves, and warn of them; by default what is loaded tells alone. */
  readonly looksForMarkers?: boolean;
  /** Told once when the products are found to be in another currency. */
  readonly otherCurrency?: (error: OtherCurrency) => void;
}

/** They are ready when the products are in the deployment's currency, too. */
export async function openStores(
  config: StoreConfig,
  surroundings: StoreSurroundings,
  { demo = DEMO_PRODUCTS, pictures = '', move, looksForMarkers = false, otherCurrency }: OpenOptions = {},
): Promise<Stores> {
  const { currency } = surroundings;
  const warning = createMarkerWarning(surroundings.log, config.type);
  const opened = await open(config, move, { ...surroundings, ...(!move && { metMarker: warning.met }) });
  const { stores } = opened;
  try {
    for (const one of opened.each)
      if (one.embedded && demo > 0) await loadDemo(one, demoCatalog(currency, pictures).slice(0, demo));
  } catch (error) {
    await stores.close();
    throw error;
  }
  let [checked, told, looked] = [false, false, !looksForMarkers || move !== undefined];
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
      if (looked) return;
      looked = true;
      // Nobody waits for it.
      for (const { census } of opened.each) void warning.look(census);
    },
  };
}

async function open(config: StoreConfig, move: MoveConfig | undefined, surroundings: StoreSurroundings) {
  if (!move) {
    const stores = await storeOf(config).open(config, surroundings);
    return { stores, each: [stores] };
  }
  const { openMove } = await import('./moving/open-move.ts');
  const { stores, source, target } = await openMove(config, move, surroundings);
  return { stores, each: [source, target] };
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
