/** Items of the carts' table as they are, past the document client. */
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { createDynamoDBCartStore } from '../../src/stores/dynamodb/cart-store.ts';
import { NOON } from './carts.ts';
import { createTestTables, type TestTables } from './dynamodb.ts';

export type CartItemRecord = Record<string, AttributeValue>;

/** A store on tables of the test file's own, and its table's items. */
export function openRecords() {
  let tables: TestTables;
  let bare: DynamoDBClient;
  let carts: CartStore;
  const reported: string[] = [];

  beforeAll(async () => {
    tables = await createTestTables();
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    bare = new DynamoDBClient({ region: 'local', endpoint: tables.endpoint, credentials });
    carts = createDynamoDBCartStore({
      client: tables.client,
      tableName: tables.names.carts,
      clock: () => NOON,
      readConsistency: 'eventual',
      report: ({ message }) => reported.push(message),
    });
  });
  afterAll(async () => {
    bare.destroy();
    await tables.drop();
  });

  const read = async (id: string): Promise<CartItemRecord> => {
    const key = { TableName: tables.names.carts, Key: { cart_id: { S: id } } };
    return (await bare.send(new GetItemCommand(key))).Item ?? {};
  };

  return {
    get carts() {
      return carts;
    },
    get tables() {
      return tables;
    },
    /** Messages about records that pages went without. */
    reported,
    read,
    /** The item of a cart that is committed now. */
    async stored(cart: Cart): Promise<CartItemRecord> {
      await carts.commit([{ after: cart }]);
      return read(cart.id);
    },
    async put(record: CartItemRecord): Promise<void> {
      await bare.send(new PutItemCommand({ TableName: tables.names.carts, Item: record }));
    },
  };
}
