/**
 * How operations are executed: by closures that write text (see execution/). Apollo gets a result without errors from a plugin,
 * which spares its preparations for an execution of its own; one with errors goes the way of all executions, on which Apollo
 * formats errors and decides on the status.
 */
import {
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type GraphQLResponse,
} from '@apollo/server';
import {
  execute,
  locatedError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Asked } from './admit-operation.ts';
import type { Context } from './context.ts';
import { errorsLeftOut, MAX_ERRORS, ResponseTooLarge } from './errors.ts';
import {
  AnswerTooLong,
  compileOperation,
  type Operation,
  type Outcome,
  type Plan,
} from './execution/compile-operation.ts';
import { createPlanCache } from './execution/plan-cache.ts';

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type Result = ExecutionResult<Record<string, unknown>>;

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  /** Bytes of `data` in an answer. */
  readonly responseBytes: number;
  /** Whether errors keep to themselves which names the schema has. */
  readonly hideSuggestions: boolean;
}

/** An operation of a valid document, which was admitted. */
interface Admitted extends Asked {
  readonly operation: OperationDefinitionNode;
}

export interface Operations {
  /** Runs an operation, once for each request. */
  run(asked: Admitted, context: Context): Promise<Outcome>;
  /** Hands what came of an operation to Apollo; runs it, if that is still to be done. */
  readonly plugin: ApolloServerPlugin<Context>;
  /** Takes the place of Apollo's option `schema`. */
  readonly gateway: Gateway;
  /** Apollo's option of that name, for results whose `data` is text already. */
  readonly stringifyResult: (result: FormattedExecutionResult) => string;
}

/** `data` as JSON text: what stands in a result in place of the object. */
class JsonText {
  constructor(readonly text: string) {}
}

/** Fields for which closures are kept, and their documents in as many: with some 3 KB each 24 MB, the operations of some 200 pages. */
const MAX_FIELDS = 8_000;

/** The most bytes that a character of a JavaScript string takes in UTF-8. */
const BYTES_PER_CHARACTER = 3;

export function createOperations(options: OperationsOptions): Operations {
  const { schema, responseBytes } = options;
  const compiledFor = createOperationFinder(options);

  async function run({ document, operation, variables }: Admitted, contextValue: Context): Promise<Outcome> {
    try {
      const compiled = compiledFor(document, operation);
      const { signal } = contextValue;
      const reasonToStop = () => (signal.aborted ? signal.reason : undefined);
      const outcome = await compiled({
        maxLength: responseBytes,
        maxErrors: MAX_ERRORS,
        contextValue,
        variableValues: variables,
        reasonToStop,
      });
      if (isLonger(outcome.data, responseBytes)) throw new AnswerTooLong();
      return outcome;
    } catch (error) {
      return insteadOfData(error, operation, responseBytes);
    }
  }

  return {
    run,
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          async responseForOperation({ document, operation, contextValue, request: { variables } }) {
            // Apollo's types do not tell: there is no operation where none was chosen.
            if (!(operation as OperationDefinitionNode | undefined)) return null;
            const { state } = contextValue;
            state.outcome ??= await run({ document, operation, variables }, contextValue);
            const data = dataOf(state.outcome);
            return data === undefined ? null : toResponse(data);
          },
        }),
    },
    gateway: createGateway(schema),
    stringifyResult: stringify,
  };
}

/** The JSON text of `data` where there is nothing else to tell. */
export function dataOf({ data, errors }: Outcome): string | undefined {
  return errors ? undefined : data;
}

/** The body of an answer without errors. */
export function bodyOf(data: string): string {
  return `{"data":${data}}\n`;
}

/** A run that ended before its time: its answer grew too large, or nobody waits for it any longer. */
function insteadOfData(error: unknown, operation: OperationDefinitionNode, responseBytes: number): Outcome {
  const changed = operation.operation === OperationTypeNode.MUTATION;
  const reason = error instanceof AnswerTooLong ? new ResponseTooLarge(responseBytes, changed) : error;
  return { data: 'null', errors: [locatedError(reason, operation)] };
}

function isLonger(text: string | undefined, bytes: number): boolean {
  return text !== undefined && text.length * BYTES_PER_CHARACTER > bytes && Buffer.byteLength(text) > bytes;
}

/** The closures of an operation live as long as its document, which Apollo keeps for texts that come again. */
function createOperationFinder({ schema, hideSuggestions }: OperationsOptions) {
  const operations = new WeakMap<OperationDefinitionNode, Operation>();
  const plans = createPlanCache<Plan>(MAX_FIELDS);

  return (document: DocumentNode, operation: OperationDefinitionNode): Operation => {
    const known = operations.get(operation);
    if (known) return known;
    const compiled = compileOperation(schema, document, operation, { hideSuggestions, plans });
    operations.set(operation, compiled);
    return compiled;
  };
}

function createGateway(schema: GraphQLSchema): Gateway {
  const executor: Executor = async ({ context, document, request }) => {
    const { outcome } = (context as Context).state;
    if (outcome) return toResult(outcome);
    // Without an operation of the name that was asked for, graphql-js says so.
    return (await execute({ schema, document, operationName: request.operationName })) as Result;
  };
  return {
    load: () => Promise.resolve({ executor }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}

function toResponse(text: string): GraphQLResponse {
  return {
    http: { headers: new HeaderMap() },
    body: { kind: 'single', singleResult: { data: asData(text) } },
  };
}

function toResult({ data, errors = [], errorsLeftOut: leftOut = 0 }: Outcome): Result {
  const told = errors.slice(0, MAX_ERRORS);
  const untold = leftOut + errors.length - told.length;
  if (untold > 0) told.push(errorsLeftOut(untold));
  return { errors: told, ...(data !== undefined && { data: asData(data) }) };
}

function asData(text: string): Record<string, unknown> {
  return new JsonText(text) as unknown as Record<string, unknown>;
}

function stringify({ errors, data, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof JsonText)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  if (!errors && !extensions) return bodyOf(data.text);
  const head = errors ? `"errors":${JSON.stringify(errors)},` : '';
  const tail = extensions ? `,"extensions":${JSON.stringify(extensions)}` : '';
  return `{${head}"data":${data.text}${tail}}\n`;
}
