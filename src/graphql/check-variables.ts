/** What a client may send as variables, whatever the operation is. */
import { GraphQLError } from 'graphql';

/** Levels of lists and objects in the variables of an operation; the inputs of this schema have four. */
export const DEEPEST_VARIABLES = 20;

type Fault = 'nesting' | 'number';

/**
 * What walks variables must not run out of stack; and a whole number beyond 2^53 − 1 is another one than the client has written by
 * the time that JSON is read: as an id it would be somebody else's.
 * @throws GraphQLError OPERATION_LIMIT_EXCEEDED for variables that are nested deeper, BAD_USER_INPUT for such a number
 */
export function checkVariables(variables: Readonly<Record<string, unknown>> | undefined): void {
  const fault = variables && faultIn(variables, DEEPEST_VARIABLES);
  if (fault === 'nesting') throw tooDeep();
  if (fault === 'number') throw tooLarge();
}

function faultIn(value: object, levels: number): Fault | undefined {
  if (levels === 0) return 'nesting';
  if (Array.isArray(value)) {
    for (const entry of value as unknown[]) {
      const fault = faultOf(entry, levels);
      if (fault) return fault;
    }
    return undefined;
  }
  for (const key in value) {
    const fault = faultOf((value as Readonly<Record<string, unknown>>)[key], levels);
    if (fault) return fault;
  }
  return undefined;
}

function faultOf(entry: unknown, levels: number): Fault | undefined {
  if (typeof entry === 'object') return entry === null ? undefined : faultIn(entry, levels - 1);
  return Number.isInteger(entry) && !Number.isSafeInteger(entry) ? 'number' : undefined;
}

function tooDeep(): GraphQLError {
  const message = `variables may have at most ${DEEPEST_VARIABLES} levels of lists and objects, but have more.`;
  const exceeded = { name: 'nesting', limit: DEEPEST_VARIABLES };
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_LIMIT_EXCEEDED', exceeded, http: { status: 400 } },
  });
}

function tooLarge(): GraphQLError {
  const message = `variables must have no whole number beyond ${Number.MAX_SAFE_INTEGER}: send a larger id as text.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 200 } } });
}
