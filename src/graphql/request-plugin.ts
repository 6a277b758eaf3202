/** What the service adds to Apollo's handling of one request. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, Kind } from 'graphql';
import type { Log } from '../process/log.ts';
import type { AdmitOperation } from './admit-operation.ts';
import type { Context } from './context.ts';
import { codeOfAll, faultBehind, isInvalidOperation, MAX_ERRORS } from './errors.ts';

export interface RequestPluginOptions {
  readonly admit: AdmitOperation;
  readonly log: Log;
}

/** Admits operations; logs each fault once, and lets its masked error name the request. */
export function createRequestPlugin({ admit, log }: RequestPluginOptions): ApolloServerPlugin<Context> {
  const listener: GraphQLRequestListener<Context> = {
    async didResolveOperation({ operation, document, request: { variables }, contextValue }) {
      const { refused, outcome } = contextValue.state;
      if (refused) throw refused;
      if (!outcome) await admit({ document, operation, variables }, contextValue);
    },

    didEncounterErrors({ errors, contextValue }) {
      logFaults(log, errors, contextValue);
      contextValue.state.code = codeOfAll(errors);
      contextValue.state.invalid = errors.slice(0, MAX_ERRORS).every(isInvalidOperation);
      return Promise.resolve();
    },
  };
  const listening = Promise.resolve(listener);
  return { requestDidStart: () => listening };
}

/** graphql's own, of a value that its type cannot have, has the value in its words. */
function withoutValue(fault: unknown): unknown {
  return fault instanceof GraphQLError ? new Error('the value is none of its type') : fault;
}

/** Most faults of one request that get a line of their own. */
const MOST_LOGGED = 5;

function logFaults(
  log: Log,
  errors: readonly GraphQLError[],
  { requestId, loggedId, signal: { span } }: Context,
): void {
  const named = { requestId: loggedId, ...(span && { trace: span.traceId }) };
  const faults = new Set<unknown>();
  for (const error of errors) {
    const fault = faultBehind(error);
    if (fault === undefined) continue;
    error.extensions['requestId'] = requestId;
    // Many fields fail for one reason when they were to be loaded together.
    if (!faults.has(fault) && faults.size < MOST_LOGGED) {
      // Not its path, in which stand the client's own names for fields.
      const [node] = error.nodes ?? [];
      const field = node?.kind === Kind.FIELD ? node.name.value : undefined;
      log.error({ err: withoutValue(fault), ...named, field }, 'a resolver failed');
    }
    faults.add(fault);
  }
  const more = faults.size - MOST_LOGGED;
  if (more > 0) log.error({ ...named, more }, 'more resolvers of the same request failed');
}
