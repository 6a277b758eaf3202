/** How deep the values are nested that a client sends. */
import { GraphQLError } from 'graphql';

/** Levels of lists and objects in the variables of an operation; the inputs of this schema have four. */
export const DEEPEST_VARIABLES = 20;

/** @throws GraphQLError OPERATION_LIMIT_EXCEEDED for variables that are nested deeper: what walks them must not run out of stack. */
export function checkNesting(variables: Readonly<Record<string, unknown>> | undefined): void {
  if (variables === undefined || isWithin(variables, DEEPEST_VARIABLES)) return;
  throw new GraphQLError(
    `variables may have at most ${DEEPEST_VARIABLES} levels of lists and objects, but have more.`,
    {
      extensions: {
        code: 'OPERATION_LIMIT_EXCEEDED',
        exceeded: { name: 'nesting', limit: DEEPEST_VARIABLES },
        http: { status: 400 },
      },
    },
  );
}

function isWithin(value: object, levels: number): boolean {
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const entry of value as unknown[]) {
      if (typeof entry === 'object' && entry !== null && !isWithin(entry, levels - 1)) return false;
    }
    return true;
  }
  for (const key in value) {
    const entry = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof entry === 'object' && entry !== null && !isWithin(entry, levels - 1)) return false;
  }
  return true;
}
