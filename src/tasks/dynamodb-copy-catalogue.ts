/**
 * `npm run dynamodb:copy-catalogue`: copies the catalogue of version 0.1.0, in DYNAMODB_PRODUCTS_TABLE_NAME, to
 * DYNAMODB_CATALOGUE_TABLE, for the one upgrade from that version. The old table stays as it is. Products that the new one has
 * already stay too, so it can be repeated.
 */
import { runTask } from './run-task.ts';
import { copyCatalogue } from '../stores/dynamodb/copy-catalogue.ts';
import { openDynamoDB, setUpTimeouts } from '../stores/dynamodb/open-dynamodb.ts';

await runTask(
  async ({ store, currency }, log) => {
    if (store.type !== 'dynamodb') throw new Error('CART_STORE_TYPE must be dynamodb');
    const { region, endpoint, productsTable: from, catalogueTable: to } = store;
    if (endpoint === undefined && store.dataDir !== undefined) {
      throw new Error('The embedded engine gets the demo catalogue by itself: there is nothing to copy');
    }
    const client = openDynamoDB({ region, ...(endpoint !== undefined && { endpoint }), ...setUpTimeouts });
    const report = (error: Error) => {
      log.error({ err: error }, 'a product is left out');
    };
    const { copied, kept, leftOut } = await copyCatalogue(client, { from, to, currency, report });
    client.destroy();
    const result = `${copied} products were copied from ${from} to ${to}, which had ${kept} others of them already`;
    if (leftOut > 0) throw new Error(`${result}; ${leftOut} were left out: the log names each`);
    return `${result}.`;
  },
  { CART_STORE_TYPE: 'dynamodb' },
);
