import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createTestTables } from '../../support/dynamodb.ts';
import { testCartStore } from '../cart-store-contract.ts';

testCartStore('dynamodb', async (clock) => {
  const tables = await createTestTables();
  const carts = createDynamoDBCartStore({
    client: tables.client,
    tableName: tables.names.carts,
    clock,
    readConsistency: 'eventual',
  });
  return {
    carts,
    async close() {
      await carts.close();
      await tables.drop();
    },
  };
});
