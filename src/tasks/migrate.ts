/**
 * `npm run migrate`: brings the database that DATABASE_URL names, or the embedded one, up to date. With DATABASE_IAM_USER it
 * also makes the user as whom the service logs in.
 */
import { runTask } from './run-task.ts';
import { openStores } from '../stores/open-stores.ts';

await runTask(async ({ store, currency }, log) => {
  if (store.type !== 'postgres') return 'CART_STORE_TYPE is dynamodb: there is nothing to migrate.';
  const stores = await openStores(
    { ...store, migrateOnStart: true },
    { clock: Date.now, currency, log, sweeps: false },
  );
  await stores.close();
  const user = store.iamUser === undefined ? '' : ` The user ${store.iamUser} may use them.`;
  return `The tables at ${stores.location} are up to date.${user}`;
});
