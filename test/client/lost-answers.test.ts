import { afterEach, describe, expect, it } from 'vitest';
import type { CartClient } from '../../client/src/index.ts';
import type { TcpFault } from '../support/tcp-proxy.ts';
import { storeTypes } from '../support/test-app.ts';
import { cartOf, contentOf, openService } from './open-service.ts';

const kinds = ['before', 'after', 'middle'] as const satisfies readonly TcpFault['kind'][];

describe.each(storeTypes)('the network fails, on %s', (type) => {
  const service = openService(type);
  let cuts = 0;
  const cut = (at: string, ...faults: TcpFault['kind'][]) => {
    cuts += faults.length;
    service.proxy.injectOnce(...faults.map((kind) => ({ at, kind })));
  };

  // Not to pass because nothing was cut.
  afterEach(() => {
    expect(service.proxy.met.splice(0)).toHaveLength(cuts);
    cuts = 0;
  });

  async function openWithItem(): Promise<{ client: CartClient; id: string; itemId: string }> {
    const client = service.open();
    const cart = cartOf(await client.addItems([{ productId: '1', quantity: 2 }]));
    return { client, id: cart.id, itemId: cart.items[0]?.id ?? '' };
  }

  /** What the service has, without the client in between. */
  const read = async (id: string) => {
    const [cart] = await service.app.stores.carts.load([id], {
      consistent: true,
      signal: new AbortController().signal,
    });
    return cart;
  };

  describe.each(kinds)('%s the request', (kind) => {
    it('a cart is opened once', async () => {
      cut('mutation OpenCart', kind);
      const client = service.open();
      const cart = cartOf(await client.openCart());
      expect(cart.version).toBe(1);
      expect(client.getSnapshot()).toMatchObject({ confirmed: { id: cart.id }, pending: 0, loaded: true });
      expect(cartOf(await client.openCart()).id).toBe(cart.id);
    });

    it('an item is added once, also when it happens again', async () => {
      const { client, id } = await openWithItem();
      cut('mutation AddCartItems', kind, kind, 'before');
      const cart = cartOf(await client.addItems([{ productId: '1', quantity: 3 }]));
      expect(contentOf(cart)).toEqual([['1', 5]]);
      expect(await read(id)).toMatchObject({ version: cart.version });
      expect(cart.version).toBe(3);
    });

    it('quantities are set, items removed, and the cart emptied once each', async () => {
      const { client, itemId } = await openWithItem();
      for (const at of ['mutation UpdateCartItems', 'mutation RemoveCartItems', 'mutation ClearCart'])
        cut(at, kind);
      expect(contentOf(cartOf(await client.updateItems([{ itemId, quantity: 7 }])))).toEqual([['1', 7]]);
      cartOf(await client.replaceItems([{ productId: '2', quantity: 1 }]));
      const [second] = client.getSnapshot().confirmed?.items ?? [];
      expect(contentOf(cartOf(await client.removeItems([second?.id ?? ''])))).toEqual([]);
      const cart = cartOf(await client.clear());
      expect(cart.version).toBe(6);
    });

    it('an order is made once', async () => {
      const { client, id } = await openWithItem();
      cut('mutation CheckoutCart', kind, kind);
      const result = await client.checkOut();
      expect(result).toMatchObject({ ok: true, cart: { id, status: 'CHECKED_OUT' } });
      expect(result).toMatchObject({ orderId: (await read(id))?.orderId });
    });

    it('a cart is found', async () => {
      const { client, id } = await openWithItem();
      cut('query CurrentCart', kind);
      expect(await client.load()).toMatchObject({ ok: true, data: { id } });
    });
  });

  it('what stays unknown says so, shows what is known, and can be sent again as what it was', async () => {
    const { client, id } = await openWithItem();
    service.proxy.injectAlways({ at: 'mutation AddCartItems', kind: 'after' });
    let clock = 0;
    const impatient = service.open(undefined, {
      now: () => clock,
      random: () => 1,
      wait: (milliseconds) => {
        clock += milliseconds;
        return Promise.resolve();
      },
      deadline: 2_000,
    });
    impatient.learn(client.getSnapshot().confirmed as never);
    const result = await impatient.addItems([{ productId: '2', quantity: 1 }]);
    service.proxy.heal();
    cuts = service.proxy.met.length;
    expect(cuts).toBeGreaterThan(2);
    expect(result).toMatchObject({ ok: false, kind: 'unknown', errors: [{ code: 'NO_ANSWER' }] });
    expect(contentOf(impatient.getSnapshot().cart)).toEqual([['1', 2]]);
    if (result.ok || result.kind !== 'unknown') throw new Error('It is known.');
    expect(contentOf(cartOf(await result.again()))).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
    expect(await read(id)).toMatchObject({ version: 3 });
  });
});
