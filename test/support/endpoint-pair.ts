/** The service's endpoint behind its own server, beside a stock Apollo Server on equal data. */
import { createCors } from '../../src/http/cors.ts';
import { createGraphQLEndpoint } from '../../src/graphql/graphql-endpoint.ts';
import type { GraphQLDependencies } from '../../src/graphql/context.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { errorResponse, graphqlErrorResponse } from '../../src/http/messages.ts';
import { createLog } from '../../src/process/log.ts';
import { securityHeaders } from '../../src/http/security-headers.ts';
import { createServer } from '../../src/http/server.ts';
import { limits, openParityData } from './parity-data.ts';
import {
  send,
  viewerOf,
  type ParityRequest,
  type Party,
  type Question,
  type Reply,
} from './parity-request.ts';
import { startStockServer } from './stock-server.ts';

export interface Replies {
  readonly ours: Reply;
  readonly stock: Reply;
}

export interface EndpointPair {
  /** Asks both so often that ours has compiled the operation and runs it so: what each said, each time. */
  ask(question: Question, request?: ParityRequest): Promise<readonly Replies[]>;
  close(): Promise<void>;
}

/** Three sightings until an operation is compiled, and one time more. */
const TIMES = 4;

export async function openEndpointPair({ introspection = false } = {}): Promise<EndpointPair> {
  const ours = await startOurs(await openParityData(), introspection);
  const stock = await startStockServer(await openParityData(), introspection);
  return {
    async ask(question, request) {
      const replies: Replies[] = [];
      for (let time = 1; time <= TIMES; time += 1) {
        replies.push({
          stock: await send(stock.url, question, request),
          ours: await send(ours.url, question, request),
        });
      }
      return replies;
    },
    async close() {
      await Promise.all([ours.close(), stock.close()]);
    },
  };
}

async function startOurs(deps: GraphQLDependencies, introspection: boolean): Promise<Party> {
  const log = createLog('silent');
  const endpoint = await createGraphQLEndpoint({
    ...deps,
    schema: createSchema(),
    introspection,
    limits,
    log,
  });
  const server = createServer({
    route: (path) => (path === '/graphql' ? endpoint.handle : undefined),
    refuse: (path, refusal) =>
      path === '/graphql' ? graphqlErrorResponse(refusal) : errorResponse(refusal.status, refusal.message),
    identify: (headers) => Promise.resolve(viewerOf(headers)),
    cors: createCors([]),
    headers: securityHeaders(false),
    requestTimeout: 10_000,
    maxBody: 1_000_000,
    maxInFlight: 100,
    log,
  });
  const { port } = await server.listen(0, '127.0.0.1');
  return {
    url: new URL(`http://127.0.0.1:${port}/graphql`),
    close: async () => {
      await server.drain(0);
      await endpoint.close();
    },
  };
}
