import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCartOperations, type CartOperations } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { openApi, present } from '../api/api-client.ts';
import { newCart, TTL } from '../support/carts.ts';
import { interfere, type Interference } from '../support/interference.ts';
import { storeTypes } from '../support/test-app.ts';
import { customerToken, jwtEnv } from '../support/tokens.ts';

const CUSTOMER = '1001';
const guest: Viewer = { kind: 'guest' };
const customer: Viewer = { kind: 'customer', customerId: CUSTOMER };
const { signal } = new AbortController();

type Change = (operations: CartOperations, cartId: string, otherId: string) => Promise<unknown>;
const changes: Record<string, Change> = {
  addItems: (operations, id) =>
    operations.addItems(id, [{ productId: '2', quantity: 1 }], { viewer: guest, signal }),
  setQuantities: (operations, id) =>
    operations.setQuantities(id, [{ productId: '1', quantity: 9 }], { viewer: guest, signal }),
  removeItems: (operations, id) =>
    operations.removeItems(id, [{ productId: '1' }], { viewer: guest, signal }),
  replaceItems: (operations, id) => operations.replaceItems(id, [], { viewer: guest, signal }),
  updateCart: (operations, id) => operations.updateCart(id, { note: 'mine' }, { viewer: guest, signal }),
  clearCart: (operations, id) => operations.clearCart(id, { viewer: guest, signal }),
  deleteCart: (operations, id) => operations.deleteCart(id, { viewer: guest, signal }),
  refreshPrices: (operations, id) => operations.refreshPrices(id, { viewer: guest, signal }),
  checkOut: (operations, id) =>
    operations.checkOut({ cartId: id, acceptCartPrices: true }, { viewer: guest, signal }),
  'mergeCarts from it': (operations, id, other) =>
    operations.mergeCarts(
      { sourceCartId: id, targetCartId: other, strategy: 'SUM' },
      { viewer: guest, signal },
    ),
  'mergeCarts into it': (operations, id, other) =>
    operations.mergeCarts(
      { sourceCartId: other, targetCartId: id, strategy: 'SUM' },
      { viewer: guest, signal },
    ),
};

describe.each(storeTypes)('a claim on %s', (type) => {
  const api = openApi(type, { env: jwtEnv, products: 5 });

  /** An instance of the service of its own: its queue knows nothing of the others'. */
  const openInstance = (interference: Interference[]) =>
    createCartOperations({
      carts: interfere(api.app.stores.carts, interference),
      catalog: api.app.stores.catalog,
      clock: Date.now,
      queue: createCartQueue(),
      newChangeId: () => randomBytes(16),
      newId: randomUUID,
      jitter: () => 0,
      ttl: TTL,
      currency: 'USD',
    });

  it.each(Object.entries(changes))(
    'between a guest’s load and commit takes the cart out of its reach: %s',
    async (_name, change) => {
      const { carts, catalog } = api.app.stores;
      const [product] = await catalog.findMany(['1']);
      const items = [
        {
          productId: '1',
          productName: present(product).name,
          unitPrice: present(product).price.amount,
          quantity: 1,
        },
      ];
      const [cart, other] = [newCart(Date.now(), { items }), newCart(Date.now(), { items })];
      await carts.commit([{ after: cart }]);
      await carts.commit([{ after: other }]);
      const rival = openInstance([]);
      const instance = openInstance([
        async (commit) => {
          const { problems } = await rival.claimCart(cart.id, CUSTOMER, { viewer: customer, signal });
          expect(problems).toEqual([]);
          await commit();
        },
      ]);

      const outcome = (await change(instance, cart.id, other.id)) as {
        carts: unknown[];
        problems: unknown[];
      };
      expect(outcome.problems).toMatchObject([{ code: 'CART_NOT_FOUND' }]);
      expect(JSON.stringify(outcome.carts)).not.toContain(cart.id);
      expect(await carts.load([cart.id, other.id], { consistent: true })).toMatchObject([
        { customerId: CUSTOMER, version: 2, items, status: 'ACTIVE' },
        { version: 1, items, status: 'ACTIVE' },
      ]);
    },
  );

  it.each(Object.entries(changes))(
    'elsewhere is noticed by an instance that has changed the cart as a guest’s: %s',
    async (_name, change) => {
      const instance = openInstance([]);
      const items = [{ productId: '1', quantity: 1 }];
      const key = { idempotencyKey: randomUUID() };
      const made = await instance.createCart({ items }, { viewer: guest, signal });
      const id = present(made.carts[0]).id;
      const other = await instance.createCart({ items }, { viewer: guest, signal });
      await instance.addItems(id, items, { viewer: guest, signal, ...key });
      await openInstance([]).claimCart(id, CUSTOMER, { viewer: customer, signal });

      const replay = await instance.addItems(id, items, { viewer: guest, signal, ...key });
      const refused = await instance.addItems(id, items, { viewer: guest, signal, expectedVersion: 1 });
      const outcome = await change(instance, id, present(other.carts[0]).id);
      for (const { carts, problems } of [replay, refused, outcome as typeof replay]) {
        expect(problems).toMatchObject([{ code: 'CART_NOT_FOUND' }]);
        expect(JSON.stringify(carts)).not.toContain(id);
      }
    },
  );

  it('racing with guests’ changes comes after all that were accepted, and nothing follows it', async () => {
    const authorization = `Bearer ${await customerToken(CUSTOMER)}`;
    const run = async (query: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${api.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      const { data } = (await answer.json()) as { data: Record<string, Payload> };
      return present(Object.values(data)[0]);
    };
    for (let round = 0; round < 10; round += 1) {
      const { id } = await api.create();
      const add = `mutation { addCartItems(input: { cartId: "${id}", items: [{ productId: 1, quantity: 1 }] }) { cart { version } userErrors { code } } }`;
      const claim = `mutation { claimCart(input: { cartId: "${id}", customerId: ${CUSTOMER} }) { cart { version } userErrors { code } } }`;
      const sent = [run(add), run(add), run(claim, { authorization }), run(add), run(add)];
      const [a, b, claimed, c, d] = (await Promise.all(sent)) as [
        Payload,
        Payload,
        Payload,
        Payload,
        Payload,
      ];
      const accepted = [a, b, c, d].filter(({ userErrors }) => userErrors.length === 0);
      for (const { cart, userErrors } of [a, b, c, d]) {
        if (cart) expect(cart.version).toBeLessThan(present(claimed.cart).version);
        else expect(userErrors).toEqual([{ code: 'CART_NOT_FOUND' }]);
      }
      const [stored] = await api.app.stores.carts.load([id], { consistent: true });
      expect(stored).toMatchObject({ customerId: CUSTOMER, version: accepted.length + 2 });
      expect(await api.get(id)).toBeNull();
    }
  });
});

interface Payload {
  readonly cart: { readonly version: number } | null;
  readonly userErrors: readonly { code: string }[];
}
