/** Apollo Client's own cache with the policies of `@cartwright/client/apollo`, and without, against the service. */
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { possibleTypes, typePolicies } from '../../client/src/apollo/index.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';
import { createHeldFetch, CREATE, PRODUCTS, READ, UPDATE, type CartData } from './operations.ts';

const warned = vi.spyOn(console, 'warn');
const failed = vi.spyOn(console, 'error');
afterAll(() => {
  warned.mockRestore();
  failed.mockRestore();
});

describe.each(storeTypes)('Apollo Client, on %s', (type) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(type);
  });
  afterAll(() => app.close());
  // Its cache says on the console what it cannot put together.
  afterEach(() => {
    expect([...warned.mock.calls, ...failed.mock.calls]).toEqual([]);
  });

  function open(cache = new InMemoryCache({ possibleTypes, typePolicies })) {
    const held = createHeldFetch();
    const link = new HttpLink({ uri: `${app.url}/graphql`, fetch: held.fetch });
    const client = new ApolloClient({ link, cache });
    return {
      ...held,
      client,
      async create(quantity = 1): Promise<CartData> {
        const input = { items: [{ productId: '1', quantity }], attributes: [{ key: 'from', value: 'mail' }] };
        const { data } = await client.mutate({ mutation: CREATE, variables: { input } });
        if (!data?.change.cart) throw new Error('There is no cart.');
        return data.change.cart;
      },
      async update({ id }: CartData, quantity: number) {
        const input = { cartId: id, items: [{ itemId: `${id}:1`, quantity }] };
        const { data } = await client.mutate({ mutation: UPDATE, variables: { input } });
        return data?.change;
      },
      cached: ({ id }: CartData) => client.readQuery({ query: READ, variables: { id } })?.cart,
    };
  }

  it('an older answer overwrites nothing of a newer one: neither the cart nor its items', async () => {
    const { client, create, update, cached, hold } = open();
    const cart = await create();
    const late = hold('Read');
    const { id } = cart;
    const reading = client.query({ query: READ, variables: { id }, fetchPolicy: 'network-only' });
    await late.answered;
    await update(cart, 5);
    late.release();
    const newer = {
      version: 2,
      totalAmount: { amount: '149.95' },
      items: [{ quantity: 5 }],
      item: { quantity: 5 },
    };
    expect((await reading).data?.cart).toMatchObject(newer);
    expect(cached(cart)).toMatchObject(newer);
  });

  it('two changes whose answers overtake one another end with the later one', async () => {
    const { create, update, cached, hold } = open();
    const cart = await create();
    const late = hold('Update');
    const first = update(cart, 2);
    await late.answered;
    await update(cart, 7);
    late.release();
    expect((await first)?.userErrors).toEqual([]);
    expect(cached(cart)).toMatchObject({ version: 3, items: [{ quantity: 7 }] });
  });

  it('a cart that an answer has brought is found by its id, without a request', async () => {
    const { client, create, sent } = open();
    const { id } = await create();
    const { data } = await client.query({ query: READ, variables: { id } });
    expect(data?.cart).toMatchObject({ id, version: 1, attributes: [{ key: 'from', value: 'mail' }] });
    expect(sent).toEqual(['Create']);
  });

  it('`Cart.item` follows the items', async () => {
    const { create, update, cached } = open();
    const cart = await create();
    expect(cached(cart)?.item).toMatchObject({ id: `${cart.id}:1`, quantity: 1 });
    await update(cart, 0);
    expect(cached(cart)).toMatchObject({ items: [], item: null });
  });

  it('what is expected is shown at once, and taken back when it is refused', async () => {
    const { client, create, cached } = open();
    const cart = await create(3);
    const { id } = cart;
    const item = { __typename: 'CartItem', id: `${id}:1`, productId: '1', quantity: 10_000 };
    const change = { __typename: 'Payload', userErrors: [], cart: { ...cart, items: [item], item } };
    const refused = client.mutate({
      mutation: UPDATE,
      variables: { input: { cartId: id, items: [{ itemId: item.id, quantity: item.quantity }] } },
      optimisticResponse: { change },
    });
    const shown = client.cache.readQuery({ query: READ, variables: { id } }, true);
    expect(shown?.cart?.items).toMatchObject([{ quantity: 10_000 }]);
    expect((await refused).data?.change.userErrors).toMatchObject([
      { code: 'QUANTITY_LIMIT_EXCEEDED', limit: 9999 },
    ]);
    expect(cached(cart)?.items).toMatchObject([{ quantity: 3 }]);
  });

  it('pages come one behind the other', async () => {
    const { client } = open();
    const query = client.watchQuery({ query: PRODUCTS, variables: {} });
    const { data: first } = await query.refetch();
    await query.fetchMore({ variables: { after: first?.products.pageInfo.endCursor ?? null } });
    const all = client.readQuery({ query: PRODUCTS, variables: {} });
    expect(all?.products.nodes.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('two carts with the same product show their own quantities, in the default cache too', async () => {
    for (const cache of [undefined, new InMemoryCache({ possibleTypes })]) {
      const { create, cached, client } = open(cache);
      const carts = [await create(1), await create(5)];
      for (const { id } of carts) await client.query({ query: READ, variables: { id } });
      expect(carts.map((cart) => cached(cart)?.items)).toMatchObject([[{ quantity: 1 }], [{ quantity: 5 }]]);
    }
  });
});
