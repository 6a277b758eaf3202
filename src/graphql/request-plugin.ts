/** What the service adds to Apollo's handling of one request. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Log } from '../log.ts';
import type { Context } from './context.ts';
import { faultBehind, isInvalidOperation } from './errors.ts';
import type { CheckCost } from './limits.ts';

export interface RequestPluginOptions {
  readonly checkCost: CheckCost;
  readonly log: Log;
}

/** Refuses operations that cost too much; logs each fault once, and lets its masked error name the request. */
export function createRequestPlugin({ checkCost, log }: RequestPluginOptions): ApolloServerPlugin<Context> {
  const listener: GraphQLRequestListener<Context> = {
    didResolveOperation({ operation, document, request }) {
      // Without one, no operation has the name that was asked for: graphql says so.
      if (operation) checkCost(operation, document, request.variables);
      return Promise.resolve();
    },

    didEncounterErrors({ errors, contextValue }) {
      contextValue.state.invalid = errors.every(isInvalidOperation);
      const { requestId } = contextValue;
      for (const error of errors) {
        const fault = faultBehind(error);
        if (fault === undefined) continue;
        error.extensions['requestId'] = requestId;
        log.error({ err: fault, requestId, path: error.path?.join('.') }, 'a resolver failed');
      }
      return Promise.resolve();
    },
  };
  const listening = Promise.resolve(listener);
  return { requestDidStart: () => listening };
}
