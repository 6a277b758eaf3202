import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { NumberValue, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { copyCatalogue } from '../../../src/stores/dynamodb/copy-catalogue.ts';
import { productsTable } from '../../../src/stores/dynamodb/tables.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';

let tables: TestTables;
let from: string;
let to: string;

beforeAll(async () => {
  tables = await createTestTables();
  to = tables.names.catalogue;
  from = `${to}-old`;
  await tables.client.send(new CreateTableCommand({ ...productsTable, TableName: from }));
});
afterAll(async () => {
  await tables.client.send(new DeleteTableCommand({ TableName: from }));
  await tables.drop();
});

/** As version 0.1.0 has written it. */
async function sellInOld(id: number, price: string, more: object = {}): Promise<void> {
  const Item = {
    product_id: id,
    name: `Product ${id}`,
    price: NumberValue.from(price),
    catalog: 'products',
    ...more,
  };
  await tables.client.send(new PutCommand({ TableName: from, Item }));
}

it('copies every product once, keeps what is there by now, and names what it leaves out', async () => {
  const description = 'x'.repeat(4000);
  // More than one page of 1 MB.
  const ids = Array.from({ length: 300 }, (_, index) => index + 1);
  for (const id of ids)
    await sellInOld(id, `${id}.50`, { category: 'Kitchen', brand: 'Halden', description });
  await sellInOld(2_147_483_647, '0.01');
  await sellInOld(500, '1000000.01');
  const reported: string[] = [];
  const report = ({ message }: Error) => reported.push(message);
  const { client } = tables;
  const copy = () => copyCatalogue(client, { from, to, currency: 'USD', report });

  expect(await copy()).toEqual({ copied: 301, kept: 0, leftOut: 1 });
  expect(reported).toEqual([
    expect.stringContaining('The product 500 cannot be read: price must be') as string,
  ]);
  const catalog = createDynamoDBCatalog({ client, tableName: to, currency: 'USD' });
  const product = (id: number, amount: number) => ({
    id: String(id),
    name: `Product ${id}`,
    price: { amount, currency: 'USD' },
  });
  expect(await catalog.findMany(['7', '2147483647', '500'])).toEqual([
    { ...product(7, 750), category: 'Kitchen', brand: 'Halden', description },
    product(2_147_483_647, 1),
    undefined,
  ]);

  await catalog.upsert([product(7, 800)]);
  expect(await copy()).toEqual({ copied: 0, kept: 301, leftOut: 1 });
  expect(await catalog.findMany(['7'])).toEqual([product(7, 800)]);
});

it('takes no price that the currency cannot have', async () => {
  const reported: string[] = [];
  const other = await createTestTables();
  const options = { from, to: other.names.catalogue, currency: 'JPY' };
  await sellInOld(1000, '2900.00');
  const counts = await copyCatalogue(other.client, {
    ...options,
    report: ({ message }) => reported.push(message),
  });
  expect(counts).toEqual({ copied: 1, kept: 0, leftOut: 302 });
  expect(reported).toContain(
    'The product 7 cannot be read: price must be a price in JPY, from 0 to 100000000, but was the number 7.5',
  );
  await other.drop();
});
