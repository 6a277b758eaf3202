import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { MAX_NUMBER_ID } from '../../../src/cart/ids.ts';
import { MAX_PRICE } from '../../../src/cart/money.ts';
import { parseProductCursor, productCursor } from '../../../src/cart/page.ts';
import type { Product } from '../../../src/cart/product.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { createDynamoDBCatalog, type DynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { productToRecord } from '../../../src/stores/dynamodb/product-record.ts';
import { CATALOGUE } from '../../../src/stores/dynamodb/tables.ts';
import { writeProducts } from '../../../src/stores/dynamodb/write-products.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';

let tables: TestTables;
let catalog: DynamoDBCatalog;
/** More than the pages and batches that one call takes, and no whole number of them. */
const demo = demoCatalog('USD').slice(0, 1510);

const plain = (id: string | number, more: Partial<Product> = {}): Product => ({
  id: String(id),
  name: `Product ${id}`,
  price: { amount: 100, currency: 'USD' },
  ...more,
});

beforeAll(async () => {
  tables = await createTestTables();
  catalog = catalogOf(tables);
  await writeProducts(tables.client, tables.names.catalogue, demo, { inTransactions: true });
});
afterAll(() => tables.drop());

function catalogOf({ client, names }: TestTables, reported: string[] = [], currency = 'USD') {
  const report = ({ message }: Error) => reported.push(message);
  return createDynamoDBCatalog({ client, tableName: names.catalogue, currency, report });
}

/** A catalogue of the test's own, dropped at its end. */
async function withTables(test: (tables: TestTables) => Promise<void>): Promise<void> {
  const own = await createTestTables();
  await test(own).finally(() => own.drop());
}

/** The ids of all products, in pages of `first`, as a client goes through them. */
async function idsOf(list: DynamoDBCatalog['list'], first: number): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < 200; pages += 1) {
    const page = await list({ first, ...(after !== undefined && { after }) });
    seen.push(...page.entries.map(({ id }) => id));
    if (!page.hasNextPage) return seen;
    after = page.resumeAfter ?? page.entries.at(-1)?.id;
    if (after === undefined) throw new Error('a page has no end');
  }
  throw new Error('the pages have no end');
}

describe('findMany', () => {
  it('finds products by position, repeated, unknown, more than one batch', async () => {
    expect(await catalog.findMany(['50', '20000', '1', '50'])).toEqual([
      demo[49],
      undefined,
      demo[0],
      demo[49],
    ]);
    expect(await catalog.findMany(['7'])).toEqual([demo[6]]);
    expect(await catalog.findMany([])).toEqual([]);
    const ids = Array.from({ length: 500 }, (_, index) => String(demo.length - index * 2));
    expect(await catalog.findMany(ids)).toEqual(ids.map((id) => demo[Number(id) - 1]));
  });

  it('tells a number from a text that looks like it', () =>
    withTables(async (own) => {
      const products = ['7', '007', '7.0', 'n0000000000000007'].map((id) => plain(id));
      await catalogOf(own).upsert(products);
      const ids = products.map(({ id }) => id);
      expect(await catalogOf(own).findMany([...ids, '07'])).toEqual([...products, undefined]);
    }));
});

describe('list', () => {
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

  it('has whole numbers by value, then text by its bytes', () =>
    withTables(async (own) => {
      const most = String(MAX_NUMBER_ID);
      const ordered = [
        '1',
        '2',
        '10',
        '99',
        '100',
        most,
        '!',
        '007',
        '9007199254740992',
        'A',
        'a',
        'a-1',
        'b',
      ];
      await catalogOf(own).upsert([...ordered].reverse().map((id) => plain(id)));
      for (const first of [1, 2, 5, 100]) expect(await idsOf(catalogOf(own).list, first)).toEqual(ordered);
    }));

  it('goes on behind the cursors of version 0.1.0, and behind an id that is no product', async () => {
    const old = Buffer.from('product:49').toString('base64url');
    expect(productCursor('49')).toBe(old);
    const after = parseProductCursor(old, 'after');
    expect(await catalog.list({ first: 1, after })).toEqual({ entries: [demo[49]], hasNextPage: true });
    expect(await catalog.list({ first: 1, after: '20000' })).toEqual({ entries: [], hasNextPage: false });
    expect(await catalog.list({ first: 1, after: 'zebra' })).toEqual({ entries: [], hasNextPage: false });
  });

  it('leads past every record that cannot be read, whatever its key', () =>
    withTables(async (own) => {
      const good = ['2', String(MAX_NUMBER_ID), 'kettle'];
      const dear = ['1', '3', 'a', 'kettle-2', 'z'].map((id) => ({
        ...productToRecord(plain(id)),
        price: 'dear',
      }));
      const foreign = ['0', 'm', 'n', 'n5', 'n0000000000000000', 'n000000000000000x', 't', 't7', 't a', 'z'];
      const others = foreign.map((product_key) => ({
        ...productToRecord(plain(9)),
        product_key,
        catalogue: CATALOGUE,
      }));
      for (const Item of [...dear, ...others]) {
        await own.client.send(new PutCommand({ TableName: own.names.catalogue, Item }));
      }
      await catalogOf(own).upsert(good.map((id) => plain(id)));
      for (const first of [1, 2, 3, 100]) expect(await idsOf(catalogOf(own).list, first)).toEqual(good);
    }));

  it('takes several queries when long descriptions make an answer too large', () =>
    withTables(async (own) => {
      const long = Array.from({ length: 81 }, (_, index) =>
        plain(index + 1, { description: '漢'.repeat(5000) }),
      );
      await catalogOf(own).upsert(long);
      expect(await catalogOf(own).list({ first: 80 })).toEqual({
        entries: long.slice(0, 80),
        hasNextPage: true,
      });
    }));
});

it('gives back every field, in the product’s own currency', () =>
  withTables(async (own) => {
    const full: Required<Product> = {
      id: 'TEE-M/42',
      name: 'ж'.repeat(200),
      price: { amount: MAX_PRICE, currency: 'KWD' },
      category: 'Kitchen',
      brand: '',
      description: 'x'.repeat(5000),
      imageUrl: '/pictures/42.svg',
      url: 'https://shop.example/42',
    };
    await catalogOf(own, [], 'KWD').upsert([full]);
    expect(await catalogOf(own).findMany([full.id])).toEqual([full]);
    expect(await catalogOf(own).list({ first: 1 })).toEqual({ entries: [full], hasNextPage: false });
  }));

it('sells no product that breaks the limits or stands under another key, and says so', () =>
  withTables(async (own) => {
    const reported: string[] = [];
    const records = [
      productToRecord(plain('yacht', { price: { amount: MAX_PRICE + 1, currency: 'USD' } })),
      productToRecord(plain('script', { url: 'javascript:alert(1)' })),
      { ...productToRecord(plain('kettle')), product_key: 'tteapot' },
    ];
    for (const Item of records) {
      await own.client.send(new PutCommand({ TableName: own.names.catalogue, Item }));
    }
    expect(await catalogOf(own, reported).findMany(['yacht', 'script', 'teapot'])).toEqual(
      Array(3).fill(undefined),
    );
    expect(reported.sort()).toEqual([
      expect.stringContaining('The product kettle cannot be read: product_key must be tkettle') as string,
      'The product yacht cannot be read: price must be a price in USD, from 0 to 1000000.00, but was the number 1000000.01',
      expect.stringContaining('product script.url must begin with') as string,
    ]);
  }));

it('fails with the signal’s reason when the time is over', async () => {
  const reason = new Error('time is over');
  const signal = AbortSignal.abort(reason);
  await expect(catalog.findMany(['1'], { signal })).rejects.toBe(reason);
  await expect(catalog.findMany(['1', '2'], { signal })).rejects.toBe(reason);
  await expect(catalog.list({ first: 1 }, { signal })).rejects.toBe(reason);
  await expect(catalog.upsert([plain(1)], { signal })).rejects.toBe(reason);
  await expect(catalog.withdraw(['1'], { signal })).rejects.toBe(reason);
});
