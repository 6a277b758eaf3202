/** What an operation of a valid document is asked before it runs: by no way past this. */
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Span } from '../tracing/tracer.ts';
import { createWeightedLimit } from '../waiting/weighted-limit.ts';
import { checkVariables } from './check-variables.ts';
import type { Context } from './context.ts';
import type { CheckCost } from './limits.ts';

/** What a request asks for. */
export interface Asked {
  readonly document: DocumentNode;
  /** Absent where none has the name that was asked for. */
  readonly operation: OperationDefinitionNode | undefined;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Names the operation for the log and for numbers, and refuses what costs too much. Resolves when there is room for the carts that it
 * reads, undefined where it need not wait for any.
 * @throws GraphQLError
 */
export type AdmitOperation = (asked: Asked, context: Context) => Promise<void> | undefined;

export interface AdmissionOptions {
  readonly checkCost: CheckCost;
  /** Whether only documents are run that the clients were built with. */
  readonly trusted?: boolean;
}

/**
 * Carts that operations may be reading at one time, each from before they are loaded until its answer is written: those of the
 * longest list, or of many short ones. With 500 items each, and the products of all, they are some 50 MB of objects. Requests for
 * a few carts are not counted.
 */
const MOST_READ_AT_ONCE = 100;

export function createAdmission({ checkCost, trusted = false }: AdmissionOptions): AdmitOperation {
  const room = createWeightedLimit(MOST_READ_AT_ONCE);

  return ({ document, operation, variables }, { state, signal }) => {
    state.operation = operationName(operation, trusted);
    if (signal.span && operation) nameSpan(signal.span, operation.operation, state.operation, trusted);
    checkVariables(variables);
    // Without one, no operation has the name that was asked for: graphql says so.
    const carts = operation ? checkCost(operation, document, variables) : 0;
    if (carts === 0) return undefined;
    return room.enter(carts, signal).then((leave) => {
      state.leave = leave;
    }, timeIsOver);
  };
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

/** Of an operation that asks for several things at once. */
const SEVERAL = 'several';

/**
 * The name that whoever built the client gave it, where only such documents are run. Elsewhere a name is what a client wrote, of
 * which there can be ever new ones, with anything in them: there an operation is called by the field of the schema that it asks for.
 * @param operation valid; undefined where none has the name that was asked for
 */
function operationName(operation: OperationDefinitionNode | undefined, trusted: boolean): string | undefined {
  if (!operation) return undefined;
  if (trusted && operation.name) return operation.name.value;
  // The schema has none, so graphql finds nothing wrong with a field of one until it is to run.
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return operation.operation;
  const [first, ...others] = operation.selectionSet.selections;
  return first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : SEVERAL;
}
