/** Exactly once, as the client sees it: an answer that is cut after the commit, and ten repetitions over two processes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedCartId } from '../../../src/cart/active-cart.ts';
import type { Cart } from '../../../src/cart/cart.ts';
import { cartIdFromKey, uuidOf, type CartId } from '../../../src/cart/ids.ts';
import { item, newCart } from '../../support/carts.ts';
import { storeTypes } from '../../support/store-types.ts';
import { sendGraphQL } from '../ask-service.ts';
import { seed } from '../seed.ts';
import { openCluster, type Cluster } from './cluster.ts';

const REPEATS = 10;
const CUSTOMER = 'ada';

interface Change {
  readonly field: string;
  /** Two carts are there, each with two pieces of product 1. */
  readonly input: (id: CartId, otherId: CartId) => Record<string, unknown>;
  /** The cart that is to be looked at; the first one unless given. */
  readonly made?: (key: string, id: CartId) => CartId;
  readonly effect: Partial<Cart>;
  readonly asked?: string;
}

const items = [{ productId: '1', quantity: 3 }];
const three = { quantity: 3 };

const changes: readonly Change[] = [
  {
    field: 'createCart',
    input: () => ({ customerId: CUSTOMER, items }),
    made: (key) => cartIdFromKey(key, CUSTOMER, 'key'),
    effect: { version: 1, items: [expect.objectContaining(three)] },
  },
  {
    field: 'openCart',
    input: (id) => ({ customerId: `of|${id}` }),
    made: (key, id) => openedCartId(key, `of|${id}`),
    effect: { version: 1, status: 'ACTIVE' },
  },
  {
    field: 'addCartItems',
    input: (cartId) => ({ cartId, items }),
    effect: { version: 2, items: [expect.objectContaining({ quantity: 5 })] },
  },
  {
    field: 'updateCartItems',
    input: (cartId) => ({ cartId, items }),
    effect: { version: 2, items: [expect.objectContaining(three)] },
  },
  {
    field: 'replaceCartItems',
    input: (cartId) => ({ cartId, items }),
    effect: { version: 2, items: [expect.objectContaining(three)] },
  },
  {
    field: 'removeCartItems',
    input: (cartId) => ({ cartId, productIds: ['1'] }),
    effect: { version: 2, items: [] },
  },
  { field: 'clearCart', input: (cartId) => ({ cartId }), effect: { version: 2, items: [] } },
  { field: 'updateCart', input: (cartId) => ({ cartId, note: 'hi' }), effect: { version: 2, note: 'hi' } },
  { field: 'refreshCartPrices', input: (cartId) => ({ cartId }), effect: { version: 2 } },
  {
    field: 'claimCart',
    input: (cartId) => ({ cartId, customerId: CUSTOMER }),
    effect: { version: 2, customerId: CUSTOMER },
  },
  {
    field: 'mergeCarts',
    input: (targetCartId, sourceCartId) => ({ targetCartId, sourceCartId }),
    effect: { version: 2, items: [expect.objectContaining({ quantity: 4 })] },
  },
  {
    field: 'checkoutCart',
    input: (cartId) => ({ cartId, acceptCartPrices: true }),
    effect: { version: 2, status: 'CHECKED_OUT' },
  },
  {
    field: 'deleteCart',
    input: (cartId) => ({ cartId }),
    effect: { version: 2, status: 'DELETED' },
    asked: 'deletedCartId',
  },
];

const CART = 'cart { id version status note orderId customerId updatedAt items { productId quantity } }';

/** What the service sends to commit a new cart, a changed one, or two at once. */
const COMMITS = {
  postgres: { new: 'insert_cart', changed: 'update_carts', two: 'commit\0' },
  dynamodb: { new: '.PutItem', changed: '.PutItem', two: '.TransactWriteItems' },
};
const NEW = 'createCart';
const TWO = new Set(['mergeCarts', 'openCart']);

describe.each(storeTypes)('on %s', (type) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster(type);
  }, 120_000);
  afterAll(() => cluster.close());

  async function ask(member: 0 | 1, { field, asked = CART }: Change, input: Record<string, unknown>) {
    const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    return sendGraphQL(cluster.members[member].url, {
      query: `mutation ($input: ${name}!) { ${field}(input: $input) { ${asked} userErrors { code } } }`,
      variables: { input },
    });
  }

  const rows = changes.flatMap((change) => [
    [change.field, 'to the client', change] as const,
    [change.field, 'to the service, and then to the client', change] as const,
  ]);
  it.each(rows)('%s, its answer lost on the way %s', async (field, lost, change) => {
    const [cart, other] = [0, 1].map(() => newCart(Date.now(), { items: [item(1, 2)] })) as [Cart, Cart];
    for (const after of [cart, other]) await cluster.stores.carts.commit([{ after }]);
    const key = uuidOf(`${seed} ${type} ${field} ${lost}`);
    const input = { ...change.input(cart.id, other.id), idempotencyKey: key };
    const [{ front, back }] = cluster.members;
    const commit = COMMITS[type][TWO.has(field) ? 'two' : field === NEW ? 'new' : 'changed'];
    if (lost !== 'to the client') back.injectOnce({ at: commit, kind: 'after' });
    const lostBefore = back.met.length;
    front.injectOnce({ at: field, kind: 'after' });
    expect(await ask(0, change, input)).toEqual({ kind: 'open' });
    expect(front.met.at(-1)).toMatchObject({ at: field });
    expect(back.met.length - lostBefore).toBe(lost === 'to the client' ? 0 : 1);
    const answers = await Promise.all(
      Array.from({ length: REPEATS }, (_, number) => ask(number % 2 ? 1 : 0, change, input)),
    );
    // One answer, and it says that the change was made.
    expect(answers.map((answer) => JSON.stringify(answer))).toEqual(
      answers.map(() => JSON.stringify(answers[0])),
    );
    expect(JSON.stringify(answers[0])).toContain('"userErrors":[]');
    const [stored] = await cluster.stores.carts.load([change.made?.(key, cart.id) ?? cart.id], {
      consistent: true,
    });
    expect(stored).toMatchObject(change.effect);
  });
});
