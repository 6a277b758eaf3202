/** DynamoDB as one of the stores. */
import type { Store, StoreSurroundings } from '../store.ts';
import { adviseDynamoDB } from './advise.ts';
import { configureDynamoDB, dynamodbProblems, dynamodbVariables, type DynamoDBConfig } from './variables.ts';

export const dynamodb = {
  variables: dynamodbVariables,
  problems: dynamodbProblems,
  configure: configureDynamoDB,
  async open(config: DynamoDBConfig, surroundings: StoreSurroundings) {
    const { openDynamoDBStores } = await import('./open.ts');
    return openDynamoDBStores(config, surroundings);
  },
  // Terraform makes the tables.
  migrate: () => Promise.resolve('CART_STORE_TYPE is dynamodb: there is nothing to migrate.'),
  async setUp(config: DynamoDBConfig, surroundings: StoreSurroundings) {
    const { setUpDynamoDB } = await import('./set-up.ts');
    return setUpDynamoDB(config, surroundings);
  },
  advise: adviseDynamoDB,
  addressOf: ({ endpoint }) => endpoint,
} satisfies Store<DynamoDBConfig>;
