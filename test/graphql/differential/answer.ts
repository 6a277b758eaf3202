/** What an execution came to, in a form in which two of them can be compared. */
import type { GraphQLError } from 'graphql';
import type { Operation, OperationRequest } from '../../../src/graphql/execution/compile-operation.ts';
import { dump } from './dump.ts';
import type { Execution } from './subject.ts';

export interface Answer {
  /** JSON text; undefined when execution did not begin. */
  readonly data: string | undefined;
  readonly errors: readonly ToldError[];
  readonly errorsLeftOut: number;
  readonly calls: readonly string[];
  /** What was thrown in place of an answer. */
  readonly thrown?: string;
}

/** How much an answer may hold. */
export type Bounds = Pick<OperationRequest, 'maxLength' | 'maxErrors'>;

export interface ToldError {
  readonly path: readonly (string | number)[] | undefined;
  /** Everything about it. */
  readonly text: string;
}

/** Runs one request to its end, and lets everything settle that it has begun. */
export async function answerOf(
  operation: Operation,
  { contextValue, rootValue, calls, untilAnswered }: Execution,
  variables: string | undefined,
  bounds: Bounds = {},
): Promise<Answer> {
  const variableValues =
    variables === undefined ? undefined : (JSON.parse(variables) as OperationRequest['variableValues']);
  const request: OperationRequest = { contextValue, rootValue, variableValues, ...bounds };
  try {
    const outcome = operation(request);
    // Read when everything has settled: an answer that changes afterwards would be a wrong one.
    const { data, errors = [], errorsLeftOut = 0 } = await untilAnswered(outcome);
    return { data, errors: errors.map(tellError), errorsLeftOut, calls: [...calls] };
  } catch (error) {
    await untilAnswered(undefined);
    return { data: undefined, errors: [], errorsLeftOut: 0, calls: [...calls], thrown: String(error) };
  }
}

function tellError(error: GraphQLError): ToldError {
  const { message, path, locations, extensions, originalError, positions } = error;
  const nodes = error.nodes?.map((node) => `${node.kind} ${node.loc?.start ?? '?'}`);
  const origin = originalError && `${originalError.constructor.name} ${originalError.message}`;
  const json = JSON.stringify(error);
  return { path, text: dump({ message, path, locations, extensions, origin, nodes, positions, json }) };
}
