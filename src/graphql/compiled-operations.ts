/**
 * Operations as compiled functions. graphql-js walks the tree of an operation anew at every request; one that has come
 * before is compiled by graphql-jit instead, which takes about a quarter of the time. Apollo does everything around the
 * execution: a result without errors is handed to it by a plugin; one with errors goes, in the form that graphql-js
 * gives them, the way of all executions, on which Apollo formats errors and decides on the status.
 */
import {
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type GraphQLResponse,
} from '@apollo/server';
import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { isCompilable } from './is-compilable.ts';
import { toGraphQLError } from './to-graphql-error.ts';

type Gateway = ApolloServerOptionsWithGateway<object>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type Result = ExecutionResult<Record<string, unknown>>;
type Run = (
  root: undefined,
  context: object,
  variables: Record<string, unknown> | undefined,
) => Result | Promise<Result>;

export interface CompiledOperations {
  readonly plugin: ApolloServerPlugin<object>;
  /** Takes the place of Apollo's option `schema`. */
  readonly gateway: Gateway;
}

/** Compiling takes 2 to 3 ms: not for an operation that never comes again. */
const SIGHTINGS = 3;

/** Most operations that are remembered; a service's clients have some dozens, a compiled one takes some 100 KB. */
const CAPACITY = 500;

/** An operation: how often it was seen, then its function if it has one. */
interface Known {
  sightings: number;
  run?: Run;
}

export function createCompiledOperations(schema: GraphQLSchema): CompiledOperations {
  const find = createOperationCache(schema);
  /** Results with errors, by the request's context, on their way from the plugin to the executor. */
  const failed = new WeakMap<object, Result>();

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          async responseForOperation({ document, operation, contextValue, request }) {
            // Apollo's types do not tell: there is no operation where none was chosen.
            const run = (operation as OperationDefinitionNode | undefined) && find(document, operation);
            const result = await run?.(undefined, contextValue, request.variables);
            // Without data no resolver ran: the variables did not fit, and graphql-js says why.
            if (result?.data === undefined) return null;
            if (!result.errors) return toResponse(result.data);
            const errors = result.errors.map((error) => toGraphQLError(error, document.loc?.source));
            failed.set(contextValue, { ...result, errors });
            return null;
          },
        }),
    },
    gateway: createGateway(schema, async ({ context, document, request }) => {
      const { variables: variableValues, operationName } = request;
      const contextValue = context as object;
      const operation = { schema, document, contextValue, variableValues, operationName };
      return failed.get(contextValue) ?? ((await execute(operation)) as Result);
    }),
  };
}

function createGateway(schema: GraphQLSchema, executor: Executor): Gateway {
  return {
    load: () => Promise.resolve({ executor }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

function toResponse(data: Record<string, unknown> | null): GraphQLResponse {
  return {
    http: { headers: new HeaderMap() },
    body: { kind: 'single', singleResult: { data } },
  };
}

/**
 * The functions of operations, from the third time that one is asked for. Apollo parses a text once and keeps the document, so
 * the same text is the same object; the operation that was used longest ago is forgotten first.
 */
function createOperationCache(schema: GraphQLSchema) {
  const operations = new Map<OperationDefinitionNode, Known>();

  return (document: DocumentNode, operation: OperationDefinitionNode): Run | undefined => {
    const known = operations.get(operation) ?? { sightings: 0 };
    operations.delete(operation);
    operations.set(operation, known);
    if (known.sightings < SIGHTINGS) {
      known.sightings += 1;
      const run = known.sightings === SIGHTINGS ? compile(schema, document, operation) : undefined;
      if (run) known.run = run;
      const [oldest] = operations.keys();
      if (oldest && operations.size > CAPACITY) operations.delete(oldest);
    }
    return known.run;
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Run | undefined {
  if (!isCompilable(document)) return undefined;
  const compiled = compileQuery(schema, document, operation.name?.value);
  return isCompiledQuery(compiled) ? (compiled.query as Run) : undefined;
}
