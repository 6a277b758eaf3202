/** Everything put together: a store becomes a server. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createCartOperations } from './cart/cart-operations.ts';
import { createCartQueue } from './cart/cart-queue.ts';
import type { Config } from './config.ts';
import { createGraphQLEndpoint } from './graphql/graphql-endpoint.ts';
import { createSchema } from './graphql/schema.ts';
import type { Handler } from './http.ts';
import type { Log } from './log.ts';
import { createPlayground } from './playground/playground.ts';
import { examples } from './playground/examples.ts';
import { createRestRoutes } from './rest/rest-routes.ts';
import { createServer, type Server } from './server.ts';
import type { Stores } from './stores/open-stores.ts';

/** Bytes of the largest body that is read: 500 items with their ids fit several times. */
const MAX_BODY = 100_000;

export interface App extends Server {
  /** Drains the server, then lets go of the stores. */
  close(): Promise<void>;
}

export async function createApp(
  config: Config,
  { carts, catalog, close, type }: Stores,
  clock: () => number,
  log: Log,
): Promise<App> {
  const operations = createCartOperations({
    carts,
    catalog,
    clock,
    queue: createCartQueue(),
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: config.cartTtl,
    currency: config.currency,
  });
  const graphql = await createGraphQLEndpoint({
    operations,
    catalog,
    schema: createSchema(),
    introspection: config.introspection,
    log,
  });
  const routes: Record<string, Handler> = { '/graphql': graphql.handle };
  const restRoute = createRestRoutes({ operations });
  const server = createServer({
    route: (path) => routes[path] ?? restRoute(path),
    ...(config.playground && { playground: createPlayground({ endpoint: '/graphql', examples }) }),
    identify: () => Promise.resolve({ kind: 'staff' }),
    ready: (signal) => carts.ready({ signal }),
    storeType: type,
    requestTimeout: config.requestTimeout,
    maxBody: MAX_BODY,
    log,
  });

  return {
    ...server,
    async close() {
      await server.drain(config.shutdownDelay);
      await graphql.close();
      await close();
    },
  };
}
