/** Graphcache with the keys and resolvers of `@cartwright/client/urql`, and urql's simple cache, against the service. */
import { cacheExchange as simpleCache, Client, fetchExchange, type Exchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartContext, keys, possibleTypes, resolvers } from '../../client/src/urql/index.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';
import { createHeldFetch, CREATE, PRODUCTS, READ, UPDATE, type CartData } from './operations.ts';

describe.each(storeTypes)('urql, on %s', (type) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(type);
  });
  afterAll(() => app.close());

  function open(cache?: Exchange) {
    const held = createHeldFetch();
    /** What Graphcache cannot put together. */
    const faults: string[] = [];
    const logger = (severity: string, message: string) => {
      // Of what is not cached yet it tells besides; and without the whole schema it misses, in answers, fields of types that they are not of.
      if (severity !== 'debug' && !message.includes('on "LimitError"')) faults.push(message);
    };
    const client = new Client({
      url: `${app.url}/graphql`,
      fetch: held.fetch,
      preferGetMethod: false,
      exchanges: [cache ?? cacheExchange({ possibleTypes, keys, resolvers, logger }), fetchExchange],
    });
    return {
      ...held,
      faults,
      client,
      async create(quantity = 1): Promise<CartData> {
        const { data } = await client.mutation(CREATE, { input: { items: [{ productId: '1', quantity }] } });
        if (!data?.change.cart) throw new Error('There is no cart.');
        return data.change.cart;
      },
      async update({ id }: CartData, quantity: number) {
        const input = { cartId: id, items: [{ itemId: `${id}:1`, quantity }] };
        const { data } = await client.mutation(UPDATE, { input });
        return data?.change;
      },
      async read({ id }: CartData) {
        const { data } = await client.query(READ, { id }, { requestPolicy: 'cache-first' });
        return data?.cart;
      },
    };
  }

  it('an answer that was asked for before a change overwrites nothing of the change', async () => {
    const { client, create, update, read, hold, faults } = open();
    const cart = await create();
    const late = hold('Read');
    const reading = client.query(READ, { id: cart.id }, { requestPolicy: 'network-only' }).toPromise();
    await late.answered;
    await update(cart, 5);
    late.release();
    await reading;
    expect(await read(cart)).toMatchObject({ version: 2, items: [{ quantity: 5 }], item: { quantity: 5 } });
    expect(faults).toEqual([]);
  });

  it('two changes whose answers overtake one another end with the later one', async () => {
    const { create, update, read, hold, faults } = open();
    const cart = await create();
    const late = hold('Update');
    const first = update(cart, 2);
    await late.answered;
    const second = update(cart, 7);
    late.release();
    await Promise.all([first, second]);
    expect(await read(cart)).toMatchObject({ version: 3, items: [{ quantity: 7 }] });
    expect(faults).toEqual([]);
  });

  it('a cart that an answer has brought is found by its id, without a request', async () => {
    const { create, read, sent, faults } = open();
    const cart = await create();
    expect(await read(cart)).toMatchObject({ id: cart.id, version: 1, items: [{ id: `${cart.id}:1` }] });
    expect(sent).toEqual(['Create']);
    expect(faults).toEqual([]);
  });

  it('a cart that is not there is not', async () => {
    const { client, faults } = open();
    const { data } = await client.query(READ, { id: crypto.randomUUID() });
    expect(data).toEqual({ cart: null });
    expect(faults).toEqual([]);
  });

  it('refusals and pages of products need no keys of their own', async () => {
    const { client, create, update, faults } = open();
    expect((await update(await create(), 10_000))?.userErrors).toMatchObject([{ limit: 9999 }]);
    const { data } = await client.query(PRODUCTS, {});
    expect(data?.products.nodes).toHaveLength(3);
    expect(faults).toEqual([]);
  });

  it('two carts with the same product show their own quantities', async () => {
    const { create, read } = open();
    const carts = [await create(1), await create(5)];
    expect(await Promise.all(carts.map(read))).toMatchObject([
      { items: [{ quantity: 1 }] },
      { items: [{ quantity: 5 }] },
    ]);
  });

  it('the simple cache asks again after a change', async () => {
    const { client, create, update, sent } = open(simpleCache);
    const cart = await create();
    const read = () => client.query(READ, { id: cart.id }, cartContext).toPromise();
    await read();
    await read();
    await update(cart, 4);
    expect((await read()).data?.cart?.items).toMatchObject([{ quantity: 4 }]);
    expect(sent).toEqual(['Create', 'Read', 'Update', 'Read']);
  });
});
