import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DeleteTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createDynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { openStores } from '../../../src/stores/open-stores.ts';
import { createTables } from '../../../src/stores/dynamodb/create-tables.ts';
import { cartsTable } from '../../../src/stores/dynamodb/tables.ts';
import { newCart } from '../../support/carts.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import { product } from '../../support/memory-catalog.ts';

let tables: TestTables;

beforeAll(async () => {
  tables = await createTestTables();
});
afterAll(() => tables.drop());

const storeOn = (tableName: string) =>
  createDynamoDBCartStore({ client: tables.client, tableName, clock: Date.now, readConsistency: 'eventual' });
const catalogOn = (tableName: string) =>
  createDynamoDBCatalog({ client: tables.client, tableName, currency: 'USD' });

/** A table of a shape that differs from the carts' one. */
async function withTable(
  shape: Partial<typeof cartsTable>,
  test: (name: string) => Promise<void>,
): Promise<void> {
  const TableName = `test-${randomUUID()}`;
  await tables.client.send(new CreateTableCommand({ ...cartsTable, ...shape, TableName }));
  await test(TableName);
  await tables.client.send(new DeleteTableCommand({ TableName }));
}

describe('createTables', () => {
  it('creates both tables as they must be, on demand, with the time to live', async () => {
    const describeTable = async (TableName: string) =>
      (await tables.client.send(new DescribeTableCommand({ TableName }))).Table;
    const all = { Projection: { ProjectionType: 'ALL' }, IndexStatus: 'ACTIVE' };
    const key = (...names: string[]) =>
      names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
    expect(await describeTable(tables.names.carts)).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: key('cart_id'),
      GlobalSecondaryIndexes: [
        { IndexName: 'CustomerIndex', KeySchema: key('customer_id', 'created_at_cart_id'), ...all },
      ],
    });
    expect(await describeTable(tables.names.catalogue)).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: key('product_key'),
      GlobalSecondaryIndexes: [
        { IndexName: 'CatalogueIndex', KeySchema: key('catalogue', 'product_key'), ...all },
      ],
    });
    const ttl = await tables.client.send(new DescribeTimeToLiveCommand({ TableName: tables.names.carts }));
    expect(ttl.TimeToLiveDescription).toMatchObject({ AttributeName: 'expiration_time' });
    expect(ttl.TimeToLiveDescription?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
  });

  it('leaves tables that are there alone', async () => {
    const { client, names } = tables;
    const cart = newCart(Date.now());
    await storeOn(names.carts).commit([{ after: cart }]);
    await catalogOn(names.catalogue).upsert([product('kettle')]);
    await createTables(client, names);
    await Promise.all([createTables(client, names), createTables(client, names)]);
    expect(await storeOn(names.carts).load([cart.id])).toMatchObject([{ id: cart.id }]);
    expect(await catalogOn(names.catalogue).findMany(['kettle'])).toEqual([product('kettle')]);
  });

  it('refuses a table of the same name with another key or without the index', async () => {
    const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
    const otherKey = {
      AttributeDefinitions: [attribute('id')],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
      GlobalSecondaryIndexes: undefined,
    };
    const noIndex = { AttributeDefinitions: [attribute('cart_id')], GlobalSecondaryIndexes: undefined };
    await withTable(otherKey, async (carts) => {
      const message = `The table ${carts} must have the key cart_id, but has id`;
      await expect(createTables(tables.client, { ...tables.names, carts })).rejects.toThrow(message);
    });
    await withTable(noIndex, async (carts) => {
      const message = `The table ${carts} must have an index CustomerIndex on customer_id, created_at_cart_id, but has none`;
      await expect(createTables(tables.client, { ...tables.names, carts })).rejects.toThrow(message);
      await expect(storeOn(carts).ready()).rejects.toThrow(`The DynamoDB table ${carts} cannot be used:`);
    });
  });
});

describe('ready', () => {
  it('resolves when the table can be used', async () => {
    await storeOn(tables.names.carts).ready();
    await catalogOn(tables.names.catalogue).ready();
  });

  it('names the table that is missing', async () => {
    await expect(storeOn('no-carts').ready()).rejects.toThrow('DynamoDB has no table no-carts');
    await expect(catalogOn('no-catalogue').ready()).rejects.toThrow('DynamoDB has no table no-catalogue');
  });

  it('names the table that does not answer in time', async () => {
    const cause = new Error('time is over');
    const signal = AbortSignal.abort(cause);
    for (const [name, store] of [
      [tables.names.carts, storeOn(tables.names.carts)],
      [tables.names.catalogue, catalogOn(tables.names.catalogue)],
    ] as const) {
      await expect(store.ready({ signal })).rejects.toMatchObject({
        message: `The DynamoDB table ${name} has not answered in time: Error: time is over`,
        cause,
      });
    }
  });

  it('of the stores takes both tables, and names each that is missing', async () => {
    const { carts, catalogue } = tables.names;
    const open = (names: { carts: string; catalogue: string }) => {
      const env = {
        CART_STORE_TYPE: 'dynamodb',
        AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
        DYNAMODB_TABLE_NAME: names.carts,
        DYNAMODB_CATALOGUE_TABLE: names.catalogue,
        DYNAMODB_CONNECT_TIMEOUT_MS: '5000',
        DYNAMODB_REQUEST_TIMEOUT_MS: '15000',
      };
      return openStores(loadConfig(env).store, {
        clock: Date.now,
        currency: 'USD',
        log: createLog('silent'),
      });
    };
    const cases = [
      [{ carts, catalogue }, undefined],
      [{ carts, catalogue: 'no-catalogue' }, 'DynamoDB has no table no-catalogue'],
      [{ carts: 'no-carts', catalogue }, 'DynamoDB has no table no-carts'],
      [
        { carts: 'no-carts', catalogue: 'no-catalogue' },
        'DynamoDB has no table no-carts; DynamoDB has no table no-catalogue',
      ],
    ] as const;
    for (const [names, message] of cases) {
      const stores = await open(names);
      const said = await stores.ready().then(
        () => undefined,
        (error: unknown) => (error as Error).message,
      );
      expect(said).toBe(message);
      await stores.close();
    }
  });
});
