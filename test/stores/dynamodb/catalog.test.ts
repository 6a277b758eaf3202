import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_ID } from '../../../src/cart/ids.ts';
import type { Product } from '../../../src/cart/product.ts';
import { MAX_PRICE } from '../../../src/cart/money.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { createDynamoDBCatalog, type DynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { loadProducts } from '../../../src/stores/dynamodb/load-products.ts';
import { productToRecord } from '../../../src/stores/dynamodb/product-record.ts';
import { CATALOG } from '../../../src/stores/dynamodb/tables.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import { startDynamoDBProxy } from '../../support/dynamodb-proxy.ts';
import { openDynamoDB, setUpTimeouts } from '../../../src/stores/dynamodb/open-dynamodb.ts';

let tables: TestTables;
let catalog: DynamoDBCatalog;
const demo = demoCatalog('USD');

beforeAll(async () => {
  tables = await createTestTables();
  catalog = createDynamoDBCatalog({
    client: tables.client,
    tableName: tables.names.products,
    currency: 'USD',
  });
  await loadProducts(tables.client, tables.names.products, demo, { inTransactions: true });
});
afterAll(() => tables.drop());

it('finds products by position, repeated, unknown, more than one batch', async () => {
  expect(await catalog.findMany([50, 20_000, 1, 50])).toEqual([demo[49], undefined, demo[0], demo[49]]);
  expect(await catalog.findMany([7])).toEqual([demo[6]]);
  expect(await catalog.findMany([])).toEqual([]);
  const ids = Array.from({ length: 500 }, (_, index) => 10_000 - index * 3);
  expect(await catalog.findMany(ids)).toEqual(ids.map((id) => demo[id - 1]));
});

it('lists all products in the order of their ids, every page certain of the next', async () => {
  const seen: Product[] = [];
  for (;;) {
    const after = seen.at(-1)?.id;
    const page = await catalog.list({ first: 100, ...(after !== undefined && { after }) });
    seen.push(...page.entries);
    expect(page.hasNextPage).toBe(seen.length < demo.length);
    if (!page.hasNextPage) break;
  }
  expect(seen).toEqual(demo);
});

it('goes on behind an id that is no product', async () => {
  expect(await catalog.list({ first: 1, after: 20_000 })).toEqual({ entries: [], hasNextPage: false });
  const bare = { id: MAX_ID, name: 'ж'.repeat(200), price: { amount: MAX_PRICE, currency: 'USD' } };
  await loadProducts(tables.client, tables.names.products, [bare]);
  expect(await catalog.list({ first: 1, after: 20_000 })).toEqual({ entries: [bare], hasNextPage: false });
});

it('sells no product whose price would make a total inexact, and says so', async () => {
  const reported: string[] = [];
  const other = await createTestTables();
  const dear = { id: 1, name: 'Yacht', price: { amount: MAX_PRICE + 1, currency: 'USD' } };
  const Item = { ...productToRecord(dear) };
  await other.client.send(new PutCommand({ TableName: other.names.products, Item }));
  const yachts = createDynamoDBCatalog({
    client: other.client,
    tableName: other.names.products,
    currency: 'USD',
    report: ({ message }) => reported.push(message),
  });
  expect(await yachts.findMany([1])).toEqual([undefined]);
  expect(await yachts.list({ first: 1 })).toEqual({ entries: [], hasNextPage: false });
  const message =
    'The product 1 cannot be read: price must be at most 1000000.00, but was the number 1000000.01';
  expect(reported).toEqual([message, message]);
  await other.drop();
});

it('leads past every record that cannot be read, whatever its id', async () => {
  const other = await createTestTables();
  const TableName = other.names.products;
  const good = [2, MAX_ID - 1].map((id) => ({ id, name: 'P', price: { amount: 1, currency: 'USD' } }));
  for (const product_id of [-3, 0, 0.5, 1, 1.5, 1.75, 3, MAX_ID, MAX_ID + 1, 1e15]) {
    const Item = { catalog: CATALOG, product_id, name: 'Bad', price: 'dear' };
    await other.client.send(new PutCommand({ TableName, Item }));
  }
  await loadProducts(other.client, TableName, good);
  const { list } = createDynamoDBCatalog({
    client: other.client,
    tableName: TableName,
    currency: 'USD',
  });
  for (const first of [1, 2, 3, 100]) expect(await idsOf(list, first)).toEqual(good.map(({ id }) => id));
  await other.drop();
});

it('takes several queries when long descriptions make an answer too large', async () => {
  const other = await createTestTables();
  const long = Array.from({ length: 81 }, (_, index) => ({
    id: index + 1,
    name: `Book ${index + 1}`,
    price: { amount: 1, currency: 'USD' },
    description: '漢'.repeat(5000),
  }));
  await loadProducts(other.client, other.names.products, long);
  const books = createDynamoDBCatalog({
    client: other.client,
    tableName: other.names.products,
    currency: 'USD',
  });
  expect(await books.list({ first: 80 })).toEqual({ entries: long.slice(0, 80), hasNextPage: true });
  await other.drop();
});

it('loads what DynamoDB left undone again', async () => {
  const other = await createTestTables();
  const proxy = await startDynamoDBProxy(other.endpoint);
  const client = openDynamoDB({
    region: 'local',
    endpoint: proxy.endpoint,
    ...setUpTimeouts,
  });
  const table = other.names.products;
  const itemsOf = (body: Record<string, unknown>) =>
    (body['RequestItems'] as Record<string, unknown[]>)[table] ?? [];
  proxy.injectOnce('BatchWriteItem', {
    kind: 'alter',
    request: (body) => ({ RequestItems: { [table]: itemsOf(body).slice(0, 10) } }),
    answer: (_, body) => ({ UnprocessedItems: { [table]: itemsOf(body).slice(10) } }),
  });
  await loadProducts(client, table, demo.slice(0, 25));
  expect(proxy.requests.map(({ body }) => itemsOf(body).length)).toEqual([25, 15]);
  const copy = createDynamoDBCatalog({ client: other.client, tableName: table, currency: 'USD' });
  expect((await copy.list({ first: 30 })).entries).toEqual(demo.slice(0, 25));
  client.destroy();
  await proxy.close();
  await other.drop();
});

it('fails with the signal’s reason when the time is over', async () => {
  const reason = new Error('time is over');
  const signal = AbortSignal.abort(reason);
  await expect(catalog.findMany([1], { signal })).rejects.toBe(reason);
  await expect(catalog.findMany([1, 2], { signal })).rejects.toBe(reason);
  await expect(catalog.list({ first: 1 }, { signal })).rejects.toBe(reason);
});

/** The ids of all products, in pages of `first`, as a client goes through them. */
async function idsOf(list: DynamoDBCatalog['list'], first: number): Promise<number[]> {
  const seen: number[] = [];
  let after: number | undefined;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await list({ first, ...(after !== undefined && { after }) });
    seen.push(...page.entries.map(({ id }) => id));
    if (!page.hasNextPage) return seen;
    after = page.resumeAfter ?? page.entries.at(-1)?.id;
    if (after === undefined) throw new Error('a page has no end');
  }
  throw new Error('the pages have no end');
}
