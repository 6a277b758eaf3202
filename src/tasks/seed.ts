/** `npm run seed`: loads the demo catalogue of 10,000 products into the configured store. Carts are not touched. */
import { runTask } from './run-task.ts';
import { demoCatalog } from '../stores/demo-catalog.ts';
import { openStores } from '../stores/open-stores.ts';

await runTask(async ({ store, move, currency, playground, basePath }, log) => {
  const surroundings = { clock: Date.now, currency, log, sweeps: false };
  const stores = await openStores(store, surroundings, { demo: 0, move });
  const products = demoCatalog(currency, playground && basePath);
  try {
    await stores.catalog.upsert(products);
  } finally {
    await stores.close();
  }
  return `${products.length} products are in ${stores.location}.`;
});
