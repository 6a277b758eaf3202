/** graphql-js behind the interface of our executor: what is right by definition. */
import {
  execute,
  Kind,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import {
  MAX_VARIABLE_ERRORS,
  type compileOperation,
  type Outcome,
} from '../../../src/graphql/execution/compile-operation.ts';

export type Compile = typeof compileOperation;

/** The bound that our executor has too. */
export const options = { maxCoercionErrors: MAX_VARIABLE_ERRORS };

export const compileReference: Compile = (schema, document, operation) => {
  const chosen = withOnly(document, operation);
  return (request) => {
    const args = { ...request, schema, document: chosen, options } as ExecutionArgs;
    const result = execute(args);
    return result instanceof Promise ? result.then(toOutcome) : toOutcome(result);
  };
};

/** The document without its other operations: names need not tell operations apart in a document that is not valid. */
function withOnly(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const definitions = document.definitions.filter(
    (definition) => definition === operation || definition.kind !== Kind.OPERATION_DEFINITION,
  );
  return { ...document, definitions };
}

export function toOutcome(result: ExecutionResult): Outcome {
  return {
    ...('data' in result && { data: JSON.stringify(result.data) }),
    ...(result.errors && { errors: result.errors }),
  };
}
