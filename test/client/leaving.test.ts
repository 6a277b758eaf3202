/** Carts, tabs and shoppers that go while something is on its way. */
import { describe, expect, it } from 'vitest';
import { cart, current, customers, gate, made, openScripted, refused, turn } from './scripted.ts';

const merged = { ...cart, status: 'MERGED', version: 3, mergedIntoCartId: customers.id } as const;
const others = { ...customers, id: '0c0e0a00-0000-4000-8000-00000000dddd', customerId: 'grace' };

it('a late answer that the cart of before is gone takes away no cart that has come in its place', async () => {
  const answer = gate();
  const { client } = openScripted(async ({ operation }) => {
    if (operation !== 'UpdateCart') return current(customers);
    await answer.passed;
    return refused('CART_NOT_ACTIVE', merged);
  });
  client.learn(cart);
  const changing = client.updateCart({ note: 'Ring twice' });
  await turn();
  await client.load();
  answer.open();
  expect(await changing).toMatchObject({ kind: 'gone' });
  expect(client.getSnapshot().cart).toMatchObject({ id: customers.id });
});

it('a change that is made after close() is told as made', async () => {
  const channel = new BroadcastChannel('leaving');
  const { client } = openScripted(() => made({ ...cart, version: 2 }), { channel });
  client.learn(cart);
  const clearing = client.clear();
  client.close();
  expect(await clearing).toMatchObject({ ok: true });
});

it('a change before the cart was looked for looks for it first', async () => {
  const { client, operations } = openScripted(({ operation }) =>
    operation === 'CurrentCart' ? current(customers) : made({ ...customers, version: 2, note: 'x' }),
  );
  expect(await client.updateCart({ note: 'x' })).toMatchObject({ ok: true, cart: { note: 'x' } });
  expect(operations()).toEqual(['CurrentCart', 'UpdateCart']);
});

it('where it cannot be looked for, nobody says that there is none', async () => {
  const { client } = openScripted(() => {
    throw new TypeError('fetch failed');
  });
  expect(await client.updateCart({ note: 'x' })).toMatchObject({
    kind: 'failed',
    errors: [{ code: 'NO_ANSWER' }],
  });
  expect(client.getSnapshot().loaded).toBe(false);
});

it('what a storage that is full does not take, the page remembers', async () => {
  const storage = {
    getItem: () => JSON.stringify({ change: 'of before' }),
    setItem() {
      throw new DOMException('No room.', 'QuotaExceededError');
    },
  };
  const { client } = openScripted(
    ({ operation, isKept }) =>
      operation === 'CurrentCart' ? current(null, isKept ? cart : null) : made(cart),
    { storage },
  );
  await client.load();
  await client.addItems([{ productId: '1', quantity: 1 }]);
  await client.load();
  expect(client.getSnapshot().cart).toMatchObject({ id: cart.id });
});

describe('after forget()', () => {
  /** Ada's changes cannot get through until she has left, and Grace has come. */
  async function openChanging() {
    const state = { token: 'ada' };
    const sending = gate();
    const scripted = openScripted(
      async ({ operation, authorization }) => {
        const own = authorization === 'Bearer ada' ? customers : others;
        if (operation === 'CurrentCart') return current(own);
        if (operation === 'OpenCart') return made(own);
        await sending.passed;
        if (state.token === 'ada') throw new TypeError('fetch failed');
        return made({ ...own, version: 2, note: 'as asked for' });
      },
      { getToken: () => state.token },
    );
    await scripted.client.load();
    const price = { amount: '1.00', currency: 'USD' };
    const changes = [1, 2].map((quantity) =>
      scripted.client.addItems([{ productId: '1', quantity, preview: { name: 'Alpha', price } }]),
    );
    await turn();
    scripted.client.forget();
    state.token = 'grace';
    await scripted.client.load();
    return { ...scripted, changes, sending };
  }

  it('nothing that waits is shown to the next shopper, or sent for them', async () => {
    const { client, changes, sending, asked } = await openChanging();
    expect(client.getSnapshot()).toMatchObject({ pending: 0, cart: { id: others.id, items: [] } });
    sending.open();
    const results = await Promise.all(changes);
    expect(results[1]).toMatchObject({ ok: false, kind: 'gone' });
    const sent = asked.filter(({ operation }) => operation === 'AddCartItems');
    expect(sent).toMatchObject([
      { operation: 'AddCartItems', cartId: customers.id, authorization: 'Bearer ada' },
    ]);
    expect(client.getSnapshot().cart).toMatchObject({ id: others.id, version: 1 });
    expect(await client.updateCart({ note: 'Mine' })).toMatchObject({ ok: true, cart: { id: others.id } });
  });

  it('an opening that is answered late is not the cart of the next shopper', async () => {
    const opening = gate();
    const { client } = openScripted(async ({ operation }) => {
      if (operation !== 'OpenCart') return current(others);
      await opening.passed;
      return made(customers);
    });
    const adding = client.addItems([{ productId: '1', quantity: 1 }]);
    await turn();
    client.forget();
    await client.load();
    opening.open();
    expect(await adding).toMatchObject({ ok: false });
    expect(client.getSnapshot().cart).toMatchObject({ id: others.id });
  });
});
