import { describe, expect, it } from 'vitest';
import { jwtEnv, customerToken } from '../support/tokens.ts';
import { storeTypes } from '../support/test-app.ts';
import { cartOf, contentOf, openService } from './open-service.ts';
import { openBrowser, shows } from './tabs.ts';

describe.each(storeTypes)('tabs of one browser, on %s', (type) => {
  const service = openService(type, jwtEnv);

  it('a visit finds the cart of the one before', async () => {
    const browser = openBrowser();
    const first = service.open(browser);
    const { id } = cartOf(await first.addItems([{ productId: '1', quantity: 2 }]));
    first.close();
    const second = service.open(browser);
    expect(second.getSnapshot()).toEqual({
      cart: undefined,
      confirmed: undefined,
      pending: 0,
      loaded: false,
    });
    expect(await second.load()).toMatchObject({ ok: true, data: { id } });
    expect(contentOf(second.getSnapshot().cart)).toEqual([['1', 2]]);
  });

  it('looking makes no cart', async () => {
    const browser = openBrowser();
    const client = service.open(browser);
    expect(await client.load()).toEqual({ ok: true, kind: 'ok', data: undefined });
    expect(client.getSnapshot()).toMatchObject({ cart: undefined, loaded: true });
    expect(await client.updateItems([{ itemId: 'x', quantity: 1 }])).toMatchObject({
      ok: false,
      kind: 'gone',
    });
    expect(browser.kept.size).toBe(0);
  });

  it('two that begin at once get one cart, and what both add', async () => {
    const browser = openBrowser();
    const [left, right] = [service.open(browser), service.open(browser)];
    const results = await Promise.all([
      left.addItems([{ productId: '1', quantity: 1 }]),
      right.addItems([{ productId: '2', quantity: 1 }]),
    ]);
    const [one, other] = results.map(cartOf);
    expect(one?.id).toBe(other?.id);
    await Promise.all([left.load(), right.load()]);
    expect(left.getSnapshot().cart?.itemCount).toBe(2);
    expect(right.getSnapshot().cart).toEqual(left.getSnapshot().cart);
  });

  it('what one changes the other shows, without asking', async () => {
    const browser = openBrowser();
    const [left, right] = [service.open(browser), service.open(browser)];
    await Promise.all([left.load(), right.load()]);
    cartOf(await left.addItems([{ productId: '3', quantity: 4 }]));
    await shows(right, () => right.getSnapshot().cart?.itemCount === 4);
    cartOf(await right.clear());
    await shows(left, () => left.getSnapshot().cart?.itemCount === 0);
    cartOf(await left.addItems([{ productId: '3', quantity: 1 }]));
    expect(await left.checkOut()).toMatchObject({ ok: true });
    await shows(right, () => right.getSnapshot().cart === undefined);
    left.forget();
    expect(left.getSnapshot().cart).toBeUndefined();
  });

  it('a guest who signs in takes the cart along, also in the other tab', async () => {
    const browser = openBrowser();
    const token = await customerToken(`tab-${type}`);
    let signedIn = false;
    const getToken = () => (signedIn ? token : undefined);
    const [left, right] = [service.open(browser, { getToken }), service.open(browser, { getToken })];
    const guest = cartOf(await left.addItems([{ productId: '1', quantity: 2 }]));
    await right.load();
    signedIn = true;
    expect(await left.load()).toMatchObject({ ok: true, data: { id: guest.id, customerId: `tab-${type}` } });
    await shows(right, () => right.getSnapshot().cart?.customerId === `tab-${type}`);
    // Nothing of it is left for whoever comes next.
    expect([...browser.kept.values()].join()).not.toContain('cartId');
  });

  it('the cart of a guest is merged into the one the customer has, once, however many tabs see it', async () => {
    const token = await customerToken(`merge-${type}`);
    const elsewhere = service.open(openBrowser(), { getToken: () => token });
    const own = cartOf(await elsewhere.addItems([{ productId: '1', quantity: 1 }]));
    const browser = openBrowser();
    let signedIn = false;
    const tabs = Array.from({ length: 3 }, () =>
      service.open(browser, { getToken: () => (signedIn ? token : undefined) }),
    );
    cartOf((await tabs[0]?.addItems([{ productId: '1', quantity: 2 }])) as never);
    signedIn = true;
    service.proxy.injectOnce({ at: 'mutation OpenCart', kind: 'after' });
    const loaded = await Promise.all(tabs.map((tab) => tab.load()));
    for (const one of loaded) expect(one).toMatchObject({ ok: true, data: { id: own.id, itemCount: 3 } });
    await elsewhere.load();
    expect(contentOf(elsewhere.getSnapshot().cart)).toEqual([['1', 3]]);
  });

  it('a customer’s cart that was read before a guest’s was merged into it is read again', async () => {
    const token = await customerToken(`between-${type}`);
    const elsewhere = service.open(openBrowser(), { getToken: () => token });
    const own = cartOf(await elsewhere.addItems([{ productId: '1', quantity: 1 }]));
    const browser = openBrowser();
    await service.open(browser).addItems([{ productId: '1', quantity: 2 }]);
    // The other one keeps the same, but what it learns does not come here.
    const other = openBrowser();
    for (const [name, value] of browser.kept) other.kept.set(name, value);
    let looks = 0;
    const client = service.open(browser, {
      getToken: () => token,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        if (!(init?.body as string).includes('query CurrentCart') || (looks += 1) > 1) return response;
        const before = (await response.json()) as { data: { cart: unknown } };
        cartOf((await service.open(other, { getToken: () => token }).load()) as never);
        return Response.json({ data: { ...before.data, cart: null } });
      },
    });
    expect(await client.load()).toMatchObject({ ok: true, data: { id: own.id, itemCount: 3 } });
    expect(looks).toBe(2);
  });

  it('what another program or version has kept does no harm', async () => {
    for (const kept of [
      '',
      '5',
      'null',
      '{',
      '{"cartId":"mine","key":7}',
      '{"cartId":"0c0e0a00-0000-4000-8000-00000000abcd"}',
    ]) {
      const browser = openBrowser();
      browser.kept.set('cartwright.cart', kept);
      const client = service.open(browser);
      expect(await client.load()).toMatchObject({ ok: true, data: undefined });
      expect(cartOf(await client.addItems([{ productId: '1', quantity: 1 }])).version).toBe(2);
    }
  });

  it('a cart that is gone is let go, and what is added goes to a new one', async () => {
    const client = service.open();
    const first = cartOf(await client.addItems([{ productId: '1', quantity: 1 }]));
    service.app.time.ahead += 8 * 86_400_000;
    expect(await client.clear()).toMatchObject({ ok: false, kind: 'gone' });
    expect(client.getSnapshot().cart).toBeUndefined();
    const second = cartOf(await client.addItems([{ productId: '2', quantity: 1 }]));
    expect(second.id).not.toBe(first.id);
    service.app.time.ahead += 8 * 86_400_000;
    const third = cartOf(await client.addItems([{ productId: '2', quantity: 1 }]));
    expect([third.id === second.id, third.itemCount]).toEqual([false, 1]);
  });
});
