/**
 * The service on one store, and beside it the same service in circumstances that a database in good health and a viewer
 * with all permissions do not bring about. The faults are put between the operations and a real store.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import { abortable } from '../../src/waiting/abortable.ts';
import { createCartOperations } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import { VersionConflict, type CartStore, type StoreOptions } from '../../src/stores/cart-store.ts';
import { REMEMBERED_CHANGES } from '../../src/cart/change-log.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createCors } from '../../src/http/cors.ts';
import { createGraphQLEndpoint } from '../../src/graphql/graphql-endpoint.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/process/log.ts';
import { createRestRoutes } from '../../src/rest/rest-routes.ts';
import { createDeadlines } from '../../src/http/deadlines.ts';
import { firstOf } from '../../src/http/messages.ts';
import { createHealth } from '../../src/http/health.ts';
import { createServer, type ServerOptions } from '../../src/http/server.ts';
import { changed, TTL } from './carts.ts';
import { openTestApp, type StoreType, type TestApp } from './test-app.ts';

export type Circumstance =
  keyof typeof troubles | 'customer 1 asks' | 'a token nobody believes' | 'too many requests' | 'normal';

/** What a fault of the service says, and no client may ever read. */
export const SECRET = 'the password is swordfish';

const troubles = {
  /** Every call fails. */
  fault: (): CartStore => {
    const fail = () => Promise.reject(new Error(SECRET));
    return { load: fail, commit: fail, listByCustomer: fail, ready: fail, close: () => Promise.resolve() };
  },
  /** No call is answered. */
  silence: (): CartStore => {
    const wait = ({ signal }: StoreOptions = {}) => abortable(new Promise<never>(() => undefined), signal);
    return {
      load: (_ids, options) => wait(options),
      commit: (_writes, options) => wait(options),
      listByCustomer: (_customerId, _page, options) => wait(options),
      ready: wait,
      close: () => Promise.resolve(),
    };
  },
  /** Commits land, but their answers are lost, and so many others follow that the cart no longer remembers them. */
  'lost answer': (carts: CartStore): CartStore => ({
    ...carts,
    async commit(writes, options) {
      await carts.commit(writes, options);
      for (const { after } of writes) {
        let before = after;
        for (let n = 0; n <= REMEMBERED_CHANGES; n += 1) {
          const next = changed(before, before.updatedAt);
          await carts.commit([{ before, after: next }], options);
          before = next;
        }
      }
      throw new VersionConflict('unknown');
    },
  }),
};

export interface Circumstances {
  readonly app: TestApp;
  /** Where the service can be asked in these circumstances: `http://127.0.0.1:port`. */
  url(circumstance: Circumstance): string;
  close(): Promise<void>;
}

export async function openCircumstances(type: StoreType, products?: number): Promise<Circumstances> {
  const app = await openTestApp(type, products === undefined ? {} : { products });
  const staff: Viewer = { kind: 'staff' };
  const { carts } = app.stores;
  const services = {
    fault: await openService(app, troubles.fault(), staff),
    silence: await openService(app, troubles.silence(), staff, 100),
    'lost answer': await openService(app, troubles['lost answer'](carts), staff),
    'customer 1 asks': await openService(app, carts, { kind: 'customer', customerId: '1' }),
    'a token nobody believes': await openService(app, carts, staff, PATIENCE, {
      identify: () => Promise.reject(new Unauthenticated('The token has expired.')),
    }),
    'too many requests': await openService(app, carts, staff, PATIENCE, { maxInFlight: 0 }),
  };
  return {
    app,
    url: (circumstance) => (circumstance === 'normal' ? app : services[circumstance]).url,
    async close() {
      await Promise.all(Object.values(services).map((service) => service.close()));
      await app.close();
    },
  };
}

/** Milliseconds: a busy machine must not make a test fail. */
const PATIENCE = 20_000;

/** The whole service, for one viewer. @param requestTimeout milliseconds */
async function openService(
  { stores, time }: TestApp,
  carts: CartStore,
  viewer: Viewer,
  requestTimeout = PATIENCE,
  more: Partial<ServerOptions> = {},
) {
  const { catalog, type: storeType } = stores;
  const log = createLog('silent');
  const operations = createCartOperations({
    carts,
    catalog,
    clock: () => Date.now() + time.ahead,
    queue: createCartQueue(),
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: TTL,
    currency: 'USD',
  });
  const schema = createSchema();
  const { limits } = loadConfig({});
  const graphql = await createGraphQLEndpoint({
    operations,
    catalog,
    currency: 'USD',
    schema,
    introspection: true,
    limits,
    log,
  });
  const rest = createRestRoutes({ operations, responseBytes: limits.responseBytes, corsOrigins: [] });
  const health = createHealth({
    ready: (signal) => carts.ready({ signal }),
    storeType,
    isDraining: () => false,
    begin: createDeadlines(requestTimeout),
  });
  const server = createServer({
    route: firstOf([(path) => (path === '/graphql' ? graphql.handle : undefined), health, rest]),
    identify: () => Promise.resolve(viewer),
    requestTimeout,
    maxBody: limits.body,
    maxInFlight: limits.inFlight,
    cors: createCors([]),
    headers: {},
    log,
    ...more,
  });
  const { port } = await server.listen(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await server.drain(0);
      await graphql.close();
    },
  };
}
