/**
 * The reference of the parity suite: Apollo Server as its documentation has it, startStandaloneServer on the service's schema.
 * It shares with the endpoint the schema, the rules and the two hooks that make up the service's promises, and none of
 * the code between a socket and Apollo, nor what makes operations fast.
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createAdmission } from '../../src/graphql/admit-operation.ts';
import { createContext, type Context, type GraphQLDependencies } from '../../src/graphql/context.ts';
import { createFormatError } from '../../src/graphql/errors.ts';
import { createCostCheck, createLimitsRule } from '../../src/graphql/limits.ts';
import { createRequestPlugin } from '../../src/graphql/request-plugin.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/process/log.ts';
import { limits } from './parity-data.ts';
import { REQUEST_ID, viewerOf, type Party } from './parity-request.ts';

/** What the endpoint does once an answer is made. */
const leaveRoom: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ contextValue }) {
        contextValue.state.leave?.();
        return Promise.resolve();
      },
    }),
};

export async function startStockServer(deps: GraphQLDependencies, introspection: boolean): Promise<Party> {
  const schema = createSchema();
  const log = createLog('silent');
  const server = new ApolloServer<Context>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationOptions: { maxErrors: 10, hideSuggestions: !introspection },
    validationRules: [createLimitsRule(limits)],
    formatError: createFormatError(introspection),
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      createRequestPlugin({ admit: createAdmission({ checkCost: createCostCheck(schema, limits) }), log }),
      leaveRoom,
    ],
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: ({ req }) => {
      const caller = { viewer: viewerOf(req.headers), signal: new AbortController().signal };
      return Promise.resolve(createContext(deps, caller, REQUEST_ID));
    },
  });
  return { url: new URL('/graphql', url), close: () => server.stop() };
}
