/** `npm run seed`: loads the demo catalogue of 10,000 products into the configured store. Carts are not touched. */
import { loadConfig } from './config.ts';
import { createLog } from './log.ts';
import { DEMO_PRODUCTS } from './stores/demo-catalog.ts';
import { openStores } from './stores/open-stores.ts';

const config = loadConfig(process.env, false);
const stores = await openStores(config.store, {
  clock: Date.now,
  currency: config.currency,
  log: createLog(config.logLevel),
});
try {
  await stores.seed();
  console.log(`${DEMO_PRODUCTS} products are in ${stores.location}.`);
} finally {
  await stores.close();
}
