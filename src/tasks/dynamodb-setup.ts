/**
 * `npm run dynamodb:setup`: makes the tables on the engine that AWS_ENDPOINT_URL_DYNAMODB names, such as DynamoDB Local, and
 * loads the demo catalogue. What is there already stays. For development: on AWS Terraform makes the tables.
 */
import { runTask } from './run-task.ts';
import { DEMO_PRODUCTS } from '../stores/demo-catalog.ts';
import { createTables } from '../stores/dynamodb/create-tables.ts';
import { isAWS, openDynamoDB, setUpTimeouts } from '../stores/dynamodb/open-dynamodb.ts';
import { openStores } from '../stores/open-stores.ts';

/** Milliseconds to wait for an engine that is just starting, as in compose. */
const PATIENCE = 20_000;

await runTask(
  async ({ store, currency }, log) => {
    if (store.type !== 'dynamodb') throw new Error('CART_STORE_TYPE must be dynamodb');
    const { region, endpoint, cartsTable, catalogueTable } = store;
    if (endpoint === undefined) {
      throw new Error(
        'AWS_ENDPOINT_URL_DYNAMODB must name the engine to make tables on, such as http://127.0.0.1:8000. ' +
          'On AWS Terraform makes them, and the embedded engine has them from its start',
      );
    }
    if (isAWS(endpoint)) {
      throw new Error(
        `AWS_ENDPOINT_URL_DYNAMODB is AWS itself (${new URL(endpoint).host}), where Terraform makes the tables`,
      );
    }
    const names = { carts: cartsTable, catalogue: catalogueTable };
    const client = openDynamoDB({ region, endpoint, ...setUpTimeouts });
    await whenUp(endpoint, () => createTables(client, names));
    client.destroy();
    const stores = await openStores(store, { clock: Date.now, currency, log });
    await stores.seed();
    await stores.close();
    return `${endpoint} has the tables ${names.carts} and ${names.catalogue}, with ${DEMO_PRODUCTS} products.`;
  },
  { CART_STORE_TYPE: 'dynamodb' },
);

/** Repeats `work` as long as nothing listens. */
async function whenUp(endpoint: string, work: () => Promise<void>): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (let first = true; ; first = false) {
    try {
      await work();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ECONNREFUSED' || performance.now() > end) throw error;
      if (first) console.log(`Waiting up to ${PATIENCE / 1000} s for ${endpoint}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
