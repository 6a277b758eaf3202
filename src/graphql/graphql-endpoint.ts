/** GraphQL over HTTP: what is known is answered at once (answer-known.ts), everything else by Apollo Server. */
import { ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../changes/cart-operations.ts';
import { MOST_VALUES, tooManyValues } from '../http/json-size.ts';
import { graphqlErrorResponse, type HttpRequest, type HttpResponse } from '../http/messages.ts';
import { isFault } from '../http/request-spans.ts';
import type { Log } from '../process/log.ts';
import { withSpan } from '../waiting/abortable.ts';
import { createAdmission, type AdmitOperation } from './admit-operation.ts';
import { createKnownAnswers } from './answer-known.ts';
import { createContext, type Context, type GraphQLDependencies } from './context.ts';
import { createFormatError } from './errors.ts';
import { checkHeaders, headersForApollo } from './http-checks.ts';
import { createKnownDocuments, type KnownDocuments } from './known-documents.ts';
import { checkDocumentSize, createCostCheck, createLimitsRule, type OperationLimits } from './limits.ts';
import { createOperations, type Operations } from './operations.ts';
import { createRequestPlugin } from './request-plugin.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export interface GraphQLEndpointOptions extends GraphQLDependencies {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly limits: OperationLimits;
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
  const { answer, stop } = await startAnswering(options);

  return {
    async handle(request) {
      const type = checkHeaders(request);
      if (typeof type !== 'string') return type;
      const tooMany = sizeProblem(request);
      if (tooMany !== undefined) return badRequest(tooMany);
      const body = parseBody(request);
      if (body === undefined) return badRequest('The body is not valid JSON.');
      const document = trusted?.find(request, body);
      if (trusted && document === undefined) return untrusted;
      const tooLong = document === undefined && checkDocumentSize(queryOf(body), limits);
      if (tooLong) return tooLong;
      const asked = document === undefined ? { request, body } : asText(request, body, document);
      const context = createContext(options, underSpan(request), request.requestId, request.loggedId);
      try {
        return await answer(asked.request, type, asked.body, context);
      } finally {
        end(context);
      }
    },
    close: stop,
  };
}

/** The two ways to an answer, of a request whose headers and size are as they should be. */
async function startAnswering(options: GraphQLEndpointOptions) {
  const { limits, schema, introspection, trustedDocuments } = options;
  const documents = createKnownDocuments();
  const hideSuggestions = !introspection;
  const operations = createOperations({ schema, responseBytes: limits.responseBytes, hideSuggestions });
  const checkCost = createCostCheck(schema, limits);
  const admit = createAdmission({ checkCost, trusted: trustedDocuments !== undefined });
  const answerKnown = createKnownAnswers({ documents, admit, run: operations.run });
  const apollo = createApollo(options, { documents, operations, admit });
  await apollo.start();

  return {
    /** @param type the answer's media type */
    async answer(request: HttpRequest, type: string, body: unknown, context: Context): Promise<HttpResponse> {
      const { method } = request;
      const known = method === 'POST' ? await answerKnown(body, type, context) : undefined;
      if (known) return known;
      const httpGraphQLRequest = {
        method,
        headers: headersForApollo(request, type),
        search: searchOf(request),
        body,
      };
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: () => Promise.resolve(context),
      });
      return toHttpResponse(response, context);
    },
    stop: () => apollo.stop(),
  };
}

interface Parts {
  readonly documents: KnownDocuments;
  readonly operations: Operations;
  readonly admit: AdmitOperation;
}

function createApollo(
  { introspection, limits, log }: GraphQLEndpointOptions,
  { documents: { valid, registered }, operations, admit }: Parts,
) {
  return new ApolloServer<Context>({
    gateway: operations.gateway,
    stringifyResult: operations.stringifyResult,
    introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    // Suggestions would tell names that introspection does not. Apollo's own option would look for them in every message with
    // a regular expression that takes quadratic time.
    validationOptions: { maxErrors: 10, hideSuggestions: !introspection },
    validationRules: [createLimitsRule(limits)],
    persistedQueries: { cache: registered },
    documentStore: valid,
    formatError: createFormatError(introspection),
    logger: log,
    plugins: [
      // Nothing is reported to anybody, and no page is loaded from elsewhere.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      createRequestPlugin({ admit, log }),
      operations.plugin,
    ],
  });
}

const untrusted = graphqlErrorResponse({
  status: 400,
  code: 'DOCUMENT_NOT_TRUSTED',
  message: 'This service runs only the operations that its clients were built with.',
});

/** Why a request is not parsed, for people; undefined for one that may be. */
function sizeProblem({ method, search, body }: HttpRequest): string | undefined {
  const problem = tooManyValues('The body', body);
  if (problem !== undefined || method !== 'GET' || search.length <= MOST_VALUES) return problem;
  const parameters = new URLSearchParams(search);
  for (const name of ['variables', 'extensions']) {
    for (const value of parameters.getAll(name)) {
      const found = tooManyValues(`The parameter ${name}`, value);
      if (found !== undefined) return found;
    }
  }
  return undefined;
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

/**
 * With what stands in a document's text encoded, so that its reader has to make a text of its own: a part of the address as it came
 * would hold all of it in memory, for as long as the document is known.
 */
function searchOf({ method, search }: HttpRequest): string {
  return method === 'GET' && search !== '' ? `?${new URLSearchParams(search).toString()}` : search;
}

function queryOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? (body as { query?: unknown }).query : undefined;
}

function badRequest(message: string): HttpResponse {
  return graphqlErrorResponse({ status: 400, code: 'BAD_REQUEST', message });
}

/** What is done for the operation is told under a span of its own, where the request is recorded. */
function underSpan({ viewer, signal }: HttpRequest): Caller {
  const span = signal.span?.begin('GraphQL Operation');
  return { viewer, signal: span ? withSpan(signal, span) : signal };
}

/** Gives back what the operation had. */
function end({ signal: { span }, state: { leave, code } }: Context): void {
  leave?.();
  span?.set({ 'cartwright.code': code ?? 'OK' });
  if (code !== undefined && isFault(code)) span?.fail(code);
  span?.end();
}

/** The same request, but for the text of a document that is trusted; nobody else need know how it was asked for. */
function asText(request: HttpRequest, body: unknown, query: string) {
  if (request.method !== 'GET') return { request, body: { ...(body as object), query, extensions: {} } };
  const parameters = new URLSearchParams(request.search);
  parameters.set('query', query);
  parameters.delete('extensions');
  return { request: { ...request, search: `?${parameters.toString()}` }, body };
}

function toHttpResponse(
  { status = 200, headers: given, body }: HTTPGraphQLResponse,
  context: Context,
): HttpResponse {
  if (body.kind === 'chunked') throw new Error('Incremental delivery is not part of this schema');
  const { operation, code } = context.state;
  const headers = Object.fromEntries(given);
  return { status: statusOf(status, headers, context), headers, body: body.string, operation, code };
}

/**
 * Where the answer is `application/json`, an operation that cannot be parsed, is invalid, or has unfitting variables is
 * still an answered request (GraphQL over HTTP, 6.4.1). What exceeds a limit is a refused one.
 */
function statusOf(status: number, headers: Record<string, string>, { state }: Context): number {
  const legacy = headers['content-type']?.startsWith('application/json') ?? false;
  return status === 400 && legacy && state.invalid ? 200 : status;
}
