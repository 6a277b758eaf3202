/** What an operation is called in the log and in numbers. */
import { Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql';

/** Of an operation that asks for several things at once. */
const SEVERAL = 'several';

/**
 * The name that whoever built the client gave it, where only such documents are run. Elsewhere a name is what a client wrote, of
 * which there can be ever new ones, with anything in them: there an operation is called by the field of the schema that it asks for.
 * @param operation valid; undefined where none has the name that was asked for
 */
export function operationName(
  operation: OperationDefinitionNode | undefined,
  trusted: boolean,
): string | undefined {
  if (!operation) return undefined;
  if (trusted && operation.name) return operation.name.value;
  // The schema has none, so graphql finds nothing wrong with a field of one until it is to run.
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return operation.operation;
  const [first, ...others] = operation.selectionSet.selections;
  return first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : SEVERAL;
}
