/** Everything put together: a store becomes a server. */
import { randomBytes, randomUUID } from 'node:crypto';
import { withDevelopmentKeys } from './auth/development-keys.ts';
import { createIdentifier } from './auth/identifier.ts';
import { createCartOperations } from './changes/cart-operations.ts';
import { createCartQueue } from './changes/cart-queue.ts';
import { createChangeMeter } from './changes/change-meter.ts';
import type { Config } from './config/config.ts';
import { createCors } from './http/cors.ts';
import { createGraphQLEndpoint } from './graphql/graphql-endpoint.ts';
import { createSchema, printSdl } from './graphql/schema.ts';
import { loadTrustedDocuments } from './graphql/trusted-documents.ts';
import { createDeadlines } from './http/deadlines.ts';
import { firstOf } from './http/messages.ts';
import { createHealth } from './http/health.ts';
import { errorResponse, graphqlErrorResponse, withGraphQLType, type Handler } from './http/messages.ts';
import { noMeter, type Meter } from './metrics/meter.ts';
import type { Log } from './process/log.ts';
import { createPlayground } from './playground/playground.ts';
import { exampleGroups } from './playground/examples.ts';
import { findProductPicture } from './playground/product-pictures.ts';
import { madeOnce } from './http/refusals.ts';
import { createRestRoutes } from './rest/rest-routes.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createServer, type Server } from './http/server.ts';
import { noTracer, type Tracer } from './tracing/tracer.ts';
import { findProductsTogether, loadCartsTogether } from './stores/load-together.ts';
import type { Stores } from './stores/open-stores.ts';
import { watchReadiness } from './process/watch-readiness.ts';

const GRAPHQL = '/graphql';
const OPENAPI = '/openapi.json';

const asGraphQL = madeOnce(graphqlErrorResponse);
const asRest = madeOnce(({ status, message }) => errorResponse(status, message));

/** Whose tokens the playground offers where it may; the first one's carts are in its examples. */
const SAMPLE_CUSTOMERS = ['12345', 'auth0|ada'];

export interface App extends Server {
  /** Drains the server, then lets go of the stores. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Nothing is traced without one. */
  readonly tracer?: Tracer;
  /** Whether all other processes that answer at this port can serve. */
  readonly haveOthersStarted?: () => boolean;
}

// eslint-disable-next-line max-lines-per-function -- the one place where parts are put together: as long as there are parts
export async function createApp(
  config: Config,
  stores: Stores,
  clock: () => number,
  log: Log,
  meter: Meter = noMeter,
  { tracer = noTracer, haveOthersStarted = () => true }: AppOptions = {},
): Promise<App> {
  const { close, type, move } = stores;
  const { basePath } = config;
  const carts = loadCartsTogether(stores.carts);
  const catalog = findProductsTogether(stores.catalog);
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
    meter: meter === noMeter ? undefined : createChangeMeter(meter),
  });
  const schema = createSchema();
  const { auth, issue } = await withDevelopmentKeys(config.auth, clock);
  const graphql = await createGraphQLEndpoint({
    operations,
    catalog,
    currency: config.currency,
    schema,
    introspection: config.introspection,
    limits: config.limits,
    trustedDocuments:
      config.trustedDocuments === undefined ? undefined : await loadTrustedDocuments(config.trustedDocuments),
    log,
  });
  const restRoute = createRestRoutes({
    operations,
    responseBytes: config.limits.responseBytes,
    corsOrigins: config.corsOrigins,
  });
  const openApi = underPrefix(restRoute(OPENAPI), basePath);
  const handleGraphQL = Object.assign(graphql.handle, { pattern: GRAPHQL });
  const findPlayground = () =>
    createPlayground({
      endpoint: GRAPHQL,
      basePath,
      examples: exampleGroups,
      sdl: () => printSdl(schema),
      auth: auth.mode,
      tokens: issue && { customers: SAMPLE_CUSTOMERS, issue },
    });
  const health = createHealth({
    ready: watchReadiness((signal) => stores.ready({ signal }), log, clock, meter),
    storeType: type,
    move,
    haveOthersStarted,
    isDraining: () => server.isDraining(),
    begin: createDeadlines(config.requestTimeout),
  });
  const server: Server = createServer({
    route: firstOf([
      (path) => (path === GRAPHQL ? handleGraphQL : undefined),
      (path) => (path === OPENAPI ? openApi : undefined),
      restRoute,
      health,
      ...(config.playground ? [findProductPicture, findPlayground()] : []),
    ]),
    basePath,
    refuse: (path, refusal, headers) =>
      path === GRAPHQL ? withGraphQLType(asGraphQL(refusal), headers) : asRest(refusal),
    identify: createIdentifier(auth, clock, meter),
    cors: createCors(config.corsOrigins),
    headers: securityHeaders(config.production),
    requestTimeout: config.requestTimeout,
    maxBody: config.limits.body,
    maxInFlight: config.limits.inFlight,
    maxConnections: config.limits.connections,
    maxUnread: config.limits.unreadBytes,
    compressFrom: config.limits.compressFrom,
    meter,
    tracer,
    requestLog: config.requestLog,
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

/** The document says where its paths are to be found. */
function underPrefix(handle: Handler | undefined, basePath: string): Handler | undefined {
  if (!handle || basePath === '') return handle;
  const inside: Handler = async (request) => {
    const response = await handle(request);
    if (response.status !== 200) return response;
    const document = JSON.parse(response.body.toString()) as object;
    return { ...response, body: JSON.stringify({ ...document, servers: [{ url: basePath }] }) };
  };
  return Object.assign(inside, { pattern: OPENAPI });
}
