/** Changes take effect once, and no change that was made is answered as a fault, whatever happens to the connection. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCartOperations, type CartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { UncertainCommit } from '../../../src/stores/cart-store.ts';
import { UnknownOutcome } from '../../../src/changes/unknown-outcome.ts';
import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import type { Postgres } from '../../../src/stores/postgres/postgres.ts';
import { changed, newCart, NOON, TTL } from '../../support/carts.ts';
import { createMemoryCatalog, product } from '../../support/memory-catalog.ts';
import { terms } from '../../support/open-operations.ts';
import { openTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTcpProxy, type TcpFault, type TcpProxy } from '../../support/tcp-proxy.ts';

const clock = () => NOON;
const one = [{ productId: '1', quantity: 1 }];
const catalog = createMemoryCatalog(new Map([['1', product(1)]]));

function operationsOn({ db }: Postgres): CartOperations {
  return createCartOperations({
    carts: createPostgresCartStore({ db, clock }),
    catalog,
    queue: createCartQueue(),
    clock,
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: TTL,
    currency: 'USD',
  });
}

let postgres: TestPostgres;
let others: CartOperations;
const proxies: TcpProxy[] = [];
beforeAll(async () => {
  postgres = await openTestPostgres();
  others = operationsOn(postgres);
});
afterAll(async () => {
  for (const proxy of proxies) proxy.close();
  await postgres.close();
});

/** Another process, behind a proxy of its own. */
async function open(options: { statementTimeout?: number } = {}) {
  const proxy = await startTcpProxy(postgres.url);
  proxies.push(proxy);
  const instance = postgres.another({
    connectionString: proxy.url,
    onError: () => undefined,
    ...options,
  });
  const store = createPostgresCartStore({ db: instance.db, clock });
  return { proxy, instance, store, carts: operationsOn(instance) };
}

async function newCartWith(quantity = 1, customerId?: string): Promise<string> {
  const { carts } = await others.createCart({ customerId, items: [{ productId: '1', quantity }] }, terms());
  return carts[0]?.id ?? '';
}

async function quantityOf(id: string): Promise<number | undefined> {
  const [cart] = await others.findCarts([id], terms());
  return cart?.items[0]?.quantity;
}

const UPDATE = 'update_carts';
const INSERT = 'insert_cart';
const COMMIT = 'commit\0';

// Each has a proxy of its own, and most of them wait for a time limit.
describe.concurrent.each([
  ['with a key', true],
  ['without a key', false],
])('one effect and a success %s', (_, keyed) => {
  const asked = () => terms(keyed ? { idempotencyKey: randomUUID() } : {});
  const losses = [
    ['the answer is lost', 'after'],
    ['the statement is lost', 'before'],
    ['nothing is ever answered', 'silence'],
  ] as const;

  it.each(losses)('of an addition when %s', async (_, kind) => {
    const { proxy, carts } = await open({ statementTimeout: 200 });
    const id = await newCartWith();
    proxy.injectOnce({ at: UPDATE, kind });
    const outcome = await carts.addItems(id, one, asked());
    expect(outcome).toMatchObject({ problems: [], replayed: false });
    expect(outcome.carts[0]?.items[0]?.quantity).toBe(2);
    expect(await quantityOf(id)).toBe(2);
    expect(proxy.met).toHaveLength(1);
  });

  it.each(losses)('of a creation when %s', async (_, kind) => {
    const { proxy, carts } = await open({ statementTimeout: 200 });
    proxy.injectOnce({ at: INSERT, kind });
    const outcome = await carts.createCart({ customerId: '5', items: one }, asked());
    expect(outcome.problems).toEqual([]);
    expect(await quantityOf(outcome.carts[0]?.id ?? '')).toBe(1);
    expect(proxy.met).toHaveLength(1);
  });

  it.each(losses)('of a merge when %s', async (_, kind) => {
    const { proxy, carts } = await open({ statementTimeout: 200 });
    const [sourceCartId, targetCartId] = [await newCartWith(3), await newCartWith(4)];
    proxy.injectOnce({ at: COMMIT, kind });
    const outcome = await carts.mergeCarts({ sourceCartId, targetCartId, strategy: 'SUM' }, asked());
    expect(outcome.problems).toEqual([]);
    expect(await others.findCarts([targetCartId, sourceCartId], terms())).toMatchObject([
      { version: 2, items: [{ quantity: 7 }] },
      { version: 2, status: 'MERGED', items: [] },
    ]);
    expect(proxy.met).toHaveLength(1);
  });

  it.each(losses)('of a deletion and a check-out when %s', async (_, kind) => {
    const { proxy, carts } = await open({ statementTimeout: 200 });
    const [first, second] = [await newCartWith(), await newCartWith()];
    proxy.injectOnce({ at: UPDATE, kind });
    expect((await carts.deleteCart(first, asked())).problems).toEqual([]);
    expect(await quantityOf(first)).toBeUndefined();
    proxy.injectOnce({ at: UPDATE, kind });
    const ordered = await carts.checkOut({ cartId: second, acceptCartPrices: true }, asked());
    expect(ordered).toMatchObject({ problems: [], carts: [{ status: 'CHECKED_OUT', version: 2 }] });
    expect(await others.findCarts([second], terms())).toEqual(ordered.carts);
  });

  it.each(losses)('of changes made together, of one cart and of many, when %s', async (_, kind) => {
    const { proxy, carts } = await open({ statementTimeout: 200 });
    const ids = [await newCartWith(), await newCartWith(), await newCartWith()];
    proxy.injectOnce({ at: UPDATE, kind }, { at: UPDATE, kind });
    const all = ids.flatMap((id) => Array.from({ length: 6 }, () => carts.addItems(id, one, asked())));
    for (const outcome of await Promise.all(all)) expect(outcome.problems).toEqual([]);
    expect(await Promise.all(ids.map(quantityOf))).toEqual([7, 7, 7]);
  });
});

it('a lost answer that 20 other changes follow is found again', async () => {
  const { proxy, carts } = await open();
  const id = await newCartWith();
  const meanwhile = async () => {
    for (let n = 0; n < 20; n += 1) await others.addItems(id, one, terms());
  };
  proxy.injectOnce({ at: UPDATE, kind: 'after', meanwhile });
  expect((await carts.addItems(id, one, terms())).problems).toEqual([]);
  expect(await quantityOf(id)).toBe(22);
});

it('a statement that the server gets only after the next attempt has landed does nothing', async () => {
  const { proxy, carts } = await open({ statementTimeout: 200 });
  const id = await newCartWith();
  let arrive: (() => void) | undefined;
  proxy.injectOnce({ at: UPDATE, kind: 'hold', until: new Promise<void>((resolve) => (arrive = resolve)) });
  expect((await carts.addItems(id, one, terms())).problems).toEqual([]);
  arrive?.();
  // A change behind it in the database waits for it.
  await others.addItems(id, one, terms());
  expect(await quantityOf(id)).toBe(3);
});

describe('a database that is gone after a commit was sent', () => {
  it.each<TcpFault['kind']>(['after', 'before'])('leaves the outcome unknown (cut %s it)', async (kind) => {
    const { proxy, carts } = await open();
    const id = await newCartWith();
    const meanwhile = () => {
      proxy.refuse();
      return Promise.resolve();
    };
    proxy.injectOnce({ at: UPDATE, kind, meanwhile });
    const deadline = new AbortController();
    const change = carts.addItems(id, one, terms({ signal: deadline.signal }));
    change.catch(() => undefined); // looked at below
    await expect.poll(proxy.refusals, { timeout: 10_000 }).toBeGreaterThan(1);
    deadline.abort(new Error('time is over'));
    await expect(change).rejects.toThrow(UnknownOutcome);
    expect(await quantityOf(id)).toBe(kind === 'after' ? 2 : 1);
  });

  it('is a plain fault for whoever could not send anything', async () => {
    const { proxy, carts, instance } = await open();
    const id = await newCartWith();
    await instance.close();
    proxy.refuse();
    const refused = await open();
    refused.proxy.refuse();
    const failure = await refused.carts.addItems(id, one, terms()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(UnknownOutcome);
    await expect(carts.addItems(id, one, terms())).rejects.toThrow();
    expect(await quantityOf(id)).toBe(1);
  });
});

describe('the store says of a commit', () => {
  it('that it is uncertain when it was sent and not answered', async () => {
    const { proxy, store } = await open();
    const cart = newCart(NOON);
    await store.commit([{ after: cart }]);
    for (const kind of ['after', 'before'] as const) {
      proxy.injectOnce({ at: UPDATE, kind });
      const update = store.commit([{ before: cart, after: changed(cart, NOON) }]);
      await expect(update).rejects.toBeInstanceOf(UncertainCommit);
    }
    proxy.injectOnce({ at: INSERT, kind: 'after' });
    await expect(store.commit([{ after: newCart(NOON) }])).rejects.toBeInstanceOf(UncertainCommit);
    proxy.injectOnce({ at: COMMIT, kind: 'after' });
    const several = store.commit([{ after: newCart(NOON) }, { after: newCart(NOON) }]);
    await expect(several).rejects.toBeInstanceOf(UncertainCommit);
  });

  it('that it failed when its transaction was lost before the end', async () => {
    const { proxy, store } = await open();
    const carts = [newCart(NOON), newCart(NOON)];
    proxy.injectOnce({ at: INSERT, kind: 'after' });
    const failure = await store.commit(carts.map((after) => ({ after }))).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(UncertainCommit);
    expect(await store.load(carts.map(({ id }) => id))).toEqual([undefined, undefined]);
  });
});
