/** GraphQL over HTTP: Apollo Server between a request and a response. */
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { graphqlErrorResponse, type HttpRequest, type HttpResponse } from '../http.ts';
import type { Log } from '../log.ts';
import { createContext, type Context, type GraphQLDependencies } from './context.ts';
import { createFormatError } from './errors.ts';
import { refuseByHeaders } from './http-checks.ts';
import { createCostCheck, createLimitsRule, type OperationLimits } from './limits.ts';
import { createRequestPlugin } from './request-plugin.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export interface GraphQLEndpointOptions extends GraphQLDependencies {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly limits: OperationLimits & { readonly responseItems: number };
  /** The only documents that are run; absent when any are. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  readonly log: Log;
}

export interface GraphQLEndpoint {
  handle(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export async function createGraphQLEndpoint(options: GraphQLEndpointOptions): Promise<GraphQLEndpoint> {
  const { limits, trustedDocuments: trusted } = options;
  const apollo = createApollo(options);
  await apollo.start();

  return {
    async handle(request) {
      const refused = refuseByHeaders(request);
      if (refused) return refused;
      const body = parseBody(request);
      if (body === undefined) return badRequest('The body is not valid JSON.');
      const context = createContext(options, request, request.requestId, limits.responseItems);
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: toHeaderMap(request),
          search: request.search,
          body: trusted ? byHash(body) : body,
        },
        context: () => Promise.resolve(context),
      });
      if (response.body.kind === 'chunked')
        throw new Error('Incremental delivery is not part of this schema');
      const headers = Object.fromEntries(response.headers);
      return {
        status: statusOf(response.status ?? 200, headers, context),
        headers,
        body: response.body.string,
      };
    },
    close: () => apollo.stop(),
  };
}

function createApollo({ schema, introspection, limits, trustedDocuments, log }: GraphQLEndpointOptions) {
  return new ApolloServer<Context>({
    schema,
    introspection,
    // Suggestions would tell names that introspection does not.
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationOptions: { maxErrors: 10 },
    validationRules: [createLimitsRule(limits)],
    ...(trustedDocuments && {
      persistedQueries: {
        cache: {
          get: async (key: string) => Promise.resolve(trustedDocuments.find(key.replace(/^apq:/, ''))),
          set: () => Promise.resolve(),
          delete: () => Promise.resolve(false),
        },
      },
    }),
    formatError: createFormatError(introspection),
    logger: log,
    plugins: [
      // Nothing is reported to anybody, and no page is loaded from elsewhere.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      createRequestPlugin({ checkCost: createCostCheck(schema, limits.cost), trustedDocuments, log }),
    ],
  });
}

/** Undefined for JSON that cannot be parsed; `{}` where there is none, which Apollo answers itself. */
function parseBody({ body }: HttpRequest): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function badRequest(message: string): HttpResponse {
  return graphqlErrorResponse({ status: 400, code: 'BAD_REQUEST', message });
}

/** `documentId`, as the specification's draft on persisted documents has it, in the form that Apollo knows. */
function byHash(body: unknown): unknown {
  const documentId =
    typeof body === 'object' && body !== null && 'documentId' in body ? body.documentId : undefined;
  if (typeof documentId !== 'string') return body;
  return { ...(body as object), extensions: { persistedQuery: { version: 1, sha256Hash: documentId } } };
}

/**
 * Where the answer is `application/json`, an operation that cannot be parsed, is invalid, or has unfitting variables is
 * still an answered request (GraphQL over HTTP, 6.4.1). What exceeds a limit is a refused one.
 */
function statusOf(status: number, headers: Record<string, string>, { state }: Context): number {
  const legacy = headers['content-type']?.startsWith('application/json') ?? false;
  return status === 400 && legacy && state.invalid ? 200 : status;
}

/** The headers that Apollo looks at. */
const HEADERS = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'];

function toHeaderMap({ headers }: HttpRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name of HEADERS) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
