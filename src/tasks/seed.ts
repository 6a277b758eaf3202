/** `npm run seed`: loads the demo catalogue of 10,000 products into the configured store. Carts are not touched. */
import { runTask } from './run-task.ts';
import { DEMO_PRODUCTS } from '../stores/demo-catalog.ts';
import { openStores } from '../stores/open-stores.ts';

await runTask(async (config, log) => {
  const stores = await openStores(config.store, {
    clock: Date.now,
    currency: config.currency,
    log,
    sweeps: false,
  });
  try {
    await stores.seed();
  } finally {
    await stores.close();
  }
  return `${DEMO_PRODUCTS} products are in ${stores.location}.`;
});
