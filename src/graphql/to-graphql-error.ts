/** An error of the compiled code in the form that graphql-js would have given it. */
import { GraphQLError, type Source, type SourceLocation } from 'graphql';

/**
 * The compiler's errors look like GraphQLError but have no nodes, and know the places in the document only as lines and
 * columns. An error without an original is one of the execution itself: graphql-js throws a plain Error where a field has
 * no value that must have one, so that it counts as a fault of the service.
 */
export function toGraphQLError(error: GraphQLError, source: Source | undefined): GraphQLError {
  const { message, locations, path, originalError } = error;
  const isNull = message.startsWith('Cannot return null for non-nullable field');
  const origin = originalError ?? (isNull ? new Error(message) : undefined);
  return new GraphQLError(message, {
    source,
    positions: source && locations?.map((location) => positionOf(source, location)),
    path,
    originalError: origin,
  });
}

/** The inverse of graphql-js' getLocation: the offset of a line and a column, both counted from 1. */
function positionOf(source: Source, { line, column }: SourceLocation): number {
  let start = 0;
  const breaks = /\r\n|[\n\r]/g;
  for (let current = 1; current < line; current += 1) {
    breaks.exec(source.body);
    start = breaks.lastIndex;
  }
  return start + column - 1;
}
