/**
 * `npm run migrate`: brings the database that DATABASE_URL names, or the embedded one, up to date; while carts move, that of either
 * store. With DATABASE_IAM_USER it also makes the user as whom the service logs in.
 */
import { runTask } from './run-task.ts';
import { storeOf } from '../stores/registry.ts';

await runTask(async ({ store, move, currency }, log) => {
  const lines: string[] = [];
  for (const each of move ? [store, move.to] : [store])
    lines.push(await storeOf(each).migrate(each, { clock: Date.now, currency, log }));
  return lines.join('\n');
});
