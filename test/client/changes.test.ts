import { describe, expect, it } from 'vitest';
import { itemId, match } from '../../client/src/index.ts';
import { storeTypes } from '../support/test-app.ts';
import { cartOf, contentOf, openService } from './open-service.ts';
import { bodyOf } from './tabs.ts';

describe.each(storeTypes)('changes, on %s', (type) => {
  const service = openService(type);

  const sell = (id: string, amount: number) =>
    service.app.sell({ id, name: 'Ring', price: { amount, currency: 'USD' } });

  async function openWith(quantity: number) {
    const client = service.open();
    const cart = cartOf(await client.addItems([{ productId: '1', quantity }]));
    return { client, cart, id: cart.items[0]?.id ?? '' };
  }

  it('are shown at once, as the service will have them', async () => {
    const { client, cart, id } = await openWith(2);
    const attributes = [
      { key: 'wrap', value: 'red' },
      { key: 'engraving', value: 'Für Ada' },
    ];
    const price = { amount: '49.99', currency: 'USD' };
    await sell('2', 4999);
    const ended = [
      client.updateItems([{ itemId: id, quantity: 3 }]),
      client.addItems([{ productId: '2', quantity: 2, attributes, preview: { name: 'Ring', price } }]),
      client.updateCart({ note: 'Ring twice', attributes: [{ key: 'from', value: 'mail' }] }),
    ];
    const { cart: shown, confirmed, pending } = client.getSnapshot();
    expect([confirmed?.version, pending]).toEqual([cart.version, 3]);
    const ring = itemId(cart.id, { productId: '2', attributes });
    for (const result of await Promise.all(ended)) cartOf(result);
    const { cart: made } = client.getSnapshot();
    expect(made?.items[1]?.id).toBe(ring);
    expect({ ...shown, version: 0, updatedAt: '', expiresAt: '' }).toEqual({
      ...made,
      version: 0,
      updatedAt: '',
      expiresAt: '',
    });
    expect(client.getSnapshot().pending).toBe(0);
    // And away again.
    const away = client.removeItems([ring]);
    expect(contentOf(client.getSnapshot().cart)).toEqual([['1', 3]]);
    expect(contentOf(cartOf(await away))).toEqual([['1', 3]]);
    const emptied = client.clear();
    expect(client.getSnapshot().cart).toMatchObject({ itemCount: 0, totalAmount: { amount: '0.00' } });
    cartOf(await emptied);
  });

  it('the first item is shown at once, before there is a cart, and can be changed there', async () => {
    const client = service.open();
    await client.load();
    const price = { amount: '29.99', currency: 'USD' };
    const adding = client.addItems([{ productId: '1', quantity: 2, preview: { name: 'Alpha', price } }]);
    const { cart: begun, confirmed } = client.getSnapshot();
    expect(confirmed).toBeUndefined();
    expect(begun).toMatchObject({ itemCount: 2, totalAmount: { amount: '59.98' }, items: [{ quantity: 2 }] });
    const id = begun?.items[0]?.id ?? '';
    const seen: (number | undefined)[] = [];
    const end = client.subscribe(() => seen.push(client.getSnapshot().cart?.itemCount));
    const changing = client.updateItems([{ itemId: id, quantity: 3 }]);
    cartOf(await adding);
    expect(contentOf(cartOf(await changing))).toEqual([['1', 3]]);
    // From the moment it was asked for, whatever the service had answered by then.
    expect(new Set(seen)).toEqual(new Set([3]));
    end();
    expect(contentOf(cartOf(await client.removeItems([id])))).toEqual([]);
    // A cart that was checked out stays as it is: what is added is shown in the next one.
    cartOf(await client.addItems([{ productId: '1', quantity: 1 }]));
    expect((await client.checkOut()).kind).toBe('ok');
    const next = client.addItems([{ productId: '1', quantity: 4, preview: { name: 'Alpha', price } }]);
    expect(client.getSnapshot().cart).toMatchObject({ id: '', itemCount: 4, status: 'ACTIVE' });
    cartOf(await next);
  });

  it('a first item that is refused, or that no service takes, is taken back', async () => {
    const price = { amount: '1.00', currency: 'USD' };
    const item = { productId: 'unknown', quantity: 1, preview: { name: 'Nothing', price } };
    const client = service.open();
    await client.load();
    const refused = client.addItems([item]);
    expect(client.getSnapshot().cart?.itemCount).toBe(1);
    expect(await refused).toMatchObject({ kind: 'refused', errors: [{ code: 'PRODUCT_NOT_FOUND' }] });
    expect(client.getSnapshot()).toMatchObject({ cart: { itemCount: 0 }, pending: 0 });

    let isThere = true;
    const alone = service.open(undefined, {
      fetch: (...request) => (isThere ? fetch(...request) : Promise.reject(new TypeError('no network'))),
    });
    await alone.load();
    isThere = false;
    const failed = alone.addItems([item], { deadline: 1 });
    expect(alone.getSnapshot().cart?.itemCount).toBe(1);
    expect(await failed).toMatchObject({ ok: false });
    expect(alone.getSnapshot()).toMatchObject({ cart: undefined, pending: 0 });
  });

  it('that are refused are taken back', async () => {
    const { client, id } = await openWith(2);
    const refused = client.updateItems([{ itemId: id, quantity: 10_000 }]);
    expect(client.getSnapshot().cart?.itemCount).toBe(10_000);
    expect(await refused).toMatchObject({
      ok: false,
      kind: 'refused',
      cart: { itemCount: 2 },
      errors: [{ code: 'QUANTITY_LIMIT_EXCEEDED', limit: 9999 }],
    });
    expect(client.getSnapshot()).toMatchObject({ cart: { itemCount: 2 }, pending: 0 });
    expect(await client.addItems([{ productId: 'unheard of', quantity: 1 }])).toMatchObject({
      ok: false,
      kind: 'failed',
      errors: [{ code: 'BAD_USER_INPUT' }],
    });
    expect(await client.addItems([{ productId: 'unknown', quantity: 1 }])).toMatchObject({
      kind: 'refused',
      errors: [{ code: 'PRODUCT_NOT_FOUND', productId: 'unknown' }],
    });
  });

  it('that meet those of somebody else are conflicts where the page asks for it', async () => {
    const { client, cart, id } = await openWith(2);
    const other = service.open();
    other.learn(cart);
    cartOf(await other.updateItems([{ itemId: id, quantity: 5 }]));
    const result = await client.updateItems([{ itemId: id, quantity: 3 }], { expectedVersion: cart.version });
    expect(result).toMatchObject({ kind: 'conflict', currentVersion: 3, cart: { itemCount: 5 } });
    expect(client.getSnapshot().cart?.itemCount).toBe(5);
  });

  it('prices: a check-out is refused until they are taken or accepted', async () => {
    const { client, cart } = await openWith(1);
    await sell('1', 5999);
    const current = { amount: '59.99', currency: 'USD' };
    const change = { itemId: cart.items[0]?.id, currentPrice: current };
    expect(await client.priceChanges()).toMatchObject({ ok: true, data: [change] });
    expect(await client.checkOut()).toMatchObject({ kind: 'priceChanged', priceChanges: [change] });
    expect(await client.refreshPrices()).toMatchObject({ ok: true, priceChanges: [change] });
    expect(await client.priceChanges()).toMatchObject({ ok: true, data: [] });
    const mismatch = await client.checkOut({ expectedTotal: cart.totalAmount.amount });
    expect(mismatch).toMatchObject({ kind: 'totalMismatch', currentTotal: current });
    const done = await client.checkOut({ expectedTotal: '59.99' });
    expect(done).toMatchObject({ ok: true, cart: { status: 'CHECKED_OUT' } });
    // It stays to be seen, and cannot be changed.
    expect(client.getSnapshot().cart?.orderId).toBe(done.ok && done.orderId);
    const next = cartOf(await client.addItems([{ productId: '2', quantity: 1 }]));
    expect(next.id).not.toBe(cart.id);
  });

  it('an answer that is older than what is known changes nothing, whatever it is the answer of', async () => {
    let release: () => void = () => undefined;
    let read: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const isRead = new Promise<void>((resolve) => (read = resolve));
    const client = service.open(undefined, {
      // The service has read the cart; its answer is longer on the way than a change.
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (!bodyOf(init).includes('query CurrentCart')) return answer;
        read();
        await until;
        return answer;
      },
    });
    const cart = cartOf(await client.addItems([{ productId: '1', quantity: 1 }]));
    const loading = client.load();
    await isRead;
    cartOf(await client.updateItems([{ itemId: cart.items[0]?.id ?? '', quantity: 9 }]));
    release();
    expect(await loading).toMatchObject({ ok: true, data: { itemCount: 9 } });
    client.learn(cart);
    client.learn({ ...cart, id: 'of another cart', version: 99 });
    expect(client.getSnapshot().cart?.itemCount).toBe(9);
  });

  it('a result is looked at kind by kind', async () => {
    const { client } = await openWith(1);
    const told = match(await client.checkOut(), {
      ok: ({ orderId }) => `order ${orderId.length}`,
      priceChanged: ({ priceChanges }) => `${priceChanges.length} prices`,
      totalMismatch: () => 'total',
      conflict: () => 'conflict',
      gone: () => 'gone',
      refused: () => 'refused',
      denied: () => 'denied',
      failed: () => 'failed',
      unknown: () => 'unknown',
    });
    expect(told).toBe('order 36');
  });
});
