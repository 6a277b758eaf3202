/** `npm run migrate`: brings the database that DATABASE_URL names, or the embedded one, up to date. */
import { loadConfig } from './config.ts';
import { createLog } from './log.ts';
import { openStores } from './stores/open-stores.ts';

const config = loadConfig(process.env, false);
if (config.store.type !== 'postgres') {
  console.log('CART_STORE_TYPE is dynamodb: there is nothing to migrate.');
} else {
  const store = { ...config.store, migrateOnStart: true };
  const stores = await openStores(store, {
    clock: Date.now,
    currency: config.currency,
    log: createLog(config.logLevel),
  });
  await stores.close();
  console.log(`The tables at ${stores.location} are up to date.`);
}
