/** The service as it is, on a store in memory. */
import { createApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { openStore } from './open-store.ts';

const { CART_STORE_TYPE: _store, ...env } = process.env;
const config = loadConfig({ ...env, DATABASE_URL: 'postgres://none@127.0.0.1/none' });
const stores = {
  ...(await openStore()),
  type: 'postgres',
  title: 'memory',
  location: 'memory',
  environment: {},
  // Nobody moves its carts.
  walk: { walk: () => Promise.resolve({ records: [], unreadable: [] }) },
  seed: () => Promise.resolve(),
  ready: () => Promise.resolve(),
  close: () => Promise.resolve(),
} as const;
const app = await createApp(config, stores, Date.now, createLog('error'));
await app.listen(config.port, config.host);
