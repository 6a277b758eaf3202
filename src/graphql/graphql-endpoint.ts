/** GraphQL over HTTP: Apollo Server between a request and a response. */
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { jsonResponse, type HttpRequest, type HttpResponse } from '../http.ts';
import type { Log } from '../log.ts';
import { createCompiledOperations } from './compiled-operations.ts';
import { createContext, type Context, type GraphQLDependencies } from './context.ts';
import { faultBehind, formatError } from './errors.ts';

export interface GraphQLEndpointOptions extends GraphQLDependencies {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly log: Log;
  /** False: graphql-js executes every operation. The parity suite holds the two ways against each other; true by default. */
  readonly compile?: boolean;
}

export interface GraphQLEndpoint {
  handle(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export async function createGraphQLEndpoint(options: GraphQLEndpointOptions): Promise<GraphQLEndpoint> {
  const { schema, introspection, log } = options;
  const compiled = options.compile === false ? undefined : createCompiledOperations(schema);
  const apollo = new ApolloServer<Context>({
    ...(compiled ? { gateway: compiled.gateway } : { schema }),
    introspection,
    // Suggestions would tell names that introspection does not.
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    logger: log,
    plugins: [ApolloServerPluginCacheControlDisabled(), logFaults(log), ...(compiled ? [compiled.plugin] : [])],
  });
  await apollo.start();

  return {
    async handle(request) {
      const body = parseBody(request);
      if (body === undefined) return malformedBody();
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: toHeaderMap(request),
          search: request.search,
          body,
        },
        context: () => Promise.resolve(createContext(options, request, request.requestId)),
      });
      if (response.body.kind === 'chunked')
        throw new Error('Incremental delivery is not part of this schema');
      return {
        status: response.status ?? 200,
        headers: Object.fromEntries(response.headers),
        body: response.body.string,
      };
    },
    close: () => apollo.stop(),
  };
}

/** Undefined for JSON that cannot be parsed; `{}` where there is none, which Apollo answers itself. */
function parseBody({ headers, body }: HttpRequest): unknown {
  if (body === '' || !/^application\/(graphql\+)?json\b/i.test(headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function malformedBody(): HttpResponse {
  const message = 'The body is not valid JSON';
  return jsonResponse(400, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

function toHeaderMap({ headers }: HttpRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

/** Logs each fault of the service once, and lets its masked error name the request. */
function logFaults(log: Log): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue: { requestId } }) {
          for (const error of errors) {
            const fault = faultBehind(error);
            if (fault === undefined) continue;
            error.extensions['requestId'] = requestId;
            log.error({ err: fault, requestId, path: error.path }, 'a resolver failed');
          }
          return Promise.resolve();
        },
      }),
  };
}
