/** What the stores ask of DynamoDB, as it crosses the wire: an emulator's answers alone would not show it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cart } from '../../../src/cart/cart.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createDynamoDBCartStore } from '../../../src/stores/dynamodb/cart-store.ts';
import { createDynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { openDynamoDB, setUpTimeouts } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { changed, item, newCart, NOON } from '../../support/carts.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import {
  startDynamoDBProxy,
  type DynamoDBProxy,
  type Fault,
  type WireBody,
} from '../../support/dynamodb-proxy.ts';

let tables: TestTables;
let proxy: DynamoDBProxy;
let client: TestTables['client'];
let carts: CartStore;
let strong: CartStore;
/** From where on a test looks at the requests. */
let mark = 0;

beforeAll(async () => {
  tables = await createTestTables();
  proxy = await startDynamoDBProxy(tables.endpoint);
  client = openDynamoDB({
    region: 'local',
    endpoint: proxy.endpoint,
    ...setUpTimeouts,
  });
  const options = { client, tableName: tables.names.carts, clock: () => NOON };
  carts = createDynamoDBCartStore({ ...options, readConsistency: 'eventual' });
  strong = createDynamoDBCartStore({ ...options, readConsistency: 'strong' });
});
afterAll(async () => {
  expect(proxy.operations()).not.toContain('Scan');
  client.destroy();
  await proxy.close();
  await tables.drop();
});
beforeEach(() => {
  proxy.heal();
  mark = proxy.requests.length;
});

async function created(partial: Partial<Cart> = {}): Promise<Cart> {
  const cart = newCart(NOON, partial);
  await carts.commit([{ after: cart }]);
  mark = proxy.requests.length;
  return cart;
}

const sent = () => proxy.requests.slice(mark);
const operations = () => sent().map(({ operation }) => operation);

describe('load', () => {
  it.each([
    ['eventually consistent', () => carts, {}, false],
    ['consistent when asked to be', () => carts, { consistent: true }, true],
    ['consistent when configured so', () => strong, {}, true],
  ])('is one GetItem for one cart: %s', async (_, store, options, ConsistentRead) => {
    const { id } = await created();
    await store().load([id, id], options);
    expect(sent()).toMatchObject([
      { operation: 'GetItem', body: { Key: { cart_id: { S: id } }, ConsistentRead } },
    ]);
  });

  it.each([
    ['eventually consistent', () => carts, {}, false],
    ['consistent when asked to be', () => carts, { consistent: true }, true],
    ['consistent when configured so', () => strong, {}, true],
  ])(
    'is one BatchGetItem for several, each asked for once: %s',
    async (_, store, options, ConsistentRead) => {
      const [a, b] = [await created(), await created()];
      await store().load([a.id, b.id, a.id], options);
      const Keys = [{ cart_id: { S: a.id } }, { cart_id: { S: b.id } }];
      const RequestItems = { [tables.names.carts]: { Keys, ConsistentRead } };
      expect(sent()).toMatchObject([{ operation: 'BatchGetItem', body: { RequestItems } }]);
    },
  );

  it('asks for at most 100 carts at a time', async () => {
    await carts.load(Array.from({ length: 201 }, () => newCart(NOON).id));
    expect(operations()).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
  });

  it('asks again for what DynamoDB left undone', async () => {
    const all = [await created(), await created(), await created(), await created(), await created()];
    const table = tables.names.carts;
    const keysOf = (body: WireBody) =>
      (body['RequestItems'] as Record<string, { Keys: unknown[] }>)[table]?.Keys ?? [];
    const half: Fault = {
      kind: 'alter',
      request: (body) => ({ RequestItems: { [table]: { Keys: keysOf(body).slice(0, 2) } } }),
      answer: (answer, body) => ({
        ...answer,
        UnprocessedKeys: { [table]: { Keys: keysOf(body).slice(2) } },
      }),
    };
    const nothing: Fault = {
      kind: 'alter',
      request: (body) => body,
      answer: (_, body) => ({ Responses: {}, UnprocessedKeys: body['RequestItems'] as WireBody }),
    };
    proxy.injectOnce('BatchGetItem', half, nothing, nothing, half);
    expect(await carts.load(all.map(({ id }) => id))).toEqual(all);
    expect(sent().map(({ body }) => keysOf(body).length)).toEqual([5, 3, 3, 3, 1]);
  });

  it('asks no more when the time is over', async () => {
    const ids = [newCart(NOON).id, newCart(NOON).id];
    const answer = (_: WireBody, body: WireBody) => ({ UnprocessedKeys: body['RequestItems'] as WireBody });
    const nothing: Fault = { kind: 'alter', request: (body) => body, answer };
    proxy.injectAlways('BatchGetItem', nothing);
    const deadline = new AbortController();
    const load = carts.load(ids, { signal: deadline.signal });
    await expect.poll(() => operations().length, { timeout: 10_000 }).toBeGreaterThan(2);
    deadline.abort(new Error('time is over'));
    await expect(load).rejects.toThrow('time is over');
  });
});

describe('commit', () => {
  it('is one conditional PutItem for one cart', async () => {
    const cart = await created();
    await carts.commit([{ before: cart, after: changed(cart, NOON) }]);
    expect(operations()).toEqual(['PutItem']);
    const condition = String(sent()[0]?.body['ConditionExpression']);
    expect(condition).toContain('#version = :version');
    expect(condition).toContain('#expiration_time > :now');
    expect(sent()[0]?.body['ExpressionAttributeValues']).toEqual({
      ':version': { N: '1' },
      ':created_at': { S: '2026-01-19T22:15:00.123Z' },
      ':now': { N: String(Math.floor(NOON / 1000)) },
    });
  });

  it('is one TransactWriteItems for several, each with its condition and one token', async () => {
    const [a, b] = [await created(), await created()];
    await carts.commit([
      { before: a, after: changed(a, NOON) },
      { before: b, after: changed(b, NOON) },
      { after: newCart(NOON) },
    ]);
    expect(operations()).toEqual(['TransactWriteItems']);
    const condition = (text: string) => ({
      Put: { ConditionExpression: expect.stringContaining(text) as string },
    });
    expect(sent()[0]?.body).toMatchObject({
      ClientRequestToken: expect.stringMatching(/^.{36}$/) as string,
      TransactItems: [
        condition('#version ='),
        condition('#version ='),
        condition('attribute_not_exists(#cart_id)'),
      ],
    });
  });

  it('sends prices as exact decimals', async () => {
    await created({ items: [{ ...item(1, 3), unitPrice: 2999 }] });
    expect(proxy.requests.at(-1)?.body['Item']).toMatchObject({
      total_amount: { N: '89.97' },
      items: { L: [{ M: { product_price: { N: '29.99' }, quantity: { N: '3' } } }] },
    });
  });
});

describe('listByCustomer', () => {
  let lastCustomer = 0;
  const fill = async (statuses: readonly Cart['status'][]) => {
    const customerId = String((lastCustomer += 1));
    const list: Cart[] = [];
    for (const [index, status] of statuses.entries()) {
      const merged = status === 'MERGED' && { mergedIntoCartId: newCart(NOON).id };
      const times = { createdAt: NOON + index, updatedAt: NOON + index };
      list.unshift(await created({ customerId, status, ...times, ...merged }));
    }
    return { customerId, list };
  };
  const limits = () => sent().map(({ body }) => body['Limit']);
  /** As if the answer had become too large after so many entries. */
  const endsAfter = (Limit: number): Fault => ({ kind: 'alter', request: (body) => ({ ...body, Limit }) });

  it('is one Query on the index, never consistent, that looks one entry ahead', async () => {
    const { customerId, list } = await fill(['ACTIVE', 'ACTIVE', 'ACTIVE']);
    const page = await strong.listByCustomer(customerId, { first: 2 });
    expect(page).toEqual({ entries: list.slice(0, 2), hasNextPage: true });
    expect(sent()).toMatchObject([
      { operation: 'Query', body: { IndexName: 'CustomerIndex', ScanIndexForward: false, Limit: 3 } },
    ]);
    expect(sent()[0]?.body['ConsistentRead'] ?? false).toBe(false);
  });

  it('goes on at a cursor alone, also when its cart is gone', async () => {
    const { customerId, list } = await fill(['ACTIVE', 'ACTIVE', 'ACTIVE']);
    const between = { createdAt: NOON + 1, id: 'ffffffff-ffff-4fff-bfff-ffffffffffff' };
    const page = await carts.listByCustomer(customerId, { first: 5, after: between });
    expect(page).toEqual({ entries: list.slice(1), hasNextPage: false });
    const late = { createdAt: 999_999_999_999_999, id: between.id };
    expect((await carts.listByCustomer(customerId, { first: 5, after: late })).entries).toEqual(list);
  });

  it('looks twice as far with each further query, until the page is full and certain', async () => {
    const rest = Array<Cart['status']>(9).fill('MERGED');
    const { customerId, list } = await fill(['ACTIVE', ...rest, 'ACTIVE']);
    const page = await carts.listByCustomer(customerId, { first: 2, status: 'ACTIVE' });
    expect(page).toEqual({ entries: [list[0], list[10]], hasNextPage: false });
    expect(limits()).toEqual([3, 6, 12]);
  });

  it('gives up after 10 queries with a short page that says where to go on', async () => {
    const rest = Array<Cart['status']>(10).fill('MERGED');
    const { customerId, list } = await fill(['ACTIVE', 'ACTIVE', ...rest, 'ACTIVE']);
    proxy.injectOnce('Query', ...Array<Fault>(10).fill(endsAfter(1)));
    const page = await carts.listByCustomer(customerId, { first: 2, status: 'ACTIVE' });
    expect(operations()).toEqual(Array(10).fill('Query'));
    const { createdAt, id } = list[9] as Cart;
    expect(page).toEqual({ entries: [list[0]], hasNextPage: true, resumeAfter: { createdAt, id } });
    const next = await carts.listByCustomer(customerId, {
      first: 2,
      status: 'ACTIVE',
      after: { createdAt, id },
    });
    expect(next).toEqual({ entries: list.slice(11), hasNextPage: false });
  });
});

describe('the catalogue', () => {
  const products = [1, 2, 3].map((id) => ({
    id: String(id),
    name: `P${id}`,
    price: { amount: id * 100, currency: 'USD' },
  }));
  const catalog = () => createDynamoDBCatalog({ client, tableName: tables.names.catalogue, currency: 'USD' });

  it('is listed by one Query on its index and found by key', async () => {
    await catalog().upsert(products);
    expect(operations()).toEqual(['TransactWriteItems']);
    mark = proxy.requests.length;
    expect(await catalog().list({ first: 2 })).toEqual({ entries: products.slice(0, 2), hasNextPage: true });
    expect(await catalog().findMany(['3', '1', '3'])).toEqual([products[2], products[0], products[2]]);
    expect(sent()).toMatchObject([
      { operation: 'Query', body: { IndexName: 'CatalogueIndex', Limit: 3 } },
      { operation: 'BatchGetItem' },
    ]);
  });
});
