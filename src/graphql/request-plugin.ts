/** What the service adds to Apollo's handling of one request. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, Kind, type OperationTypeNode } from 'graphql';
import type { Span } from '../tracing/tracer.ts';
import { createWeightedLimit } from '../waiting/weighted-limit.ts';
import type { Log } from '../process/log.ts';
import { checkVariables } from './check-variables.ts';
import type { Context } from './context.ts';
import { codeOfAll, faultBehind, isInvalidOperation, MAX_ERRORS } from './errors.ts';
import type { CheckCost } from './limits.ts';
import { operationName } from './operation-name.ts';

export interface RequestPluginOptions {
  readonly checkCost: CheckCost;
  readonly log: Log;
  /** Whether only documents are run that the clients were built with. */
  readonly trusted?: boolean;
}

/**
 * Carts that operations may be reading at one time, each from before they are loaded until its answer is written: those of the
 * longest list, or of many short ones. With 500 items each, and the products of all, they are some 50 MB of objects. Requests for
 * a few carts are not counted.
 */
const MOST_READ_AT_ONCE = 100;

/** Refuses operations that cost too much; logs each fault once, and lets its masked error name the request. */
export function createRequestPlugin({
  checkCost,
  log,
  trusted = false,
}: RequestPluginOptions): ApolloServerPlugin<Context> {
  const room = createWeightedLimit(MOST_READ_AT_ONCE);

  const listener: GraphQLRequestListener<Context> = {
    async didResolveOperation({ operation, document, request, contextValue: { state, signal } }) {
      state.operation = operationName(operation, trusted);
      if (signal.span && operation) nameSpan(signal.span, operation.operation, state.operation, trusted);
      checkVariables(request.variables);
      // Without one, no operation has the name that was asked for: graphql says so.
      const carts = operation ? checkCost(operation, document, request.variables) : 0;
      if (carts > 0) state.leave = await room.enter(carts, signal).catch(timeIsOver);
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

/** A name that a client has made up is in no span. @param name that of the log */
function nameSpan(span: Span, type: OperationTypeNode, name = '', trusted: boolean): void {
  span.rename(`${type} ${name}`);
  span.set({
    'graphql.operation.type': type,
    'cartwright.operation': name,
    ...(trusted && { 'graphql.operation.name': name }),
  });
}

/** Before anything ran, as REST has it. */
function timeIsOver(reason: unknown): never {
  const originalError = reason instanceof Error ? reason : new Error(String(reason));
  throw new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 504 } } });
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
