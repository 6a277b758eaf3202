/**
 * `npm run dynamodb:setup`: makes the tables on the engine that AWS_ENDPOINT_URL_DYNAMODB names, such as DynamoDB Local, and
 * loads the demo catalogue. What is there already stays. For development: on AWS Terraform makes the tables.
 */
import { runTask } from './run-task.ts';
import { stores } from '../stores/registry.ts';

await runTask(
  ({ store, currency }, log) => {
    if (store.type !== 'dynamodb') throw new Error('CART_STORE_TYPE must be dynamodb');
    return stores.dynamodb.setUp(store, { clock: Date.now, currency, log });
  },
  { CART_STORE_TYPE: 'dynamodb' },
);
