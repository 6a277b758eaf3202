/** The service as it is, on a store in memory; with STALE_MS its reads see carts as they were so many milliseconds ago. */
import { createApp } from '../../../src/app.ts';
import type { Cart } from '../../../src/cart/cart.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { openStore } from './open-store.ts';

/** What a replica that lags does: consistent reads and changes see the newest state, all else an older one. */
function readLate(store: CartStore, lateMs: number): CartStore {
  const states = new Map<string, { at: number; cart: Cart }[]>();
  const seen = (id: string) => {
    const horizon = performance.now() - lateMs;
    return states.get(id)?.findLast(({ at }) => at <= horizon)?.cart;
  };
  return {
    ...store,
    load: (ids, options) =>
      options?.consistent === true ? store.load(ids, options) : Promise.resolve(ids.map(seen)),
    async commit(writes, options) {
      await store.commit(writes, options);
      for (const { after: cart } of writes) {
        states.set(cart.id, [...(states.get(cart.id) ?? []).slice(-20), { at: performance.now(), cart }]);
      }
    },
    async listByCustomer(...asked) {
      const page = await store.listByCustomer(...asked);
      return { ...page, entries: page.entries.flatMap(({ id }) => seen(id) ?? []) };
    },
  };
}

const { CART_STORE_TYPE: _store, STALE_MS = '0', ...env } = process.env;
const store = await openStore();
const config = loadConfig({ ...env, DATABASE_URL: 'postgres://none@127.0.0.1/none' });
const stores = {
  ...store,
  carts: STALE_MS === '0' ? store.carts : readLate(store.carts, Number(STALE_MS)),
  type: 'postgres',
  title: 'memory',
  location: 'memory',
  environment: {},
  seed: () => Promise.resolve(),
  ready: () => Promise.resolve(),
  close: () => Promise.resolve(),
} as const;
const app = await createApp(config, stores, Date.now, createLog('error'));
await app.listen(config.port, config.host);
