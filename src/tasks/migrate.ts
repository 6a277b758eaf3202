/**
 * `npm run migrate`: brings the database that DATABASE_URL names, or the embedded one, up to date. With DATABASE_IAM_USER it
 * also makes the user as whom the service logs in.
 */
import { runTask } from './run-task.ts';
import { storeOf } from '../stores/registry.ts';

await runTask(({ store, currency }, log) =>
  storeOf(store).migrate(store, { clock: Date.now, currency, log }),
);
