/** Changes of the catalogue: all or none, what is left undone again, and what is in each other's way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/cart/input-error.ts';
import { MAX_DESCRIPTION, MAX_LABEL, MAX_NAME, MAX_URL, type Product } from '../../../src/cart/product.ts';
import { MAX_PRICE } from '../../../src/cart/money.ts';
import { createDynamoDBCatalog, type DynamoDBCatalog } from '../../../src/stores/dynamodb/catalog.ts';
import { openDynamoDB, setUpTimeouts } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { createTestTables, type TestTables } from '../../support/dynamodb.ts';
import { startDynamoDBProxy, type DynamoDBProxy, type WireBody } from '../../support/dynamodb-proxy.ts';
import { itemSize } from '../../support/item-size.ts';
import { cancelled, lostAnswer } from './faulty-carts.ts';

let tables: TestTables;
let proxy: DynamoDBProxy;
let client: TestTables['client'];
let catalog: DynamoDBCatalog;
let mark = 0;
/** Clients of bulk loads that were opened and not yet destroyed. */
let open = 0;

beforeAll(async () => {
  tables = await createTestTables();
  proxy = await startDynamoDBProxy(tables.endpoint);
  const connect = () => openDynamoDB({ region: 'local', endpoint: proxy.endpoint, ...setUpTimeouts });
  client = connect();
  const openClient = () => {
    const bulk = connect();
    const destroy = bulk.destroy.bind(bulk);
    open += 1;
    bulk.destroy = () => {
      open -= 1;
      destroy();
    };
    return bulk;
  };
  const bulk = { openClient, inTransactions: false };
  catalog = createDynamoDBCatalog({ client, tableName: tables.names.catalogue, currency: 'USD', bulk });
});
afterAll(async () => {
  client.destroy();
  await proxy.close();
  await tables.drop();
});

const operations = () => proxy.requests.slice(mark).map(({ operation }) => operation);
const start = () => (mark = proxy.requests.length);
const named = (...ids: (string | number)[]): Product[] =>
  ids.map((id) => ({ id: String(id), name: `P ${id}`, price: { amount: 1, currency: 'USD' } }));
const sold = async (...ids: string[]) => (await catalog.findMany(ids)).map((product) => product?.name);

describe('upsert', () => {
  it('adds and replaces, up to 100 in one transaction', async () => {
    start();
    await catalog.upsert(named(...Array.from({ length: 100 }, (_, index) => `u${index}`)));
    await catalog.upsert([{ ...(named('u1')[0] as Product), name: 'Renamed' }]);
    expect(operations()).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(await sold('u0', 'u1', 'u99')).toEqual(['P u0', 'Renamed', 'P u99']);
    start();
    await catalog.upsert([]);
    expect(operations()).toEqual([]);
  });

  it('is all or none: for one that breaks the limits, another currency, one twice', async () => {
    start();
    const [good] = named('n1') as [Product];
    for (const [bad, message] of [
      [{ ...good, id: 'n2', name: 'x'.repeat(256) }, 'products[1].name must have at most 255 characters'],
      [
        { ...good, id: 'n2', price: { amount: 1, currency: 'JPY' } },
        'products[1].price.currency must be USD, but was "JPY"',
      ],
      [good, 'products must name each product once, but was "product n1 twice"'],
    ] as const) {
      const refused = catalog.upsert([good, bad]);
      await expect(refused).rejects.toThrow(InputError);
      await expect(refused).rejects.toThrow(message);
    }
    expect(operations()).toEqual([]);
    expect(await sold('n1')).toEqual([undefined]);
  });

  it('takes 100 products with every text at its longest: 3.92 MB, of 4 that a transaction may have', async () => {
    const four = '😀';
    const longest = Array.from({ length: 100 }, (_, index): Required<Product> => ({
      id: `${index}-`.padEnd(128, 'x'),
      name: four.repeat(MAX_NAME.bytes / 4),
      price: { amount: MAX_PRICE - 1, currency: 'USD' },
      category: four.repeat(MAX_LABEL),
      brand: four.repeat(MAX_LABEL),
      description: four.repeat(MAX_DESCRIPTION),
      imageUrl: `/${four.repeat(MAX_URL - 1)}`,
      url: `/${four.repeat(MAX_URL - 1)}`,
    }));
    start();
    await catalog.upsert(longest);
    expect(operations()).toEqual(['TransactWriteItems']);
    const puts = proxy.requests[mark]?.body['TransactItems'] as {
      Put: { Item: Parameters<typeof itemSize>[0] };
    }[];
    const bytes = puts.reduce((sum, { Put }) => sum + itemSize(Put.Item), 0);
    expect(bytes).toBeGreaterThan(3_900_000);
    expect(bytes).toBeLessThan(4_000_000);
    const ids = longest.map(({ id }) => id);
    expect(await catalog.findMany(ids)).toEqual(longest);
    await catalog.withdraw(ids);
  });

  it('writes more than 100 in batches by a client of their own, the last ones at the end', async () => {
    start();
    const many = named(...Array.from({ length: 130 }, (_, index) => `m${index}`));
    const table = tables.names.catalogue;
    const putsOf = (body: WireBody) => (body['RequestItems'] as Record<string, unknown[]>)[table] ?? [];
    proxy.injectOnce('BatchWriteItem', {
      kind: 'alter',
      request: (body) => ({ RequestItems: { [table]: putsOf(body).slice(0, 10) } }),
      answer: (_, body) => ({ UnprocessedItems: { [table]: putsOf(body).slice(10) } }),
    });
    await catalog.upsert(many);
    const sizes = proxy.requests.slice(mark).map(({ body }) => putsOf(body).length);
    expect(operations()).toEqual(Array(7).fill('BatchWriteItem'));
    expect(sizes.reduce((sum, size) => sum + size)).toBe(130 + 15);
    expect(sizes.at(-1)).toBe(5);
    expect(JSON.stringify(proxy.requests.at(-1)?.body)).toContain('"m129"');
    expect(open).toBe(0);
    expect(await catalog.findMany(many.map(({ id }) => id))).toEqual(many);
  });

  it('is tried again when another transaction is in the way, and given up after five attempts', async () => {
    start();
    proxy.injectOnce(
      'TransactWriteItems',
      cancelled('TransactionConflict'),
      cancelled('TransactionConflict'),
    );
    await catalog.upsert(named('c1'));
    expect(operations()).toHaveLength(3);
    proxy.injectAlways('TransactWriteItems', cancelled('TransactionConflict'));
    start();
    await expect(catalog.upsert(named('c2'))).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(operations()).toHaveLength(5);
    proxy.heal();
  });
});

describe('withdraw', () => {
  it('takes products off sale in one transaction, and names those that were sold', async () => {
    await catalog.upsert(named('w1', 'w2', '17'));
    start();
    expect(await catalog.withdraw(['17', 'never', 'w1'])).toEqual(['17', 'w1']);
    expect(operations()).toEqual(['BatchGetItem', 'TransactWriteItems']);
    const RequestItems = { [tables.names.catalogue]: { ConsistentRead: true } };
    expect(proxy.requests[mark]?.body).toMatchObject({ RequestItems });
    expect(await sold('17', 'w1', 'w2')).toEqual([undefined, undefined, 'P w2']);
    expect(await catalog.withdraw(['17', 'never', 'w1'])).toEqual([]);
    expect(await catalog.withdraw([])).toEqual([]);
  });

  it('names them also when the answer is lost', async () => {
    await catalog.upsert(named('l1'));
    proxy.injectOnce('TransactWriteItems', lostAnswer);
    expect(await catalog.withdraw(['l1', 'l2'])).toEqual(['l1']);
  });

  it('looks again when somebody else has changed the same products meanwhile', async () => {
    await catalog.upsert(named('r1', 'r2'));
    const others = createDynamoDBCatalog({
      client: tables.client,
      tableName: tables.names.catalogue,
      currency: 'USD',
    });
    const meanwhile = async () => {
      await others.withdraw(['r1']);
      await others.upsert(named('r3'));
    };
    proxy.injectOnce('BatchGetItem', {
      kind: 'alter',
      request: (body) => body,
      answer: async (answer) => {
        await meanwhile();
        return answer;
      },
    });
    start();
    expect(await catalog.withdraw(['r1', 'r2', 'r3'])).toEqual(['r2', 'r3']);
    expect(operations()).toEqual([
      'BatchGetItem',
      'TransactWriteItems',
      'BatchGetItem',
      'TransactWriteItems',
    ]);
    expect(await sold('r1', 'r2', 'r3')).toEqual([undefined, undefined, undefined]);
  });

  it('lets one of many at the same moment have withdrawn each product', async () => {
    const ids = ['x1', 'x2', 'x3'];
    await catalog.upsert(named(...ids));
    const answers = await Promise.all(Array.from({ length: 4 }, () => catalog.withdraw(ids)));
    expect(answers.flat().sort()).toEqual(ids);
  });
});
